-- Calls, checks and visits of supervision; each has its event in the case's history.
CREATE TABLE follow_up (
    id         VARCHAR PRIMARY KEY,
    case_id    VARCHAR NOT NULL,
    kind       VARCHAR NOT NULL,      -- reminder_call, monthly_check, return_visit
    done_at    TIMESTAMP NOT NULL,
    account_id VARCHAR NOT NULL,      -- who called, checked or visited
    body_code  VARCHAR,               -- the body spoken to; null: the enterprise itself
    outcome    VARCHAR NOT NULL,      -- reached, not_reached, promised, needs_leader …
    note       VARCHAR
);
