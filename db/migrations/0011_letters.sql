-- Handling letters (办理工作函): numbered within a year without gaps, kept as they were written, never changed.
CREATE TABLE letter (
    id          VARCHAR PRIMARY KEY,
    year        INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    lead_body   VARCHAR NOT NULL,
    issued_on   DATE NOT NULL,
    issued_at   TIMESTAMP NOT NULL,
    answer_by   DATE,                 -- the earliest deadline of its items
    corrects    VARCHAR,              -- the letter that this one replaces
    content     VARCHAR NOT NULL,     -- canonical JSON: all that its document says
    template    VARCHAR NOT NULL,     -- SHA-256 of the template that it was written with
    UNIQUE (year, number)
);
CREATE TABLE letter_case (letter_id VARCHAR NOT NULL, case_id VARCHAR NOT NULL, position INTEGER NOT NULL);
CREATE TABLE letter_copy (letter_id VARCHAR NOT NULL, body_code VARCHAR NOT NULL);

-- Word templates: those that staff brought, and the built-in ones that a letter was written with.
CREATE TABLE document_template (
    kind        VARCHAR NOT NULL,     -- letter, briefing, minutes
    sha256      VARCHAR NOT NULL,
    content     BLOB NOT NULL,
    uploaded_at TIMESTAMP NOT NULL,
    uploaded_by VARCHAR,              -- null: the built-in one
    chosen      BOOLEAN NOT NULL,     -- at most one of a kind; none: the built-in one is used
    PRIMARY KEY (kind, sha256)
);
