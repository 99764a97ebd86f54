-- A link that a large screen opens the glance with: it sees that page and nothing else, until somebody takes it back.
CREATE TABLE screen_link (
    id         VARCHAR PRIMARY KEY,
    token_hash VARCHAR NOT NULL UNIQUE,
    place      VARCHAR NOT NULL,      -- where the screen hangs, as typed
    created_by VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
ALTER TABLE session ADD COLUMN screen_link_id VARCHAR;
