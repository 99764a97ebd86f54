-- No table changes: what a settlement is held to is derived again from the events. A body that took up what was sent back
-- to it had a new day to be held to; it keeps the dispatch's.
SELECT 1;
