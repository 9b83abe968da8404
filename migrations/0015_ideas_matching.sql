-- +goose Up
-- The ideas that match a search, found by the index of words alone.
--
-- How many ideas hold a word is guessed, and for all but the commonest words
-- guessed wrong; and that looking into an idea's words costs a hundred times what
-- a comparison does, the planner does not know. Left to itself it reads half the
-- board by age to find the few that hold a rare word. So the plan is fixed here:
-- the index says which, and no more than most of them are looked at, in no order.
-- Conditions are written in a way that no other index answers.
-- Locks: none.

-- +goose StatementBegin
CREATE FUNCTION ideas_matching(query tsquery, statuses text[], most integer)
RETURNS TABLE (id bigint, submitted_at timestamptz)
LANGUAGE plpgsql STABLE ROWS 1000
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT i.id, i.submitted_at FROM ideas i
    WHERE i.search @@ query AND (i.status = ANY (statuses)) IS TRUE AND coalesce(i.hidden, true) IS FALSE
    LIMIT most;
END $$;
-- +goose StatementEnd
