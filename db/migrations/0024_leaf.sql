-- Who is told on Monday mornings that the weekly leaf is there, and the last week of which everybody was told.
CREATE TABLE leaf_reader (
    account_id VARCHAR PRIMARY KEY,
    since      TIMESTAMP NOT NULL
);
CREATE TABLE leaf_week (
    week      VARCHAR PRIMARY KEY,    -- 2026-W48
    queued_at TIMESTAMP NOT NULL
);
