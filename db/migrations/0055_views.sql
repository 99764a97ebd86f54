-- A filter of the desk with its order and columns under a name, for one person or for their desk. What was set up, not
-- history.
CREATE TABLE saved_view (
    id       VARCHAR PRIMARY KEY,  -- of the owner and the name
    owner    VARCHAR NOT NULL,     -- an address: account:ID, staff, body:CODE, …
    name     VARCHAR NOT NULL,
    asked    VARCHAR NOT NULL,     -- JSON: what the desk's address says
    saved_by VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
