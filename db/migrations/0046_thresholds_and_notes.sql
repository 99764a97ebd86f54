-- From which value of a figure on somebody wishes to be told. `crossed_at` is since when it is so, and that they were told.
CREATE TABLE threshold (
    account_id VARCHAR NOT NULL,
    kind       VARCHAR NOT NULL,   -- cases, economy (its growth)
    code       VARCHAR NOT NULL,
    side       VARCHAR NOT NULL,   -- over, under
    bound      DOUBLE NOT NULL,
    set_at     TIMESTAMP NOT NULL,
    ended_at   TIMESTAMP,
    crossed_at TIMESTAMP,
    PRIMARY KEY (account_id, kind, code, side)
);

-- What happened on a day, pinned to the charts that cover it: a policy, a power cut, a holiday.
CREATE TABLE chart_note (
    id         VARCHAR PRIMARY KEY,
    about      VARCHAR NOT NULL,   -- all, cases, economy
    day        DATE NOT NULL,
    words      VARCHAR NOT NULL,
    made_by    VARCHAR NOT NULL,
    made_at    TIMESTAMP NOT NULL,
    removed_at TIMESTAMP
);
