-- A wave asks a census or a stratified sample. The seed draws the same sample again, on any machine.
ALTER TABLE wave ADD COLUMN design VARCHAR DEFAULT 'census';   -- census, stratified
ALTER TABLE wave ADD COLUMN seed VARCHAR;                      -- stratified: what the draw is ordered by
ALTER TABLE wave ADD COLUMN sample_size INTEGER;               -- stratified: how many enterprises were asked for
ALTER TABLE wave ADD COLUMN stratum_minimum INTEGER;           -- stratified: at least so many of each stratum
ALTER TABLE wave ADD COLUMN target_rate INTEGER;               -- percent of those drawn from whom an answer is wanted

-- The frame of a wave at the moment it opened: every active enterprise, drawn or not. It never changes.
CREATE TABLE sample_unit (
    wave_id       VARCHAR NOT NULL,
    enterprise_id VARCHAR NOT NULL,
    stratum       VARCHAR NOT NULL,   -- size group|sector group|town group
    size          VARCHAR NOT NULL,
    sector_code   VARCHAR NOT NULL,
    town_code     VARCHAR NOT NULL,
    drawn         BOOLEAN NOT NULL,
    serial        INTEGER,            -- of those drawn: the number on the enterprise's paper form
    PRIMARY KEY (wave_id, enterprise_id)
);
-- How many answers are wanted of a stratum.
CREATE TABLE sample_quota (
    wave_id VARCHAR NOT NULL,
    stratum VARCHAR NOT NULL,
    quota   INTEGER NOT NULL,
    PRIMARY KEY (wave_id, stratum)
);

-- How an answer came in. An answer by an open link is of no enterprise.
ALTER TABLE response ALTER COLUMN enterprise_id DROP NOT NULL;
ALTER TABLE response ADD COLUMN source VARCHAR DEFAULT 'link'; -- link, account, open, paper
ALTER TABLE response ADD COLUMN address_hash VARCHAR;          -- equal for one address on one day; the day's key is not kept
ALTER TABLE response ADD COLUMN open_link_id VARCHAR;          -- open: by which link

-- A link for a wall: many answer by it, each browser once. It hangs in public, so it is no secret and kept as it is.
CREATE TABLE open_link (
    id          VARCHAR PRIMARY KEY,
    token       VARCHAR NOT NULL UNIQUE,
    wave_id     VARCHAR NOT NULL,
    forum_id    VARCHAR,
    per_address INTEGER NOT NULL,     -- answers a day from one address
    per_day     INTEGER NOT NULL,     -- answers a day in all
    created_at  TIMESTAMP NOT NULL,
    revoked_at  TIMESTAMP
);
ALTER TABLE session ADD COLUMN open_link_id VARCHAR;
ALTER TABLE session ADD COLUMN browser VARCHAR;                -- hash of the browser's mark: one browser answers once
ALTER TABLE session ADD COLUMN address_hash VARCHAR;           -- what its response gets
-- What the day's addresses are hashed with. Destroyed afterwards: then no hash can be traced to an address.
CREATE TABLE address_key (day DATE PRIMARY KEY, key VARCHAR NOT NULL);

CREATE TABLE wave_reminder (
    id          VARCHAR PRIMARY KEY,
    wave_id     VARCHAR NOT NULL,
    reminded_at TIMESTAMP NOT NULL,
    notices     INTEGER NOT NULL      -- enterprises that were told
);

-- A paper form as it was keyed in, also what skip rules made void. A second person may key it again to compare.
CREATE TABLE paper_form (
    response_id VARCHAR PRIMARY KEY,
    wave_id     VARCHAR NOT NULL,
    serial      INTEGER NOT NULL,
    answers     VARCHAR NOT NULL,     -- JSON by item code
    entered_by  VARCHAR NOT NULL,
    entered_at  TIMESTAMP NOT NULL,
    checked_by  VARCHAR,
    checked_at  TIMESTAMP,
    corrected   INTEGER               -- items that the second keying changed
);
