-- How much each dimension counts in the index. A dimension without a row counts 1.
CREATE TABLE index_weight (dimension VARCHAR PRIMARY KEY, weight DOUBLE NOT NULL);

-- What the district chose to publish of a wave, as it was then: a later version never changes an earlier one.
CREATE TABLE published_result (
    id           VARCHAR PRIMARY KEY,
    wave_id      VARCHAR NOT NULL,
    version      INTEGER NOT NULL,
    content      VARCHAR NOT NULL,    -- JSON: the figures shown, already protected, with their method
    published_at TIMESTAMP NOT NULL,
    published_by VARCHAR NOT NULL,
    withdrawn_at TIMESTAMP,
    withdrawn_by VARCHAR
);
