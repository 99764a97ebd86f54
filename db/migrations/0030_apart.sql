-- Answers stand under nobody's name (docs/decisions/0025). Until a wave's last correction they are sealed with its key,
-- which lies outside the store; then they stand by themselves, under fresh ids, in no order, without a time.

-- Who has answered, when and how: stays. `number` is the receipt's and follows no order.
CREATE TABLE participation (
    id             VARCHAR PRIMARY KEY,  -- the form's id
    number         INTEGER NOT NULL UNIQUE,
    wave_id        VARCHAR NOT NULL,
    enterprise_id  VARCHAR,              -- null: by a wall's link, of no enterprise
    sector_code    VARCHAR NOT NULL,
    town_code      VARCHAR NOT NULL,
    size           VARCHAR NOT NULL,
    notice_version INTEGER NOT NULL,
    submitted_at   TIMESTAMP NOT NULL,
    source         VARCHAR NOT NULL,     -- link, account, open, paper
    open_link_id   VARCHAR,
    address_hash   VARCHAR,              -- until the answers stand by themselves
    sealed         VARCHAR               -- SHA-256 of what was sealed; null: it came before there were seals
);
-- What was answered, sealed; gone once the wave's answers stand by themselves.
CREATE TABLE ballot (id VARCHAR PRIMARY KEY, wave_id VARCHAR NOT NULL, content VARCHAR NOT NULL);
-- The holder's own copy: found and opened by the receipt's code alone.
CREATE TABLE own_copy (locator VARCHAR PRIMARY KEY, content VARCHAR NOT NULL);
-- What was said in free words, apart from what else its writer answered.
CREATE TABLE comment (id VARCHAR PRIMARY KEY, wave_id VARCHAR NOT NULL, item VARCHAR NOT NULL, text VARCHAR NOT NULL);

CREATE TABLE paper_before AS SELECT response_id, answers FROM paper_form;
ALTER TABLE paper_form DROP COLUMN answers;  -- they are sealed with what they became
CREATE TABLE response_before AS SELECT * FROM response;
CREATE TABLE answer_before AS SELECT * FROM answer;
DROP TABLE answer;
DROP TABLE response;

-- One who answered, as whoever estimates needs it: whose answers they are is in no column of any table.
CREATE TABLE response (
    id           VARCHAR PRIMARY KEY,
    wave_id      VARCHAR NOT NULL,
    source       VARCHAR NOT NULL,    -- asked, open, import
    sector_code  VARCHAR NOT NULL,
    town_code    VARCHAR NOT NULL,
    size         VARCHAR NOT NULL,
    stratum      VARCHAR NOT NULL,
    framed       BOOLEAN NOT NULL,    -- of an enterprise that was drawn
    late         BOOLEAN NOT NULL,    -- in the later half of those
    reminders    INTEGER NOT NULL,    -- how many had gone out before it came
    prompted     BOOLEAN NOT NULL,    -- within two days of the last one
    doubtful     BOOLEAN NOT NULL,    -- as it came: see wave_doubt
    started_at   TIMESTAMP,           -- of a file of another system alone, which knows nobody's name
    submitted_at TIMESTAMP
);
CREATE TABLE answer (
    response_id VARCHAR NOT NULL,
    wave_id     VARCHAR NOT NULL,
    item        VARCHAR NOT NULL,     -- P1 … O4
    value       DOUBLE,               -- number; level as 100, 75, 50, 25, 0
    choice      VARCHAR,              -- code chosen; 'na' does not apply
    text        VARCHAR               -- a date; of an import what was said in free words too
);
-- How many answers of a wave came in a way that somebody should look at.
CREATE TABLE wave_doubt (
    wave_id VARCHAR NOT NULL,
    kind    VARCHAR NOT NULL,         -- fast, burst, withdrawn
    n       INTEGER NOT NULL,
    PRIMARY KEY (wave_id, kind)
);
