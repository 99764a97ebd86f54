-- Why a value is missing: not_available, not_applicable, suppressed, rounds_to_zero; null where there is one.
ALTER TABLE observation ADD COLUMN mark VARCHAR;
