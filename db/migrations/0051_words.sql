-- What a row is looked up by, folded as people type it (i18n.folding) and written with the row: a search folds nothing.
-- The store is folded again after this migration, and whenever the folding changes (db.system.refold).
ALTER TABLE cases ADD COLUMN words VARCHAR DEFAULT '';       -- number, title, text, then what each event said
ALTER TABLE enterprise ADD COLUMN words VARCHAR DEFAULT '';  -- both names, credit code
ALTER TABLE account ADD COLUMN words VARCHAR DEFAULT '';     -- login, name
