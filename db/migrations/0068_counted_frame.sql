-- The register as it was counted when a wave was over that kept no frame by name: what its answers are weighed by for
-- good. Waves that were over before are given what stands now (db/survey/frames.py: keep_missing).
CREATE TABLE counted_frame (
    wave_id     VARCHAR NOT NULL,
    stratum     VARCHAR NOT NULL,
    size        VARCHAR NOT NULL,
    sector_code VARCHAR NOT NULL,
    town_code   VARCHAR NOT NULL,
    population  INTEGER NOT NULL,
    PRIMARY KEY (wave_id, size, sector_code, town_code)
);
