-- Who of a desk has a case in hand; nobody where the account is NULL. Derived from the events 'assign' and 'undo'.
CREATE TABLE case_holder (
    case_id    VARCHAR NOT NULL,
    desk       VARCHAR NOT NULL,  -- staff, body:CODE
    account_id VARCHAR,
    PRIMARY KEY (case_id, desk)
);
