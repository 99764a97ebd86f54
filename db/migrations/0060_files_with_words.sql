-- A file that came with an answer or a note: with which version of its case, and whether the enterprise is told of it.
-- Those of before came with the issue: both are NULL.
ALTER TABLE attachment ADD COLUMN seq INTEGER;
ALTER TABLE attachment ADD COLUMN told BOOLEAN;
