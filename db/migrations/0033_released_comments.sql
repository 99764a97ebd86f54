-- What a survey's answers say in free words is read by a person before a leader reads it.
CREATE TABLE comment_release (
    comment_id  VARCHAR PRIMARY KEY,
    released_by VARCHAR NOT NULL,   -- the account
    released_at TIMESTAMP NOT NULL
);
