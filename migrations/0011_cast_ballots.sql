-- +goose Up
-- The batch of votes with scores, windows, seals and the ledger.
--
-- As before one statement for its caller and two snapshots inside: the tallies
-- are locked first, in order of idea, and only the statement after that reads
-- votes, ideas and challenges. So batches of several servers neither deadlock
-- nor count twice. The clock is read once the locks are held: a ballot that
-- waited past the end of voting comes too late.
--
-- What will change is worked out first (planned); nobody else can change votes
-- on these ideas meanwhile, since all who do hold the tally. So nothing has to
-- be joined with what another part of the statement returns: PostgreSQL guesses
-- the size of such results wrong, and a nested loop over two of them costs the
-- square of the batch.
--
-- The plan is made once for a connection: planning costs more than a small
-- batch. It must then suit tables of any size, also those that were empty when
-- it was made, and so may not scan them.
-- Locks: none.

DROP FUNCTION cast_ballots(bigint[], bigint[], boolean[], boolean[], boolean[]);

-- +goose StatementBegin
CREATE FUNCTION cast_ballots(idea_ids bigint[], voter_ids bigint[], scores smallint[], buys boolean[], staffs boolean[], retracts boolean[],
                             addresses bigint[], networks bigint[], browsers text[], referrers text[])
RETURNS TABLE (idea_id bigint, voters integer, ones integer, twos integer, threes integer, fours integer, fives integer, would_buy integer, staff integer, revision bigint,
               state text, ballot text, seal text, contributor_id bigint, barred bigint[], changed boolean)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    locked  bigint[];
    out_now bigint[]; -- voters who are barred
    clock   timestamptz;
