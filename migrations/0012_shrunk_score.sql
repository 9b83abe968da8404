-- +goose Up
-- What a tally's scores add up to, and the score shrunk toward the challenge's
-- mean; see internal/votes/shrink.go for why.
-- Locks: none.

CREATE FUNCTION tally_points(t tallies) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT t.ones + 2 * t.twos + 3 * t.threes + 4 * t.fours + 5 * t.fives $$;

CREATE FUNCTION tally_score(t tallies, mean double precision, weight double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN t.ones + t.twos + t.threes + t.fours + t.fives > 0 THEN
        (coalesce(weight * mean, 0) + tally_points(t)) / (coalesce(weight, 0) + t.ones + t.twos + t.threes + t.fours + t.fives)
    END
$$;
