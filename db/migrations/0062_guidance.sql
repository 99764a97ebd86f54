-- What is of general interest and everybody may read: a policy in plain words, or an answer that staff wrote anew from
-- solved cases. A language that it is not written in has empty words. Every version stands in the history.
CREATE TABLE guidance (
    id          VARCHAR PRIMARY KEY,
    number      INTEGER NOT NULL,
    policy_id   VARCHAR,           -- NULL: an answer
    category    VARCHAR NOT NULL,
    body_code   VARCHAR NOT NULL,  -- the body that stands for it
    since       DATE NOT NULL,     -- from which day it holds
    title_zh    VARCHAR NOT NULL,
    title_en    VARCHAR NOT NULL,
    audience_zh VARCHAR NOT NULL,  -- for whom; empty: for all
    audience_en VARCHAR NOT NULL,
    text_zh     VARCHAR NOT NULL,
    text_en     VARCHAR NOT NULL,
    state       VARCHAR NOT NULL,  -- published, withdrawn
    seq         INTEGER NOT NULL,
    words       VARCHAR NOT NULL   -- what it is looked up by, folded
);
CREATE TABLE guidance_case (guidance_id VARCHAR NOT NULL, case_id VARCHAR NOT NULL);