BEGIN
    SELECT array_agg(l.idea_id) INTO locked
    FROM (SELECT t.idea_id FROM tallies t WHERE t.idea_id = ANY (idea_ids) ORDER BY t.idea_id FOR UPDATE) AS l;
    clock := clock_timestamp();
    SELECT coalesce(array_agg(a.id), '{}') INTO out_now FROM accounts a WHERE a.barred_until > clock AND a.id = ANY (voter_ids);

    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT i.id AS idea_id, i.contributor_id, coalesce(c.ballot, 'support') AS ballot,
               coalesce(challenge_seal(c.sealed, c.voting_close_at, clock), '') AS seal,
               CASE WHEN i.hidden OR i.status IN ('draft', 'held') THEN 'unseen'
                    WHEN i.status IN ('merged', 'withdrawn') THEN -- told only of what was once public
                        CASE WHEN EXISTS (SELECT 1 FROM idea_history h WHERE h.idea_id = i.id AND h.to_status = 'open') THEN i.status ELSE 'unseen' END
                    WHEN i.status NOT IN ('open', 'under_review', 'shortlisted') THEN 'closed'
                    WHEN clock < c.voting_open_at THEN 'early'
                    WHEN clock >= c.voting_close_at THEN 'late'
                    ELSE 'open' END AS state
        FROM unnest(locked) AS l (idea_id) JOIN ideas i ON i.id = l.idea_id -- one without a tally was never open
        LEFT JOIN challenges c ON c.id = i.challenge_id
    ), planned AS MATERIALIZED (
        SELECT b.idea_id, b.voter_id, b.retract, nullif(b.score, 0) AS score, b.would_buy, b.staff, b.address, b.network, b.browser, b.referrer,
               v.voter_id IS NOT NULL AS had, coalesce(v.counts, true) AS counts,
               v.score AS old_score, v.would_buy AS old_buy, v.staff AS old_staff
        FROM asked a
        JOIN unnest(idea_ids, voter_ids, scores, buys, staffs, retracts, addresses, networks, browsers, referrers)
             AS b (idea_id, voter_id, score, would_buy, staff, retract, address, network, browser, referrer) USING (idea_id)
        LEFT JOIN votes v ON v.idea_id = b.idea_id AND v.voter_id = b.voter_id
        WHERE a.state = 'open' AND a.contributor_id <> b.voter_id AND b.voter_id <> ALL (out_now)
          AND CASE WHEN b.retract THEN v.voter_id IS NOT NULL
                   ELSE (a.ballot = 'score') = (b.score > 0)
                        AND (v.voter_id IS NULL OR (v.score, v.would_buy, v.staff) IS DISTINCT FROM (nullif(b.score, 0), b.would_buy, b.staff)) END
    ), added AS (
        INSERT INTO votes (idea_id, voter_id, score, would_buy, staff, cast_at, address, network, browser, referrer)
        SELECT idea_id, voter_id, score, would_buy, staff, clock, nullif(address, 0), nullif(network, 0), nullif(browser, ''), nullif(referrer, '')
        FROM planned WHERE NOT had
    ), replaced AS (
        UPDATE votes v
        SET score = p.score, would_buy = p.would_buy, staff = p.staff, cast_at = clock,
            address = nullif(p.address, 0), network = nullif(p.network, 0), browser = nullif(p.browser, ''), referrer = nullif(p.referrer, '')
        FROM planned p WHERE p.had AND NOT p.retract AND v.idea_id = p.idea_id AND v.voter_id = p.voter_id
    ), removed AS (
        DELETE FROM votes v USING planned p WHERE p.retract AND v.idea_id = p.idea_id AND v.voter_id = p.voter_id
    ), part AS ( -- what each ballot adds and what the vote before it takes away
        SELECT idea_id, CASE WHEN counts AND NOT retract THEN 1 ELSE 0 END AS sign, score, would_buy, staff FROM planned
        UNION ALL
        SELECT idea_id, CASE WHEN counts THEN -1 ELSE 0 END, old_score, old_buy, old_staff FROM planned WHERE had
    ), change AS (
        SELECT idea_id,
               coalesce(sum(sign) FILTER (WHERE NOT staff), 0)::integer AS voters,
               coalesce(sum(sign) FILTER (WHERE NOT staff AND score = 1), 0)::integer AS ones,
               coalesce(sum(sign) FILTER (WHERE NOT staff AND score = 2), 0)::integer AS twos,
               coalesce(sum(sign) FILTER (WHERE NOT staff AND score = 3), 0)::integer AS threes,
               coalesce(sum(sign) FILTER (WHERE NOT staff AND score = 4), 0)::integer AS fours,
               coalesce(sum(sign) FILTER (WHERE NOT staff AND score = 5), 0)::integer AS fives,
               coalesce(sum(sign) FILTER (WHERE NOT staff AND would_buy), 0)::integer AS would_buy,
               coalesce(sum(sign) FILTER (WHERE staff), 0)::integer AS staff
        FROM part GROUP BY idea_id
    ), moved AS (
        UPDATE tallies t
        SET voters = t.voters + c.voters, ones = t.ones + c.ones, twos = t.twos + c.twos, threes = t.threes + c.threes,
            fours = t.fours + c.fours, fives = t.fives + c.fives, would_buy = t.would_buy + c.would_buy,
            staff = t.staff + c.staff, revision = t.revision + 1
        FROM change c WHERE t.idea_id = c.idea_id
        RETURNING t.*
    ), noted AS (
        INSERT INTO vote_events (at, idea_id, voter_id, revision, retract, score, would_buy, staff, counts)
        SELECT clock, p.idea_id, p.voter_id, t.revision + 1, p.retract, p.score, p.would_buy, p.staff, p.counts
        FROM planned p JOIN tallies t USING (idea_id)
    )
    SELECT a.idea_id, t.voters, t.ones, t.twos, t.threes, t.fours, t.fives, t.would_buy, t.staff, t.revision,
           a.state, a.ballot, a.seal, a.contributor_id, out_now, true
    FROM asked a JOIN moved t USING (idea_id)
    UNION ALL
    SELECT a.idea_id, t.voters, t.ones, t.twos, t.threes, t.fours, t.fives, t.would_buy, t.staff, t.revision,
           a.state, a.ballot, a.seal, a.contributor_id, out_now, false
    FROM asked a JOIN tallies t USING (idea_id) WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.idea_id = a.idea_id);
END $$;
-- +goose StatementEnd
