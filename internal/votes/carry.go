package votes

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// carried is every vote of the idea $1 that another idea, $2, may take over,
// beside the vote that its voter has there. Its contributor's own is not taken.
const carried = `
	carried AS MATERIALIZED (
		SELECT a.*, b.voter_id IS NOT NULL AS had, coalesce(b.cast_at >= a.cast_at, false) AS outdone, b.via AS b_via,
		       b.score AS b_score, b.would_buy AS b_buy, b.staff AS b_staff, b.counts AS b_counts, b.cast_at AS b_cast_at,
		       b.address AS b_address, b.network AS b_network, b.browser AS b_browser, b.referrer AS b_referrer
		FROM votes a JOIN ideas i ON i.id = $2 LEFT JOIN votes b ON b.idea_id = $2 AND b.voter_id = a.voter_id
		WHERE a.idea_id = $1 AND a.voter_id <> i.contributor_id
	)`

// moved adds up part, what comes with sign 1 and what goes with sign -1, into
// the tally $2. It changes nothing where part is empty.
const moved = `
	moved AS (
		UPDATE tallies t
		SET voters = t.voters + c.voters, ones = t.ones + c.ones, twos = t.twos + c.twos, threes = t.threes + c.threes,
		    fours = t.fours + c.fours, fives = t.fives + c.fives, would_buy = t.would_buy + c.would_buy,
		    staff = t.staff + c.staff, revision = t.revision + 1
		FROM (
			SELECT coalesce(sum(sign) FILTER (WHERE NOT staff), 0)::integer AS voters,
			       coalesce(sum(sign) FILTER (WHERE NOT staff AND score = 1), 0)::integer AS ones,
			       coalesce(sum(sign) FILTER (WHERE NOT staff AND score = 2), 0)::integer AS twos,
			       coalesce(sum(sign) FILTER (WHERE NOT staff AND score = 3), 0)::integer AS threes,
			       coalesce(sum(sign) FILTER (WHERE NOT staff AND score = 4), 0)::integer AS fours,
			       coalesce(sum(sign) FILTER (WHERE NOT staff AND score = 5), 0)::integer AS fives,
			       coalesce(sum(sign) FILTER (WHERE NOT staff AND would_buy), 0)::integer AS would_buy,
			       coalesce(sum(sign) FILTER (WHERE staff), 0)::integer AS staff, count(*) AS rows
			FROM part
		) AS c
		WHERE t.idea_id = $2 AND c.rows > 0
	)`

