-- A request for more time that waits for its decision; null where none does. What was decided stands in the events.
ALTER TABLE cases ADD COLUMN asked_until DATE;
ALTER TABLE cases ADD COLUMN asked_by VARCHAR;
