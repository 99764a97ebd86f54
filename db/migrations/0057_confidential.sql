-- A confidential case is read by those alone who are named for it, and by its enterprise: see docs/decisions/0037.
ALTER TABLE cases ADD COLUMN confidential BOOLEAN;
ALTER TABLE case_past ADD COLUMN confidential BOOLEAN;
CREATE TABLE case_reader (case_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL);
