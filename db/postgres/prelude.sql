-- What our SQL calls by DuckDB's names, for PostgreSQL: made once, before the first migration.
CREATE DOMAIN blob AS bytea;
CREATE DOMAIN double AS double precision;

CREATE FUNCTION sha256(text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN encode(sha256(convert_to($1, 'UTF8')), 'hex');

CREATE FUNCTION epoch_us(timestamp) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN CAST(extract(epoch FROM $1) * 1000000 AS bigint);

CREATE FUNCTION make_timestamp(bigint) RETURNS timestamp IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN timestamp '1970-01-01' + $1 * interval '1 microsecond';

CREATE FUNCTION json_keys(json) RETURNS text[] IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN ARRAY(SELECT json_object_keys($1));

CREATE OPERATOR // (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4div);

-- Found before the server's own, which gives rows (`connection.adapted` sets the path).
CREATE FUNCTION regexp_matches(text, text) RETURNS boolean IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1 ~ $2;

CREATE TYPE latest_text AS (value text, at bigint);
CREATE FUNCTION later(latest_text, text, bigint) RETURNS latest_text IMMUTABLE LANGUAGE sql
RETURN CASE WHEN $2 IS NULL OR $3 IS NULL OR $3 <= ($1).at THEN $1 ELSE ROW($2, $3)::latest_text END;
CREATE FUNCTION value_of(latest_text) RETURNS text IMMUTABLE LANGUAGE sql RETURN ($1).value;
CREATE AGGREGATE arg_max(text, bigint) (SFUNC = later, STYPE = latest_text, FINALFUNC = value_of);

CREATE TYPE latest_number AS (value double precision, at date);
CREATE FUNCTION later(latest_number, double precision, date) RETURNS latest_number IMMUTABLE LANGUAGE sql
RETURN CASE WHEN $2 IS NULL OR $3 IS NULL OR $3 <= ($1).at THEN $1 ELSE ROW($2, $3)::latest_number END;
CREATE FUNCTION value_of(latest_number) RETURNS double precision IMMUTABLE LANGUAGE sql RETURN ($1).value;
CREATE AGGREGATE arg_max(double precision, date) (SFUNC = later, STYPE = latest_number, FINALFUNC = value_of);

CREATE AGGREGATE any_value(text) (SFUNC = text_larger, STYPE = text);

-- '%.17g' as C writes it: the exact value of the double, to 17 digits.
CREATE FUNCTION printf(text, double precision) RETURNS text IMMUTABLE STRICT LANGUAGE plpgsql AS $$
DECLARE
    bits bigint := ('x' || encode(float8send(abs($2)), 'hex'))::bit(64)::bigint;
    power int := greatest((bits >> 52)::int, 1) - 1075;
    whole numeric := CASE WHEN bits >> 52 = 0 THEN bits ELSE (bits & 4503599627370495) | 4503599627370496 END;
    exact numeric; digits int; shown text; sign text := CASE WHEN $2 < 0 THEN '-' ELSE '' END;
BEGIN
    IF $1 <> '%.17g' THEN RAISE 'printf knows one format, not %', $1; END IF;
    IF $2 = 0 THEN RETURN CASE WHEN $2::text = '-0' THEN '-0' ELSE '0' END; END IF;
    exact := CASE WHEN power >= 0 THEN whole * 2::numeric ^ power
                  ELSE whole * 5::numeric ^ -power * ('1e' || power)::numeric END;
    digits := floor(log(exact));
    digits := CASE WHEN exact >= ('1e' || digits + 1)::numeric THEN digits + 1
                   WHEN exact < ('1e' || digits)::numeric THEN digits - 1 ELSE digits END;
    exact := round(exact, 16 - digits);
    IF exact >= ('1e' || digits + 1)::numeric THEN digits := digits + 1; END IF;
    IF digits >= -4 AND digits < 17 THEN
        shown := exact::text;
        RETURN sign || CASE WHEN shown LIKE '%.%' THEN rtrim(rtrim(shown, '0'), '.') ELSE shown END;
    END IF;
    shown := round(exact * ('1e' || -digits)::numeric, 16)::text;
    RETURN sign || rtrim(rtrim(shown, '0'), '.') || 'e' || CASE WHEN digits < 0 THEN '-' ELSE '+' END
        || lpad(abs(digits)::text, greatest(2, length(abs(digits)::text)), '0');
END $$;
