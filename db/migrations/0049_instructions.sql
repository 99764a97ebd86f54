-- By when a leader's written instruction on a case has to be answered, while one waits: see docs/decisions/0045.
ALTER TABLE cases ADD COLUMN instructed_until DATE;
ALTER TABLE case_past ADD COLUMN instructed_until DATE;
