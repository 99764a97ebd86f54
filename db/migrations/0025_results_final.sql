-- When staff said that every paper form is keyed in. Until then, or two weeks after its end, a wave has no results:
-- a form that came in after the first look would be found by looking again.
ALTER TABLE wave ADD COLUMN keyed_at TIMESTAMP;

-- How much each dimension counts in the index, from when on. A wave takes what stood when it closed, for good: an
-- index seen under several weights would give away a dimension that is hidden. Without a row a dimension counts 1.
CREATE TABLE index_weight_set (
    set_at    TIMESTAMP NOT NULL,
    dimension VARCHAR NOT NULL,
    weight    DOUBLE NOT NULL,
    PRIMARY KEY (set_at, dimension)
);
INSERT INTO index_weight_set SELECT TIMESTAMP '2000-01-01 00:00:00', dimension, weight FROM index_weight;
DROP TABLE index_weight;
