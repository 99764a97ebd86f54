-- Files that were sent with an issue that is still being written: a plain form sends each once. They are checked when
-- they come in, go over to the case with it, and end with the draft.
CREATE TABLE draft_file (
    id         VARCHAR PRIMARY KEY,
    draft_id   VARCHAR NOT NULL,   -- the id that the case will have
    owner      VARCHAR NOT NULL,   -- whose draft: nobody else reads or takes it
    name       VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    size       INTEGER NOT NULL,
    sha256     VARCHAR NOT NULL,
    content    BLOB NOT NULL,
    created_at TIMESTAMP NOT NULL
);
