-- A file that was laid beside the minutes of a meeting or a forum: it is kept with them, in one transaction and backup.
CREATE TABLE minutes_file (
    id          VARCHAR PRIMARY KEY,
    record_kind VARCHAR NOT NULL,     -- meeting, forum
    record_id   VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,     -- as the sender called it, cleaned; never a path
    media_type  VARCHAR NOT NULL,
    size        INTEGER NOT NULL,
    sha256      VARCHAR NOT NULL,
    content     BLOB NOT NULL,
    created_at  TIMESTAMP NOT NULL
);
