-- An enterprise also speaks of a visit that nobody recorded: a row without an officer, with the body that it names.
ALTER TABLE visit ALTER COLUMN officer_id DROP NOT NULL;
ALTER TABLE visit ALTER COLUMN asked DROP NOT NULL;
ALTER TABLE visit ADD COLUMN body_code VARCHAR;
