-- +goose Up
-- Merging ideas, and what a vote must know of it; and the budget of votes.
--
-- Votes are copied into the idea that another is merged into, never moved: the
-- copy says by which merge (via) and keeps the time it was cast. What a copy took
-- the place of is kept (merge_replaced), so that unmerging puts it back. A ballot
-- makes a copy the voter's own: via is cleared, even where the choice is the
-- same, and such a vote stays when the ideas are taken apart.
-- The ledger says via too, and the time of casting where that is not the time of
-- the event, so that a replay gives every vote back as it was.
--
-- cast_ballots is as before (migration 0011) but for two things. A vote with via
-- is always changed by a ballot. And where a challenge gives each voter so many
-- votes, a ballot that would be one more is taken out of the batch before
-- anything is written. Two batches of one voter on two ideas could each see one
-- vote left; so they take a lock of the challenge and the voter first, in order,
-- after the tallies: ideas, tallies, budgets is the order everywhere, and nobody
-- who holds a budget waits for a tally. Voters share 256 of these locks in each
-- challenge, since the database has room for some thousands in all. Without such
-- a challenge this costs one look into an empty index.
-- Locks: votes and vote_events for the moment of adding columns without a
-- default, which writes no row.

ALTER TABLE votes ADD COLUMN via bigint; -- the merge that it was copied by; null when it was cast here

ALTER TABLE vote_events
    ADD COLUMN via     bigint,
    ADD COLUMN cast_at timestamptz; -- of a vote that kept its time; null when it is the event's own

CREATE TABLE merges (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    from_idea bigint      NOT NULL CONSTRAINT merges_from_fkey REFERENCES ideas (id) ON DELETE CASCADE,
    into_idea bigint      NOT NULL CONSTRAINT merges_into_fkey REFERENCES ideas (id) ON DELETE CASCADE,
    by_id     bigint      NOT NULL REFERENCES accounts (id),
    at        timestamptz NOT NULL DEFAULT now(),
    note      text        NOT NULL DEFAULT '' CONSTRAINT merges_note_size CHECK (octet_length(note) <= 65536),
    undone_at timestamptz,
    undone_by bigint      REFERENCES accounts (id),
    CONSTRAINT merges_not_itself CHECK (from_idea <> into_idea),
    CONSTRAINT merges_undone_by_somebody CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);

CREATE UNIQUE INDEX merges_once ON merges (from_idea) WHERE undone_at IS NULL;
CREATE INDEX merges_by_target ON merges (into_idea, id);

-- What a merge's copy of a vote took the place of: the voter's own vote, or the
-- copy by an earlier merge.
CREATE TABLE merge_replaced (
    merge_id  bigint      NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    voter_id  bigint      NOT NULL,
    score     smallint,
    would_buy boolean     NOT NULL,
    staff     boolean     NOT NULL,
    counts    boolean     NOT NULL,
    cast_at   timestamptz NOT NULL,
    address   bigint,
    network   bigint,
    browser   text,
    referrer  text,
    via       bigint,
    PRIMARY KEY (merge_id, voter_id)
);

CREATE INDEX merge_replaced_by_via ON merge_replaced (via, voter_id) WHERE via IS NOT NULL;

-- Who an idea is owed to beside its contributor. Adopting copies them to the
-- product's credits.
CREATE TABLE co_creators (
    idea_id    bigint      NOT NULL CONSTRAINT co_creators_idea_fkey REFERENCES ideas (id) ON DELETE CASCADE,
    account_id bigint      NOT NULL CONSTRAINT co_creators_account_fkey REFERENCES accounts (id),
    what_for   text        NOT NULL CONSTRAINT co_creators_what_for_length CHECK (char_length(what_for) <= 200),
    merge_id   bigint      CONSTRAINT co_creators_merge_fkey REFERENCES merges (id) ON DELETE CASCADE, -- null: named by the team
    added_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (idea_id, account_id)
);

CREATE INDEX co_creators_by_account ON co_creators (account_id);
CREATE INDEX co_creators_by_merge ON co_creators (merge_id) WHERE merge_id IS NOT NULL;

CREATE INDEX challenges_with_budget ON challenges (id) WHERE vote_budget IS NOT NULL;

-- +goose StatementBegin
-- An idea that went on in another takes in none itself: so there are no circles.
-- Who merges holds both ideas, so that two merges cannot look past each other.
CREATE FUNCTION merges_go_somewhere() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM merges m WHERE m.from_idea = NEW.into_idea AND m.undone_at IS NULL) THEN
        RAISE EXCEPTION 'idea % was merged itself', NEW.into_idea USING ERRCODE = 'check_violation', CONSTRAINT = 'merges_into_merged';
    END IF;
    RETURN NEW;
END $$;

-- Copies of votes could not be told from votes without the merge that made them.
CREATE FUNCTION merges_stay_while_live() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.undone_at IS NULL THEN
        RAISE EXCEPTION 'merge % is not undone', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'merges_live';
    END IF;
    RETURN OLD;
END $$;
-- +goose StatementEnd

CREATE TRIGGER merges_go_somewhere BEFORE INSERT ON merges FOR EACH ROW EXECUTE FUNCTION merges_go_somewhere();
CREATE TRIGGER merges_stay_while_live BEFORE DELETE ON merges FOR EACH ROW EXECUTE FUNCTION merges_stay_while_live();

DROP FUNCTION cast_ballots(bigint[], bigint[], smallint[], boolean[], boolean[], boolean[], bigint[], bigint[], text[], text[]);

-- +goose StatementBegin
CREATE FUNCTION cast_ballots(idea_ids bigint[], voter_ids bigint[], scores smallint[], buys boolean[], staffs boolean[], retracts boolean[],
                             addresses bigint[], networks bigint[], browsers text[], referrers text[])
