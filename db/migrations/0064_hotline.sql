-- Files for the hotline 12345: of kind 'handed' what was handed over to it, of 'results' what became of its own orders
-- from one day to another.
CREATE TABLE hotline_file (
    id      VARCHAR PRIMARY KEY,
    kind    VARCHAR NOT NULL,
    number  INTEGER NOT NULL,   -- of its kind, from 1
    made_at TIMESTAMP NOT NULL,
    since   DATE,
    until   DATE
);
-- What stood in them: a row a case, its cells by column as JSON, as they went out.
CREATE TABLE hotline_line (
    file_id VARCHAR NOT NULL,
    place   INTEGER NOT NULL,
    case_id VARCHAR NOT NULL,
    seq     INTEGER NOT NULL,   -- the version of the case that the line tells of
    said    VARCHAR NOT NULL,
    PRIMARY KEY (file_id, place)
);
