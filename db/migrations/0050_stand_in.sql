-- Who stands in for somebody who is away (AB角): from one day to another, both included, unless it was ended before.
CREATE TABLE stand_in (
    id          VARCHAR PRIMARY KEY,
    account_id  VARCHAR NOT NULL,   -- who is away
    stand_in_id VARCHAR NOT NULL,
    since       DATE NOT NULL,
    until       DATE NOT NULL,
    ended_at    TIMESTAMP
);
