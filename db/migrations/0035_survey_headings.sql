-- The headings of a result file (a digest): a corrected file of the same survey adds to its wave what is new.
-- Files imported before this have none, and are recognised by their bytes alone.
ALTER TABLE survey_import ADD COLUMN headings VARCHAR;
