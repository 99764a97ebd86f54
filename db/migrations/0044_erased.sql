-- From which event on a record's key covers what its events say. Of an erased record the key is another one since, and
-- what was said before is held by the chain alone (docs/decisions/0031).
ALTER TABLE event_key ADD COLUMN since BIGINT DEFAULT 0;
