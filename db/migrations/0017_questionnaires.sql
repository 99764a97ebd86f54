-- A version is drafted, then open to waves, then closed to new ones. Only a draft's content ever changes.
ALTER TABLE questionnaire ADD COLUMN state VARCHAR DEFAULT 'open';   -- draft, open, closed
ALTER TABLE questionnaire ADD COLUMN seq INTEGER DEFAULT 1;
ALTER TABLE questionnaire ADD COLUMN changed_at TIMESTAMP;
ALTER TABLE questionnaire ADD COLUMN changed_by VARCHAR;             -- the actor's id

-- What can be answered in a version: one row an item, one a row of a matrix ('<item>.<row>').
CREATE TABLE questionnaire_item (
    questionnaire_code VARCHAR NOT NULL,
    version            INTEGER NOT NULL,
    item               VARCHAR NOT NULL,
    series             VARCHAR NOT NULL,  -- the item's code in the first version that it was mapped from
    kind               VARCHAR NOT NULL,  -- a row of a matrix: level5 or single
    dimension          VARCHAR,
    position           INTEGER NOT NULL,
    zh                 VARCHAR NOT NULL,
    en                 VARCHAR NOT NULL,
    PRIMARY KEY (questionnaire_code, version, item)
);

-- Result files of other survey systems that were taken in: the same file is recognised.
CREATE TABLE survey_import (
    digest             VARCHAR PRIMARY KEY,  -- SHA-256 of the file
    questionnaire_code VARCHAR NOT NULL,
    version            INTEGER NOT NULL,
    wave_id            VARCHAR NOT NULL,
    responses          INTEGER NOT NULL,
    imported_at        TIMESTAMP NOT NULL
);
