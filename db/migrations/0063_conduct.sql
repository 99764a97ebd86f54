-- An officer's visit to an enterprise, asked for or not, and what the enterprise says of it. One row and its version;
-- what was said is read by the office and counted from ten on.
CREATE TABLE visit (
    id            VARCHAR PRIMARY KEY,
    enterprise_id VARCHAR NOT NULL,
    officer_id    VARCHAR NOT NULL,
    day           DATE NOT NULL,
    place         VARCHAR NOT NULL,   -- theirs, elsewhere, phone
    asked         BOOLEAN NOT NULL,   -- whether the enterprise had asked for it, as the officer says
    about         VARCHAR NOT NULL,   -- in the officer's words; may be empty
    recorded_at   TIMESTAMP NOT NULL,
    said_at       TIMESTAMP,          -- NULL: the enterprise has said nothing
    said_asked    BOOLEAN,            -- and whether it had asked for it, as it says itself
    felt          VARCHAR,            -- useful, neutral, disturbing, absent (there was no such visit)
    said          VARCHAR,            -- its words to the office; may be empty
    named         BOOLEAN,            -- whether the office reads them under its name
    seq           INTEGER NOT NULL
);
