-- Ways in: a link that sets a new password once, and a second factor beside the password.
CREATE TABLE reset_link (
    token_hash VARCHAR PRIMARY KEY,
    account_id VARCHAR NOT NULL,
    made_by    VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
CREATE TABLE second_factor (
    account_id   VARCHAR PRIMARY KEY,
    secret       VARCHAR NOT NULL,    -- what the codes follow from (RFC 6238); the codes' device has it too
    confirmed_at TIMESTAMP,           -- null: shown, and no code of it was ever right
    last_step    BIGINT NOT NULL      -- the last half minute whose code was taken: none is taken twice
);
