-- Links for walls stand as the digests of their tokens (docs/decisions/0042). A link of before goes on working; its address
-- can be said by those who have it, no longer by the store.
CREATE TABLE open_link_before AS SELECT * FROM open_link;
DROP TABLE open_link;
CREATE TABLE open_link (
    id          VARCHAR PRIMARY KEY,
    token_hash  VARCHAR NOT NULL UNIQUE,
    wave_id     VARCHAR NOT NULL,
    forum_id    VARCHAR,
    per_address INTEGER NOT NULL,     -- answers a day from one address
    per_day     INTEGER NOT NULL,     -- answers a day in all
    created_at  TIMESTAMP NOT NULL,
    revoked_at  TIMESTAMP
);
INSERT INTO open_link SELECT id, sha256(token), wave_id, forum_id, per_address, per_day, created_at, revoked_at
FROM open_link_before;
DROP TABLE open_link_before;

CREATE TABLE forum_link_before AS SELECT * FROM forum_link;
DROP TABLE forum_link;
CREATE TABLE forum_link (
    id         VARCHAR PRIMARY KEY,
    token_hash VARCHAR NOT NULL UNIQUE,
    forum_id   VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
INSERT INTO forum_link SELECT id, sha256(token), forum_id, created_at, expires_at, revoked_at FROM forum_link_before;
DROP TABLE forum_link_before;
