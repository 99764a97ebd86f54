-- A case's past as stretches in which its facts did not change; the present one is the row of `cases` itself.
-- Derived from the events by `python -m db rebuild`, also after this migration: see docs/decisions/0015.
ALTER TABLE cases ADD COLUMN since TIMESTAMP;          -- when the present stretch began
ALTER TABLE cases ADD COLUMN since_seq INTEGER;        -- the version that began it
ALTER TABLE cases ADD COLUMN co VARCHAR;               -- the assisting bodies, with commas
ALTER TABLE cases ADD COLUMN sent_at TIMESTAMP;        -- the last dispatch; dispatched_at is the first
ALTER TABLE cases ADD COLUMN responded_at TIMESTAMP;   -- the first answer of any kind
ALTER TABLE cases ADD COLUMN answer_due DATE;          -- the day that the first dispatch gave for it
ALTER TABLE cases ADD COLUMN deadline DATE;            -- what a settlement is held to: the first promise or the last clock
ALTER TABLE cases ADD COLUMN extensions INTEGER;       -- granted
ALTER TABLE cases ADD COLUMN rejected INTEGER;         -- answers sent back or rated badly
ALTER TABLE cases ADD COLUMN reopened INTEGER;         -- by the enterprise, after it had closed the case
ALTER TABLE cases ADD COLUMN opposed_at TIMESTAMP;     -- the last of both

-- Append-only: nothing here is ever updated. `until` is when the next stretch began.
CREATE TABLE case_past (
    case_id       VARCHAR NOT NULL,
    until         TIMESTAMP NOT NULL,
    since         TIMESTAMP NOT NULL,
    since_seq     INTEGER NOT NULL,
    kind          VARCHAR NOT NULL,
    category      VARCHAR NOT NULL,
    enterprise_id VARCHAR NOT NULL,
    sector_code   VARCHAR NOT NULL,
    town_code     VARCHAR NOT NULL,
    channel       VARCHAR NOT NULL,
    submitted_at  TIMESTAMP NOT NULL,
    state         VARCHAR NOT NULL,
    lead_body     VARCHAR,
    co            VARCHAR NOT NULL,
    leader_id     VARCHAR,
    forum_id      VARCHAR,
    on_spot       VARCHAR,
    accepted_at   TIMESTAMP,
    dispatched_at TIMESTAMP,
    sent_at       TIMESTAMP,
    responded_at  TIMESTAMP,
    answer_due    DATE,
    deadline      DATE,
    settled_at    TIMESTAMP,
    closed_at     TIMESTAMP,
    answer_kind   VARCHAR,
    promised_on   DATE,
    due_on        DATE,
    due_rule      VARCHAR,
    asked_until   DATE,
    extensions    INTEGER NOT NULL,
    rejected      INTEGER NOT NULL,
    reopened      INTEGER NOT NULL,
    opposed_at    TIMESTAMP,
    rating        VARCHAR,
    merged_into   VARCHAR
);
-- Working days so far, so that those between two days are a difference.
CREATE TABLE workday (day DATE PRIMARY KEY, so_far INTEGER NOT NULL);
