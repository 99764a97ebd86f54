-- Hard cases: one case, one plan (一案一策) with its steps. Every change has its event; plan.seq moves with its steps.
CREATE TABLE case_plan (
    id        VARCHAR PRIMARY KEY,
    case_id   VARCHAR NOT NULL,
    reasons   VARCHAR NOT NULL,      -- why it is hard: codes with a bar between
    goal      VARCHAR NOT NULL,
    lead_body VARCHAR NOT NULL,
    leader_id VARCHAR,               -- the district leader in charge
    state     VARCHAR NOT NULL,      -- active, finished, withdrawn
    opened_at TIMESTAMP NOT NULL,
    ended_at  TIMESTAMP,
    outcome   VARCHAR,               -- what came of it, or why it was withdrawn
    seq       INTEGER NOT NULL
);
CREATE TABLE plan_step (
    id           VARCHAR PRIMARY KEY,
    plan_id      VARCHAR NOT NULL,
    position     INTEGER NOT NULL,
    title        VARCHAR NOT NULL,
    body_code    VARCHAR NOT NULL,   -- who does it
    first_due_on DATE NOT NULL,      -- never changed
    due_on       DATE NOT NULL,
    delays       INTEGER NOT NULL,   -- how often it was postponed
    delay_reason VARCHAR,            -- the latest; the earlier ones stand in the events
    state        VARCHAR NOT NULL,   -- open, done, dropped
    done_on      DATE,
    outcome      VARCHAR
);
-- Green channels (特事特办): on what basis, who asked, who approved, and how long such a matter normally takes.
CREATE TABLE green_channel (
    id           VARCHAR PRIMARY KEY,
    case_id      VARCHAR NOT NULL,
    basis        VARCHAR NOT NULL,
    document_no  VARCHAR NOT NULL,
    normal_days  INTEGER NOT NULL,   -- working days
    state        VARCHAR NOT NULL,   -- asked, granted, refused
    asked_by     VARCHAR NOT NULL,
    asked_at     TIMESTAMP NOT NULL,
    decided_by   VARCHAR,            -- never who asked
    decided_role VARCHAR,
    decided_at   TIMESTAMP,
    note         VARCHAR,
    seq          INTEGER NOT NULL
);
-- Coordination meetings (协调会) and small meetings (小会), numbered by kind and year.
CREATE TABLE meeting (
    id      VARCHAR PRIMARY KEY,
    kind    VARCHAR NOT NULL,        -- coordination, small
    year    INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    held_on DATE NOT NULL,
    place   VARCHAR NOT NULL,
    chair   VARCHAR NOT NULL,
    topic   VARCHAR NOT NULL,
    people  VARCHAR NOT NULL,        -- who came, as typed
    minutes VARCHAR NOT NULL,
    seq     INTEGER NOT NULL
);
CREATE TABLE meeting_body (meeting_id VARCHAR NOT NULL, body_code VARCHAR NOT NULL);
CREATE TABLE meeting_case (meeting_id VARCHAR NOT NULL, case_id VARCHAR NOT NULL);
CREATE TABLE meeting_decision (
    id         VARCHAR PRIMARY KEY,
    meeting_id VARCHAR NOT NULL,
    position   INTEGER NOT NULL,
    case_id    VARCHAR NOT NULL,
    words      VARCHAR NOT NULL,
    body_code  VARCHAR NOT NULL,
    due_on     DATE NOT NULL,
    state      VARCHAR NOT NULL,     -- open, done, dropped
    done_on    DATE,
    outcome    VARCHAR
);
