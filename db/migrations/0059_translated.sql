-- The answer that stands in the language of whoever raised the case, beside the house's own.
ALTER TABLE cases ADD COLUMN answer_translated VARCHAR;
