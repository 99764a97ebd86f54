-- A file's bytes may lie outside the store, in a folder or a bucket: its row says under which name, and has no content.
ALTER TABLE attachment ALTER COLUMN content DROP NOT NULL;
ALTER TABLE attachment ADD COLUMN kept_as VARCHAR;
ALTER TABLE draft_file ALTER COLUMN content DROP NOT NULL;
ALTER TABLE draft_file ADD COLUMN kept_as VARCHAR;
ALTER TABLE minutes_file ALTER COLUMN content DROP NOT NULL;
ALTER TABLE minutes_file ADD COLUMN kept_as VARCHAR;
-- What was erased and still lies outside: it goes as soon as its place answers, and its row with it.
CREATE TABLE file_erased (kept_as VARCHAR NOT NULL);
