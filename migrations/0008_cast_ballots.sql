-- +goose Up
-- The batch of votes, and what keeps it exact.
--
-- cast_ballots is one statement for its caller and two snapshots inside: the
-- tallies are locked first, in order of idea, and only the statement after that
-- reads votes and ideas. So batches of several servers neither deadlock nor
-- count twice. A change of status takes the same lock (the trigger), so that no
-- vote is committed after the closing of its idea was.
-- Locks: ideas for the moment of adding a trigger.

-- +goose StatementBegin
CREATE FUNCTION cast_ballots(idea_ids bigint[], voter_ids bigint[], buys boolean[], staffs boolean[], retracts boolean[])
RETURNS TABLE (idea_id bigint, voters integer, would_buy integer, staff integer, revision bigint,
               open boolean, unseen boolean, contributor_id bigint, changed boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    locked bigint[];
BEGIN
    SELECT array_agg(l.idea_id) INTO locked
    FROM (SELECT t.idea_id FROM tallies t WHERE t.idea_id = ANY (idea_ids) ORDER BY t.idea_id FOR UPDATE) AS l;

    RETURN QUERY
    WITH ballot AS (
        SELECT * FROM unnest(idea_ids, voter_ids, buys, staffs, retracts) AS b (idea_id, voter_id, would_buy, staff, retract)
    ), asked AS MATERIALIZED (
        SELECT i.id AS idea_id, i.contributor_id,
               i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden AS open,
               i.status IN ('draft', 'held', 'merged', 'withdrawn') OR i.hidden AS unseen
        FROM unnest(locked) AS l (idea_id) JOIN ideas i ON i.id = l.idea_id -- one without a tally was never open
    ), valid AS MATERIALIZED (
        SELECT b.* FROM ballot b JOIN asked a USING (idea_id)
        WHERE a.open AND a.contributor_id <> b.voter_id
    ), before AS MATERIALIZED (
        SELECT v.idea_id, v.voter_id, v.would_buy, v.staff, v.counts
        FROM votes v JOIN valid USING (idea_id, voter_id)
    ), written AS (
        INSERT INTO votes AS v (idea_id, voter_id, would_buy, staff)
        SELECT idea_id, voter_id, would_buy, staff FROM valid WHERE NOT retract
        ON CONFLICT (idea_id, voter_id) DO UPDATE
            SET would_buy = excluded.would_buy, staff = excluded.staff, cast_at = now()
            WHERE (v.would_buy, v.staff) IS DISTINCT FROM (excluded.would_buy, excluded.staff)
        RETURNING v.idea_id, v.voter_id, v.would_buy, v.staff, v.counts
    ), removed AS (
        DELETE FROM votes v USING valid b
        WHERE b.retract AND v.idea_id = b.idea_id AND v.voter_id = b.voter_id
        RETURNING v.idea_id, v.voter_id, v.would_buy, v.staff, v.counts
    ), change AS (
        SELECT idea_id,
               sum(sign) FILTER (WHERE counts AND NOT staff)::integer AS voters,
               sum(sign) FILTER (WHERE counts AND NOT staff AND would_buy)::integer AS would_buy,
               sum(sign) FILTER (WHERE counts AND staff)::integer AS staff
        FROM (
            SELECT 1 AS sign, w.idea_id, w.would_buy, w.staff, w.counts FROM written w
            UNION ALL
            SELECT -1, b.idea_id, b.would_buy, b.staff, b.counts FROM before b JOIN written USING (idea_id, voter_id)
            UNION ALL
            SELECT -1, r.idea_id, r.would_buy, r.staff, r.counts FROM removed r
        ) AS part
        GROUP BY idea_id
    ), moved AS (
        UPDATE tallies t
        SET voters = t.voters + coalesce(c.voters, 0), would_buy = t.would_buy + coalesce(c.would_buy, 0),
            staff = t.staff + coalesce(c.staff, 0), revision = t.revision + 1
        FROM change c WHERE t.idea_id = c.idea_id
        RETURNING t.idea_id, t.voters, t.would_buy, t.staff, t.revision
    )
    SELECT a.idea_id, coalesce(m.voters, t.voters, 0), coalesce(m.would_buy, t.would_buy, 0), coalesce(m.staff, t.staff, 0),
           coalesce(m.revision, t.revision, 0), a.open, a.unseen, a.contributor_id, m.idea_id IS NOT NULL
    FROM asked a LEFT JOIN tallies t USING (idea_id) LEFT JOIN moved m USING (idea_id);
END $$;

-- Every idea that was ever open has a tally and a rank; and whoever changes a
-- status waits for the batch that holds its tally.
CREATE FUNCTION ideas_hold_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tallies (idea_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
    INSERT INTO ranks (idea_id, trending)
    VALUES (NEW.id, ranks_weight(coalesce(NEW.submitted_at, now()))) ON CONFLICT DO NOTHING;
    PERFORM 1 FROM tallies WHERE tallies.idea_id = NEW.id FOR UPDATE;
    RETURN NULL;
END $$;

-- What is deleted waits for the batch that holds its tally, too: a vote of that
-- batch would else be left over. In order of idea, like the batches.
CREATE FUNCTION ideas_drop_votes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM tallies t WHERE t.idea_id IN (SELECT id FROM gone) ORDER BY t.idea_id FOR UPDATE;
    DELETE FROM votes WHERE votes.idea_id IN (SELECT id FROM gone);
    DELETE FROM tallies WHERE tallies.idea_id IN (SELECT id FROM gone);
    DELETE FROM ranks WHERE ranks.idea_id IN (SELECT id FROM gone);
    DELETE FROM seen WHERE seen.idea_id IN (SELECT id FROM gone);
    DELETE FROM waiting_votes WHERE waiting_votes.idea_id IN (SELECT id FROM gone);
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- The weight of something at a moment, as a logarithm: it doubles every three
-- days, counted from a fixed day. The sum of such weights orders ideas as
-- votes that halve every three days would, without ever being rewritten.
CREATE FUNCTION ranks_weight(at timestamptz) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$ SELECT extract(epoch FROM at - '2020-01-01Z'::timestamptz)::double precision / (3 * 86400) * ln(2) $$;

CREATE TRIGGER ideas_hold_tally AFTER UPDATE OF status, hidden ON ideas
    FOR EACH ROW WHEN (NEW.status <> 'draft' AND (OLD.status, OLD.hidden) IS DISTINCT FROM (NEW.status, NEW.hidden))
    EXECUTE FUNCTION ideas_hold_tally();

CREATE TRIGGER ideas_drop_votes AFTER DELETE ON ideas REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION ideas_drop_votes();

-- "How many saw it", and the removal of an idea.
CREATE INDEX seen_by_idea ON seen (idea_id);
