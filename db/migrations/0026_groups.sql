-- Which sizes, sectors and towns a sample treats as one, as staff change it. Version 1 is the file's
-- (db/reference/sample-group.csv) and has no rows. A version never changes: a change writes all groups anew.
CREATE TABLE sample_group (
    version  INTEGER NOT NULL,
    list     VARCHAR NOT NULL,      -- size, sector, town
    code     VARCHAR NOT NULL,
    name_zh  VARCHAR NOT NULL,
    name_en  VARCHAR NOT NULL,
    members  VARCHAR NOT NULL,      -- codes or their beginnings, with spaces between; * is the rest
    position INTEGER NOT NULL,
    PRIMARY KEY (version, list, code)
);
ALTER TABLE wave ADD COLUMN group_version INTEGER DEFAULT 1;   -- which groups its strata are named by
