-- What a figure said when somebody cited it: written once, never changed. `asked` are its filters as an address has them.
CREATE TABLE citation (
    kind    VARCHAR NOT NULL,   -- cases, economy, mood
    code    VARCHAR NOT NULL,
    asked   VARCHAR NOT NULL,
    as_of   DATE NOT NULL,
    n       INTEGER NOT NULL,   -- the revision of the records: the number of their last event
    content VARCHAR NOT NULL,   -- JSON: value, name, definition, unit, source and past, in every language
    made_at TIMESTAMP NOT NULL,
    made_by VARCHAR,            -- none: by itself, because the figure is public
    PRIMARY KEY (kind, code, asked, as_of, n)
);

-- The figures that everybody may see. Of these, what moved is cited by itself: once a day for cases, after each import.
CREATE TABLE public_figure (
    kind      VARCHAR NOT NULL,
    code      VARCHAR NOT NULL,
    since     TIMESTAMP NOT NULL,
    ended_at  TIMESTAMP,
    looked_on DATE,             -- the last day of which it was looked at
    looked_n  INTEGER NOT NULL, -- and the number of the last event about indicators by then
    PRIMARY KEY (kind, code)
);
