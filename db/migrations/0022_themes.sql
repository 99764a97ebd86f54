-- Which theme was chosen for a forum, and on what grounds: the weights, the scores and the proposal of that moment.
CREATE TABLE theme_choice (
    id         VARCHAR PRIMARY KEY,
    chosen_at  TIMESTAMP NOT NULL,
    account_id VARCHAR NOT NULL,
    kind       VARCHAR NOT NULL,      -- sector, category
    code       VARCHAR NOT NULL,
    weights    VARCHAR NOT NULL,      -- JSON: test → weight
    scores     VARCHAR NOT NULL,      -- JSON: every candidate that stood to choose, with its score a test
    proposal   VARCHAR NOT NULL,      -- JSON: the enterprises, bodies and cases that were proposed
    note       VARCHAR NOT NULL
);
