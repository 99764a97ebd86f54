-- The day of a forum: its agenda, what was answered at the table, and the link that its wall and the phones share.
CREATE TABLE agenda_item (
    id            VARCHAR PRIMARY KEY,
    forum_id      VARCHAR NOT NULL,
    position      INTEGER NOT NULL,
    case_id       VARCHAR,            -- null: raised at the table; its case will have this row's id
    enterprise_id VARCHAR NOT NULL,
    kind          VARCHAR NOT NULL,   -- problem, suggestion
    category      VARCHAR NOT NULL,
    title         VARCHAR NOT NULL,
    speaker       VARCHAR,            -- who puts it to the table
    suggested     VARCHAR,            -- the lead body proposed
    named         BOOLEAN NOT NULL,   -- the enterprise agreed that the wall names it
    answer_kind   VARCHAR,            -- solved, committed, explained, later; null: not recorded yet
    lead_body     VARCHAR,
    promised_on   DATE,
    answered_by   VARCHAR,
    words         VARCHAR,
    recorded_at   TIMESTAMP,
    recorded_by   VARCHAR,            -- account
    seq           INTEGER NOT NULL
);
-- That the list of a forum was finished: its cases are opened, answered and dispatched. Once a forum.
CREATE TABLE forum_finish (
    forum_id    VARCHAR PRIMARY KEY,
    finished_at TIMESTAMP NOT NULL,
    finished_by VARCHAR NOT NULL,
    reached     INTEGER NOT NULL      -- items that a case was made of, or moved by
);
-- The wall and the sign-in share one link. It hangs on a wall, so it is no secret and kept as it is.
CREATE TABLE forum_link (
    id         VARCHAR PRIMARY KEY,
    token      VARCHAR NOT NULL UNIQUE,
    forum_id   VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
-- Who signed in by phone. `confirmed_at` null: no clerk has looked yet.
CREATE TABLE forum_sign_in (
    attendance_id VARCHAR PRIMARY KEY,
    forum_id      VARCHAR NOT NULL,
    link_id       VARCHAR NOT NULL,
    address       VARCHAR NOT NULL,   -- hashed with the link's id: only counted
    happened_at   TIMESTAMP NOT NULL,
    confirmed_at  TIMESTAMP
);
-- Who has the clerk's screen open: a second clerk is told of the first. No history.
CREATE TABLE forum_clerk (
    forum_id   VARCHAR NOT NULL,
    account_id VARCHAR NOT NULL,
    seen_at    TIMESTAMP NOT NULL,
    PRIMARY KEY (forum_id, account_id)
);
