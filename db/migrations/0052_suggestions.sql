-- What was suggested for a case and what was chosen, so that the score is about people too. Facts of use, not history.
CREATE TABLE suggestion (
    case_id   VARCHAR NOT NULL,
    what      VARCHAR NOT NULL,      -- category, lead
    version   INTEGER NOT NULL,      -- of what was learnt
    suggested VARCHAR NOT NULL,
    sure      DOUBLE NOT NULL,
    chosen    VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    PRIMARY KEY (case_id, what)      -- the first choice counts
);
