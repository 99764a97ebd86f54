-- By itself: DuckDB takes no commit that alters a table and fills it.
UPDATE cases SET confidential = false;
UPDATE case_past SET confidential = false;
