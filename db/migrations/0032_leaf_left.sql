-- Who wants the leaf no longer keeps the row: a key deleted and inserted in a commit that fails ends the process.
ALTER TABLE leaf_reader ADD COLUMN left_at TIMESTAMP;
