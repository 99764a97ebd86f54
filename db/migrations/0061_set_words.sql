-- Words that a desk writes again and again, in the house's language and in others', with fields in braces. Every version
-- stands in the history; the row is the present one.
CREATE TABLE set_words (
    id           VARCHAR PRIMARY KEY,  -- of the desk and the title
    desk         VARCHAR NOT NULL,     -- whose: staff, body:CODE
    category     VARCHAR,              -- of what issues; NULL: of all
    title        VARCHAR NOT NULL,
    words        VARCHAR NOT NULL,
    translated   VARCHAR,
    retired      BOOLEAN NOT NULL,
    seq          INTEGER NOT NULL
);
