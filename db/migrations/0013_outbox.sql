-- Where a person, or an enterprise, wishes to be told: one address each. It may hold a robot's key, so it is never shown whole.
CREATE TABLE contact (
    owner_kind  VARCHAR NOT NULL,     -- account, enterprise
    owner_id    VARCHAR NOT NULL,
    channel_url VARCHAR NOT NULL,     -- mailto://…, wecombot://…, dingtalk://…, feishu://…, json(s)://…
    language    VARCHAR NOT NULL,     -- zh, en
    active      BOOLEAN NOT NULL,
    seq         INTEGER NOT NULL,
    PRIMARY KEY (owner_kind, owner_id)
);

-- What is to be told, written with the change that causes it. The id travels with the message, so that a repeat is
-- recognised. The address is the recipient's at the time of sending; nothing here names or reaches a person.
CREATE TABLE outbox (
    id             VARCHAR PRIMARY KEY,
    created_at     TIMESTAMP NOT NULL,
    kind           VARCHAR NOT NULL,  -- the text: notices.told.<kind>
    subject        VARCHAR NOT NULL,  -- the case's id; a trial's owner
    recipient_kind VARCHAR NOT NULL,
    recipient_id   VARCHAR NOT NULL,
    language       VARCHAR NOT NULL,
    params         VARCHAR NOT NULL,  -- JSON: what fills the text
    state          VARCHAR NOT NULL,  -- queued, sent, failed (will be tried again), abandoned
    attempts       INTEGER NOT NULL,
    next_at        TIMESTAMP NOT NULL,
    last_error     VARCHAR,           -- code and detail, addresses and keys taken out
    sent_at        TIMESTAMP
);