// carry copies votes in one statement: those that win their place, and beneath
// the copies that win over them those that lose only to copies. So whichever of
// several merges into one idea is undone first, the others' votes are still there.
const carry = `
	WITH RECURSIVE` + carried + `, winning AS MATERIALIZED (
		SELECT * FROM carried WHERE NOT outdone
	), put AS (
		INSERT INTO votes (idea_id, voter_id, score, would_buy, staff, counts, cast_at, address, network, browser, referrer, via)
		SELECT $2, voter_id, score, would_buy, staff, counts, cast_at, address, network, browser, referrer, $3 FROM winning
		ON CONFLICT (idea_id, voter_id) DO UPDATE
		SET score = excluded.score, would_buy = excluded.would_buy, staff = excluded.staff, counts = excluded.counts, cast_at = excluded.cast_at,
		    address = excluded.address, network = excluded.network, browser = excluded.browser, referrer = excluded.referrer, via = excluded.via
	), chain AS ( -- from copy to what it replaced, as long as that is a copy of a later vote
		SELECT voter_id, cast_at, b_via AS over, 1 AS depth FROM carried WHERE outdone AND b_via IS NOT NULL
		UNION ALL
		SELECT c.voter_id, c.cast_at, r.via, c.depth + 1
		FROM chain c JOIN merge_replaced r ON r.merge_id = c.over AND r.voter_id = c.voter_id
		WHERE r.via IS NOT NULL AND r.cast_at >= c.cast_at
	), place AS MATERIALIZED ( -- beneath the earliest of these, unless their own vote there is later
		SELECT p.voter_id, p.over, r.voter_id IS NOT NULL AS had
		FROM (SELECT DISTINCT ON (voter_id) * FROM chain ORDER BY voter_id, depth DESC) AS p
		LEFT JOIN merge_replaced r ON r.merge_id = p.over AND r.voter_id = p.voter_id
		WHERE r.voter_id IS NULL OR r.cast_at < p.cast_at
	), beneath AS (
		INSERT INTO merge_replaced (merge_id, voter_id, score, would_buy, staff, counts, cast_at, address, network, browser, referrer, via)
		SELECT p.over, c.voter_id, c.score, c.would_buy, c.staff, c.counts, c.cast_at, c.address, c.network, c.browser, c.referrer, $3
		FROM place p JOIN carried c USING (voter_id)
		ON CONFLICT (merge_id, voter_id) DO UPDATE
		SET score = excluded.score, would_buy = excluded.would_buy, staff = excluded.staff, counts = excluded.counts, cast_at = excluded.cast_at,
		    address = excluded.address, network = excluded.network, browser = excluded.browser, referrer = excluded.referrer, via = excluded.via
	), kept AS (
		INSERT INTO merge_replaced (merge_id, voter_id, score, would_buy, staff, counts, cast_at, address, network, browser, referrer, via)
		SELECT $3, voter_id, b_score, b_buy, b_staff, b_counts, b_cast_at, b_address, b_network, b_browser, b_referrer, b_via FROM winning WHERE had
		UNION ALL
		SELECT $3, r.voter_id, r.score, r.would_buy, r.staff, r.counts, r.cast_at, r.address, r.network, r.browser, r.referrer, r.via
		FROM place p JOIN merge_replaced r ON r.merge_id = p.over AND r.voter_id = p.voter_id
	), part AS (
		SELECT CASE WHEN counts THEN 1 ELSE 0 END AS sign, score, would_buy, staff FROM winning
		UNION ALL
		SELECT CASE WHEN b_counts THEN -1 ELSE 0 END, b_score, b_buy, b_staff FROM winning WHERE had
	),` + moved + `
	INSERT INTO vote_events (at, idea_id, voter_id, revision, retract, score, would_buy, staff, counts, via, cast_at)
	SELECT clock_timestamp(), $2, w.voter_id, t.revision + 1, false, w.score, w.would_buy, w.staff, w.counts, $3, w.cast_at
	FROM winning w JOIN tallies t ON t.idea_id = $2`

// giveBack takes the copies of merge $1 out of the idea $2, puts back what they
// replaced, and takes them out from under the copies of other merges.
const giveBack = `
	WITH gone AS MATERIALIZED (
		SELECT v.voter_id, v.score, v.would_buy, v.staff, v.counts, r.voter_id IS NOT NULL AS had,
		       r.score AS r_score, r.would_buy AS r_buy, r.staff AS r_staff, r.counts AS r_counts, r.cast_at AS r_cast_at,
		       r.address AS r_address, r.network AS r_network, r.browser AS r_browser, r.referrer AS r_referrer, r.via AS r_via
		FROM votes v LEFT JOIN merge_replaced r ON r.merge_id = $1 AND r.voter_id = v.voter_id
		WHERE v.idea_id = $2 AND v.via = $1
	), removed AS (
		DELETE FROM votes v USING gone g WHERE NOT g.had AND v.idea_id = $2 AND v.voter_id = g.voter_id
	), restored AS (
		UPDATE votes v
		SET score = g.r_score, would_buy = g.r_buy, staff = g.r_staff, counts = g.r_counts, cast_at = g.r_cast_at,
		    address = g.r_address, network = g.r_network, browser = g.r_browser, referrer = g.r_referrer, via = g.r_via
		FROM gone g WHERE g.had AND v.idea_id = $2 AND v.voter_id = g.voter_id
	), mended AS (
		UPDATE merge_replaced o
		SET score = r.score, would_buy = r.would_buy, staff = r.staff, counts = r.counts, cast_at = r.cast_at,
		    address = r.address, network = r.network, browser = r.browser, referrer = r.referrer, via = r.via
		FROM merge_replaced r WHERE o.via = $1 AND r.merge_id = $1 AND r.voter_id = o.voter_id
	), dropped AS (
		DELETE FROM merge_replaced o
		WHERE o.merge_id = $1 OR o.via = $1 AND NOT EXISTS (SELECT 1 FROM merge_replaced r WHERE r.merge_id = $1 AND r.voter_id = o.voter_id)
	), part AS (
		SELECT CASE WHEN counts THEN -1 ELSE 0 END AS sign, score, would_buy, staff FROM gone
		UNION ALL
		SELECT CASE WHEN r_counts THEN 1 ELSE 0 END, r_score, r_buy, r_staff FROM gone WHERE had
	),` + moved + `
	INSERT INTO vote_events (at, idea_id, voter_id, revision, retract, score, would_buy, staff, counts, via, cast_at)
	SELECT clock_timestamp(), $2, g.voter_id, t.revision + 1, NOT g.had,
	       CASE WHEN g.had THEN g.r_score ELSE g.score END, CASE WHEN g.had THEN g.r_buy ELSE g.would_buy END,
	       CASE WHEN g.had THEN g.r_staff ELSE g.staff END, CASE WHEN g.had THEN g.r_counts ELSE g.counts END, g.r_via, g.r_cast_at
	FROM gone g JOIN tallies t ON t.idea_id = $2`

