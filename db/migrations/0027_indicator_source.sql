-- Which body publishes the series by default, one of `economy.publisher`; each observation keeps the source it came with.
ALTER TABLE indicator ADD COLUMN source VARCHAR DEFAULT 'statistics';
UPDATE indicator SET source = 'customs' WHERE code IN ('exports', 'exports_usd');
UPDATE indicator SET source = 'treasury' WHERE code = 'budget_revenue';
UPDATE indicator SET source = 'power' WHERE code = 'electricity';
UPDATE indicator SET source = 'market' WHERE code IN ('new_entities', 'entities_stock');
UPDATE indicator SET source = 'organisation' WHERE code = 'talents';
UPDATE indicator SET source = 'human_resources' WHERE code = 'graduates';
