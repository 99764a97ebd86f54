-- The store. Ids are UUIDs made where a form opens, so that a second try of one submission meets the first.
-- Instants are UTC without a zone; days are dates in Asia/Shanghai. No foreign keys, sequences or secondary
-- indexes: see docs/decisions/0002.

-- The one append-only history. Case events are a kind of it; max(n) is the store's revision.
CREATE TABLE event (
    n           BIGINT PRIMARY KEY,
    happened_at TIMESTAMP NOT NULL,   -- UTC
    area        VARCHAR NOT NULL,     -- case, survey, forum, indicator, enterprise, account, reference, policy
    kind        VARCHAR NOT NULL,     -- the action: submit, dispatch, answer, import …
    subject     VARCHAR NOT NULL,     -- id of the record
    seq         INTEGER NOT NULL,     -- the record's version after this event
    actor_id    VARCHAR,
    actor_role  VARCHAR,
    body_code   VARCHAR,              -- the body that acted: what an enterprise is shown
    state       VARCHAR,              -- the record's state after this event
    detail      VARCHAR NOT NULL,     -- canonical JSON
    digest      VARCHAR NOT NULL,     -- HMAC(the record's own key, canonical content)
    hash        VARCHAR NOT NULL      -- SHA-256(previous hash, n, digest)
);
CREATE TABLE event_key (subject VARCHAR PRIMARY KEY, key VARCHAR NOT NULL);

-- Towns, bodies, sectors, categories: what an administrator edits.
CREATE TABLE reference_item (
    list        VARCHAR NOT NULL,     -- town, body, sector, category
    code        VARCHAR NOT NULL,
    parent      VARCHAR,
    kind        VARCHAR,
    name_zh     VARCHAR NOT NULL,
    name_en     VARCHAR NOT NULL,
    position    INTEGER NOT NULL,
    tile_row    INTEGER,              -- towns: the place on the tile map
    tile_column INTEGER,
    active      BOOLEAN NOT NULL,
    seq         INTEGER NOT NULL,
    PRIMARY KEY (list, code)
);

CREATE TABLE account (
    id            VARCHAR PRIMARY KEY,
    login         VARCHAR NOT NULL UNIQUE,
    name          VARCHAR NOT NULL,
    role          VARCHAR NOT NULL,
    body_code     VARCHAR,
    town_code     VARCHAR,
    enterprise_id VARCHAR,
    password_hash VARCHAR,            -- null: known, but cannot sign in
    active        BOOLEAN NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    disabled_at   TIMESTAMP,
    seq           INTEGER NOT NULL
);
-- Who is here: an account, or an enterprise that came by an invitation or a receipt's code.
CREATE TABLE session (
    token_hash    VARCHAR PRIMARY KEY,
    kind          VARCHAR NOT NULL,   -- account, invitation, follow
    account_id    VARCHAR,
    invitation_id VARCHAR,
    case_id       VARCHAR,
    created_at    TIMESTAMP NOT NULL,
    seen_at       TIMESTAMP NOT NULL,
    expires_at    TIMESTAMP NOT NULL,
    ended_at      TIMESTAMP
);
CREATE TABLE sign_in (
    id         VARCHAR PRIMARY KEY,
    happened_at TIMESTAMP NOT NULL,
    way        VARCHAR NOT NULL,      -- password, invitation, follow
    name       VARCHAR NOT NULL,      -- the login or the case number as typed
    address    VARCHAR NOT NULL,
    outcome    VARCHAR NOT NULL       -- accepted, refused, throttled
);

CREATE TABLE enterprise (
    id             VARCHAR PRIMARY KEY,
    uscc           VARCHAR NOT NULL UNIQUE,
    name_zh        VARCHAR NOT NULL,
    name_en        VARCHAR NOT NULL,
    sector_code    VARCHAR NOT NULL,  -- GB/T 4754-2017 division
    town_code      VARCHAR NOT NULL,
    size           VARCHAR NOT NULL,  -- large, medium, small, micro
    foreign_funded BOOLEAN NOT NULL,
    officer_id     VARCHAR,
    contact_name   VARCHAR,
    contact_phone  VARCHAR,
    active         BOOLEAN NOT NULL,
    created_at     TIMESTAMP NOT NULL,
    seq            INTEGER NOT NULL
);

CREATE TABLE invitation (
    id            VARCHAR PRIMARY KEY,
    token_hash    VARCHAR NOT NULL UNIQUE,
    enterprise_id VARCHAR NOT NULL,
    wave_id       VARCHAR,            -- null: an invitation to raise an issue
    created_at    TIMESTAMP NOT NULL,
    expires_at    TIMESTAMP NOT NULL,
    used_at       TIMESTAMP,
    revoked_at    TIMESTAMP
);

-- Surveys. A questionnaire's version never changes once answered.
CREATE TABLE questionnaire (
    code       VARCHAR NOT NULL,
    version    INTEGER NOT NULL,
    content    VARCHAR NOT NULL,      -- JSON, both languages side by side
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (code, version)
);
CREATE TABLE wave (
    id                    VARCHAR PRIMARY KEY,
    number                INTEGER NOT NULL UNIQUE,
    title_zh              VARCHAR NOT NULL,
    title_en              VARCHAR NOT NULL,
    questionnaire_code    VARCHAR NOT NULL,
    questionnaire_version INTEGER NOT NULL,
    opens_at              TIMESTAMP NOT NULL,
    closes_at             TIMESTAMP NOT NULL,
    seq                   INTEGER NOT NULL
);
CREATE TABLE response (
    id             VARCHAR PRIMARY KEY,
    number         INTEGER NOT NULL UNIQUE,
    wave_id        VARCHAR NOT NULL,
    enterprise_id  VARCHAR NOT NULL,
    sector_code    VARCHAR NOT NULL,
    town_code      VARCHAR NOT NULL,
    size           VARCHAR NOT NULL,
    language       VARCHAR NOT NULL,
    notice_version INTEGER NOT NULL,
    started_at     TIMESTAMP,
    submitted_at   TIMESTAMP NOT NULL
);
-- One row an answer; sector, town and wave stand here again so that an aggregate needs no join.
CREATE TABLE answer (
    response_id  VARCHAR NOT NULL,
    wave_id      VARCHAR NOT NULL,
    item         VARCHAR NOT NULL,    -- P1 … O5
    value        DOUBLE,              -- number; level as 100, 75, 50, 25, 0
    choice       VARCHAR,             -- code chosen; 'na' does not apply
    text         VARCHAR,
    sector_code  VARCHAR NOT NULL,
    town_code    VARCHAR NOT NULL,
    submitted_at TIMESTAMP NOT NULL
);
-- What was typed and not yet sent. Not history: it bumps no revision.
CREATE TABLE draft (
    id         VARCHAR PRIMARY KEY,   -- the id that the submission will have
    owner      VARCHAR NOT NULL,      -- account:ID or invitation:ID
    form       VARCHAR NOT NULL,      -- survey:WAVE or issue
    content    VARCHAR NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

CREATE TABLE forum (
    id           VARCHAR PRIMARY KEY,
    number       INTEGER NOT NULL UNIQUE,
    theme_zh     VARCHAR NOT NULL,
    theme_en     VARCHAR NOT NULL,
    sector_code  VARCHAR,
    held_on      DATE NOT NULL,
    place_zh     VARCHAR NOT NULL,
    place_en     VARCHAR NOT NULL,
    format       VARCHAR NOT NULL,    -- many_to_many, many_to_one, on_site
    host_body    VARCHAR NOT NULL,    -- one of the four leadership bodies
    host_office  VARCHAR NOT NULL,    -- party_secretary, district_head, congress_chair, cppcc_chair, deputy
    host_person  VARCHAR,             -- attendance.person_id of the host
    state        VARCHAR NOT NULL,    -- planned, held, cancelled
    summary      VARCHAR,
    seq          INTEGER NOT NULL
);
CREATE TABLE attendance (
    id            VARCHAR PRIMARY KEY,
    forum_id      VARCHAR NOT NULL,
    person_id     VARCHAR NOT NULL,   -- the same person at two forums has one id
    person_name   VARCHAR NOT NULL,
    kind          VARCHAR NOT NULL,   -- entrepreneur, district_leader, department_head, town_head, financial, staff
    office        VARCHAR,            -- party_secretary … where it decides a figure
    body_code     VARCHAR,
    enterprise_id VARCHAR,
    organisation  VARCHAR,            -- an enterprise outside the register
    country       VARCHAR NOT NULL    -- ISO 3166-1 alpha-2
);

CREATE TABLE cases (
    id              VARCHAR PRIMARY KEY,
    number          VARCHAR NOT NULL UNIQUE,  -- 2023-0412
    kind            VARCHAR NOT NULL,         -- problem, suggestion
    category        VARCHAR NOT NULL,
    enterprise_id   VARCHAR NOT NULL,
    sector_code     VARCHAR NOT NULL,
    town_code       VARCHAR NOT NULL,
    title           VARCHAR NOT NULL,
    text            VARCHAR NOT NULL,
    channel         VARCHAR NOT NULL,         -- point, line, surface, self, forum
    forum_id        VARCHAR,
    on_spot         VARCHAR,                  -- solved, committed, explained: the answer given at the forum
    language        VARCHAR NOT NULL,
    notice_version  INTEGER NOT NULL,
    state           VARCHAR NOT NULL,
    lead_body       VARCHAR,
    leader_id       VARCHAR,                  -- the district leader in charge
    answer_kind     VARCHAR,                  -- solved, committed, explained, fulfilled
    answer_text     VARCHAR,
    rating          VARCHAR,                  -- very_satisfied … very_dissatisfied
    merged_into     VARCHAR,
    submitted_at    TIMESTAMP NOT NULL,
    accepted_at     TIMESTAMP,
    dispatched_at   TIMESTAMP,
    settled_at      TIMESTAMP,                -- the answer that stands now; null when none stands
    closed_at       TIMESTAMP,
    due_on          DATE,                     -- what is next, by when
    due_rule        VARCHAR,                  -- the rule that made due_on
    due_provisional BOOLEAN NOT NULL,         -- the year's calendar is unpublished
    promised_on     DATE,                     -- the first promise: never changed
    seq             INTEGER NOT NULL
);
CREATE TABLE case_body (case_id VARCHAR NOT NULL, body_code VARCHAR NOT NULL, part VARCHAR NOT NULL);  -- lead, co
CREATE TABLE attachment (
    id         VARCHAR PRIMARY KEY,
    case_id    VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,      -- as the sender called it, cleaned; never a path
    media_type VARCHAR NOT NULL,
    size       INTEGER NOT NULL,
    sha256     VARCHAR NOT NULL,
    content    BLOB NOT NULL,         -- with its case: one transaction, one backup
    created_at TIMESTAMP NOT NULL
);
-- The receipt's code, which follows one case without an account.
CREATE TABLE follow_code (
    code_hash  VARCHAR PRIMARY KEY,
    case_id    VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);

CREATE TABLE policy (
    id        VARCHAR PRIMARY KEY,
    number    INTEGER NOT NULL UNIQUE,
    title_zh  VARCHAR NOT NULL,
    title_en  VARCHAR NOT NULL,
    body_code VARCHAR NOT NULL,
    issued_on DATE NOT NULL,
    seq       INTEGER NOT NULL
);
CREATE TABLE policy_case (policy_id VARCHAR NOT NULL, case_id VARCHAR NOT NULL);
CREATE TABLE policy_beneficiary (
    policy_id    VARCHAR NOT NULL,
    uscc         VARCHAR NOT NULL,
    benefited_on DATE NOT NULL
);

CREATE TABLE indicator (
    code          VARCHAR PRIMARY KEY,
    name_zh       VARCHAR NOT NULL,
    name_en       VARCHAR NOT NULL,
    unit          VARCHAR NOT NULL,   -- the unit that values are stored in
    price_basis   VARCHAR NOT NULL,   -- current, comparable, none
    growth_basis  VARCHAR NOT NULL,   -- nominal, real, quantity, count, none
    period_kind   VARCHAR NOT NULL,   -- month, ytd_month, quarter, ytd_quarter, year, stock
    has_level     BOOLEAN NOT NULL,
    chart         VARCHAR NOT NULL,
    position      INTEGER NOT NULL
);
CREATE TABLE observation (
    indicator_code VARCHAR NOT NULL,
    geography      VARCHAR NOT NULL,
    period_start   DATE NOT NULL,
    period_end     DATE NOT NULL,
    value          DOUBLE,
    yoy_published  DOUBLE,            -- percent
    decimals       INTEGER NOT NULL,
    status         VARCHAR NOT NULL,  -- preliminary, verified, revised, census_revised
    vintage        DATE NOT NULL,     -- the release date
    source         VARCHAR NOT NULL,
    imported_at    TIMESTAMP NOT NULL,
    PRIMARY KEY (indicator_code, geography, period_start, period_end, vintage)
);

-- District name, demo mark and the like.
CREATE TABLE setting (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
