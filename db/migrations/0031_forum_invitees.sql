-- Whom a forum invites before anybody is named: enterprises and bodies. People stand in `attendance`.
CREATE TABLE forum_invitee (
    forum_id VARCHAR NOT NULL,
    kind     VARCHAR NOT NULL,   -- enterprise, body
    code     VARCHAR NOT NULL,   -- the enterprise's id, the body's or town's code
    PRIMARY KEY (forum_id, kind, code)
);
