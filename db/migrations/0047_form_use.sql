-- How often the plain form was used: by a link or account, and from an address, as that day's code of it. Counting
-- begins anew when its window is over. A press too many waits; nothing here says what was sent.
CREATE TABLE form_use (
    key      VARCHAR PRIMARY KEY,   -- what is counted and for whom: send:invitation:ID, send:address:HASH, mail:…
    began_at TIMESTAMP NOT NULL,
    n        INTEGER NOT NULL
);
