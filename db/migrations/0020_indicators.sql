-- Where a series changes its scope or method: from this period on it is not compared with what was before.
CREATE TABLE series_break (
    indicator_code VARCHAR NOT NULL,
    geography      VARCHAR NOT NULL,
    starts_on      DATE NOT NULL,      -- first day of the first period on the new footing
    kind           VARCHAR NOT NULL,   -- scope, method, census
    note           VARCHAR NOT NULL,
    marked_at      TIMESTAMP NOT NULL,
    PRIMARY KEY (indicator_code, geography, starts_on)
);

-- A year's budget: what the cumulative value is measured against. Append-only, the newest stands.
CREATE TABLE indicator_target (
    indicator_code VARCHAR NOT NULL,
    geography      VARCHAR NOT NULL,
    year           INTEGER NOT NULL,
    value          DOUBLE NOT NULL,    -- in the indicator's unit
    decimals       INTEGER NOT NULL,
    source         VARCHAR NOT NULL,
    imported_at    TIMESTAMP NOT NULL,
    PRIMARY KEY (indicator_code, geography, year, imported_at)
);

-- What a person said a name in a source's table means; an empty code: it is left out.
CREATE TABLE indicator_name (
    source         VARCHAR NOT NULL,
    form           VARCHAR NOT NULL,   -- digest of the table's form
    name           VARCHAR NOT NULL,   -- folded
    indicator_code VARCHAR NOT NULL,
    mapped_at      TIMESTAMP NOT NULL,
    PRIMARY KEY (source, form, name)
);

-- Which enterprises, goods or households a series counts, and the chart that suits it.
ALTER TABLE indicator ADD COLUMN scope VARCHAR DEFAULT 'whole';
UPDATE indicator SET scope = 'above_scale' WHERE code IN ('industrial_output', 'industrial_value_added');
UPDATE indicator SET chart = 'columns_growth' WHERE code IN ('exports', 'exports_usd');
UPDATE indicator SET chart = 'columns' WHERE code = 'retail_sales';
UPDATE indicator SET chart = 'bullet' WHERE code = 'budget_revenue';
UPDATE indicator SET chart = 'cumulative_lines' WHERE code = 'industrial_output';
UPDATE indicator SET chart = 'columns_stock' WHERE code = 'new_entities';
