-- What is told inside the house, to a desk or a person, beside what goes out by mail: the bell. Facts of delivery, not
-- history; read by number from where its reader last looked, so it needs no index. Rows are forgotten after a while.
CREATE TABLE inbox (
    n       BIGINT NOT NULL,      -- of the change's last event
    told_at TIMESTAMP NOT NULL,
    address VARCHAR NOT NULL,     -- staff, body:CODE, town:CODE, enterprise:ID, account:ID
    kind    VARCHAR NOT NULL,     -- the text that says it, below notices.told
    case_id VARCHAR NOT NULL,
    actor_id VARCHAR NOT NULL,    -- who did it, and is not told
    params  VARCHAR NOT NULL      -- JSON: what fills the text
);
CREATE TABLE inbox_looked (
    account_id VARCHAR PRIMARY KEY,
    n          BIGINT NOT NULL    -- the last change that was there when this person looked
);