// Carry copies the votes of an idea into another for a merge, in the caller's
// transaction: one vote for each voter, the later where there are two. Each copy
// keeps its time and says by which merge it came; what it replaced is kept. Both
// tallies are held until the transaction ends; the caller must hold both ideas.
func Carry(ctx context.Context, tx pg.Q, merge int64, from, into ideas.ID) error {
	if err := hold(ctx, tx, []ideas.ID{from, into}); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, carry, from, into, merge); err != nil {
		return fmt.Errorf("carry votes of idea %d into %d: %w", from, into, err)
	}
	return nil
}

// GiveBack takes the votes that a merge copied out again, and puts back what
// they replaced. What its voter cast or took back since stays as it is.
func GiveBack(ctx context.Context, tx pg.Q, merge int64, from, into ideas.ID) error {
	if err := hold(ctx, tx, []ideas.ID{from, into}); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, giveBack, merge, into); err != nil {
		return fmt.Errorf("give back the votes of merge %d: %w", merge, err)
	}
	return nil
}

// TalliesIn is Tallies as the transaction in hand sees them.
func TalliesIn(ctx context.Context, tx pg.Q, list []ideas.ID) ([]Tally, error) {
	return tallies(ctx, tx, list)
}

// Weighing is what carrying votes would come to.
type Weighing struct {
	Carried int     `db:"carried"` // votes that could come over
	Both    int     `db:"both"`    // of them by people who voted on both
	Newer   int     `db:"newer"`   // of those the ones that would take the place of an older vote
	Own     int     `db:"own"`     // stay behind: the vote of the other's contributor
	Before  Figures `db:"before"`
	After   Figures `db:"after"`
}

// Weigh says what Carry would do, without doing it.
func Weigh(ctx context.Context, q pg.Q, from, into ideas.ID) (Weighing, error) {
	const query = `
		WITH` + carried + `, after AS (
			SELECT score, would_buy, staff, counts FROM carried WHERE NOT outdone
			UNION ALL
			SELECT score, would_buy, staff, counts FROM votes v
			WHERE v.idea_id = $2 AND NOT EXISTS (SELECT 1 FROM carried c WHERE c.voter_id = v.voter_id AND NOT c.outdone)
		), b AS (SELECT` + counted + ` FROM votes v WHERE v.idea_id = $2), a AS (SELECT` + counted + ` FROM after)
		SELECT (SELECT count(*) FROM carried) AS carried, (SELECT count(*) FROM carried WHERE had) AS both,
		       (SELECT count(*) FROM carried WHERE had AND NOT outdone) AS newer,
		       (SELECT count(*) FROM votes v JOIN ideas i ON i.id = $2 AND i.contributor_id = v.voter_id WHERE v.idea_id = $1) AS own,
		       b.voters AS "before.voters", b.scored AS "before.scored", b.would_buy AS "before.would_buy", b.staff AS "before.staff",
		       a.voters AS "after.voters", a.scored AS "after.scored", a.would_buy AS "after.would_buy", a.staff AS "after.staff"
		FROM b, a`
	var w Weighing
	if err := sqlx.GetContext(ctx, q, &w, query, from, into); err != nil {
		return Weighing{}, fmt.Errorf("weigh idea %d against %d: %w", from, into, err)
	}
	return w, nil
}