RETURNS TABLE (idea_id bigint, voters integer, ones integer, twos integer, threes integer, fours integer, fives integer, would_buy integer, staff integer, revision bigint,
               state text, ballot text, seal text, contributor_id bigint, barred bigint[], overspent bigint[], changed boolean)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    locked     bigint[];
    out_now    bigint[];    -- voters who are barred
    budgeted   bigint[];    -- challenges that give so many votes; null for none
    too_many   bigint[];    -- places of ballots that would be one more
    refused    bigint[];    -- their ideas, then their voters; null for none
    clock      timestamptz;
BEGIN
    SELECT array_agg(l.idea_id) INTO locked
    FROM (SELECT t.idea_id FROM tallies t WHERE t.idea_id = ANY (idea_ids) ORDER BY t.idea_id FOR UPDATE) AS l;
    clock := clock_timestamp();
    SELECT coalesce((SELECT array_agg(a.id) FROM accounts a WHERE a.barred_until > clock AND a.id = ANY (voter_ids)), '{}'),
           (SELECT array_agg(c.id) FROM challenges c WHERE c.vote_budget IS NOT NULL)
    INTO out_now, budgeted;

    IF budgeted IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(k.key) FROM (
            SELECT DISTINCT hashint8extended(b.voter_id & 255, i.challenge_id) AS key
            FROM unnest(idea_ids, voter_ids, retracts) AS b (idea_id, voter_id, retract) JOIN ideas i ON i.id = b.idea_id
            WHERE NOT b.retract AND i.challenge_id = ANY (budgeted) ORDER BY key OFFSET 0
        ) AS k;
        WITH more AS MATERIALIZED ( -- ballots that would be one vote more, numbered in the order they came
            SELECT b.n, b.idea_id, b.voter_id, i.challenge_id, c.vote_budget,
                   row_number() OVER (PARTITION BY i.challenge_id, b.voter_id ORDER BY b.n) AS nth
            FROM unnest(idea_ids, voter_ids, scores, retracts) WITH ORDINALITY AS b (idea_id, voter_id, score, retract, n)
            JOIN ideas i ON i.id = b.idea_id JOIN challenges c ON c.id = i.challenge_id
            WHERE NOT b.retract AND c.id = ANY (budgeted) AND (c.ballot = 'score') = (b.score > 0)
              AND i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden AND i.contributor_id <> b.voter_id
              AND NOT EXISTS (SELECT 1 FROM votes v WHERE v.idea_id = b.idea_id AND v.voter_id = b.voter_id)
        ), had AS (
            SELECT w.challenge_id, w.voter_id, count(*) AS n
            FROM (SELECT DISTINCT m.challenge_id, m.voter_id FROM more m) AS w
            JOIN votes v ON v.voter_id = w.voter_id JOIN ideas i ON i.id = v.idea_id AND i.challenge_id = w.challenge_id
            WHERE i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden
              AND NOT EXISTS (SELECT 1 FROM unnest(idea_ids, voter_ids, retracts) AS b (idea_id, voter_id, retract)
                              WHERE b.retract AND b.idea_id = v.idea_id AND b.voter_id = v.voter_id)
            GROUP BY w.challenge_id, w.voter_id
        )
        SELECT array_agg(m.n), array_agg(m.idea_id) || array_agg(m.voter_id) INTO too_many, refused
        FROM more m LEFT JOIN had h ON h.challenge_id = m.challenge_id AND h.voter_id = m.voter_id
        WHERE coalesce(h.n, 0) + m.nth > m.vote_budget;
        IF too_many IS NOT NULL THEN
            SELECT array_agg(b.idea_id), array_agg(b.voter_id), array_agg(b.score), array_agg(b.would_buy), array_agg(b.staff), array_agg(b.retract),
                   array_agg(b.address), array_agg(b.network), array_agg(b.browser), array_agg(b.referrer)
            INTO idea_ids, voter_ids, scores, buys, staffs, retracts, addresses, networks, browsers, referrers
            FROM unnest(idea_ids, voter_ids, scores, buys, staffs, retracts, addresses, networks, browsers, referrers) WITH ORDINALITY
                 AS b (idea_id, voter_id, score, would_buy, staff, retract, address, network, browser, referrer, n)
            WHERE b.n <> ALL (too_many);
        END IF;
    END IF;

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
                        AND (v.voter_id IS NULL OR v.via IS NOT NULL
                             OR (v.score, v.would_buy, v.staff) IS DISTINCT FROM (nullif(b.score, 0), b.would_buy, b.staff)) END
    ), added AS (
        INSERT INTO votes (idea_id, voter_id, score, would_buy, staff, cast_at, address, network, browser, referrer)
        SELECT idea_id, voter_id, score, would_buy, staff, clock, nullif(address, 0), nullif(network, 0), nullif(browser, ''), nullif(referrer, '')
        FROM planned WHERE NOT had
    ), replaced AS (
        UPDATE votes v
        SET score = p.score, would_buy = p.would_buy, staff = p.staff, cast_at = clock, via = NULL,
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
           a.state, a.ballot, a.seal, a.contributor_id, out_now, refused, true
    FROM asked a JOIN moved t USING (idea_id)
    UNION ALL
    SELECT a.idea_id, t.voters, t.ones, t.twos, t.threes, t.fours, t.fives, t.would_buy, t.staff, t.revision,
           a.state, a.ballot, a.seal, a.contributor_id, out_now, refused, false
    FROM asked a JOIN tallies t USING (idea_id) WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.idea_id = a.idea_id);
END $$;
-- +goose StatementEnd
