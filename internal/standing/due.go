package standing

// personIdeas are the ideas of the people in $1 that count for something, with
// the tally that everybody may know.
const personIdeas = `
	SELECT i.contributor_id AS account_id, i.id AS idea_id, i.status, i.submitted_at,
	       CASE WHEN s.sealed THEN 0 ELSE coalesce(t.voters, 0) END AS voters
	FROM ideas i LEFT JOIN tallies t ON t.idea_id = i.id LEFT JOIN challenges h ON h.id = i.challenge_id
	CROSS JOIN LATERAL ( -- whose tally nobody may know yet: it must not show in the sum either
		SELECT coalesce(challenge_seal(h.sealed, h.voting_close_at, clock_timestamp()), '') <> '' AS sealed
	) AS s
	WHERE i.contributor_id = ANY($1) AND i.status NOT IN ('draft', 'held', 'withdrawn', 'merged') AND NOT i.hidden`

// shown is the condition that everybody may see idea %s.
const shown = ` AND i.status NOT IN ('draft', 'held', 'withdrawn') AND NOT i.hidden`

// factsDue says what stands for the people in $1: whose, of what kind, which
// fact, when, and how many of it. This is the one place that knows what earns.
const factsDue = `
	idea AS MATERIALIZED (` + personIdeas + `
	), moved AS ( -- when each happened last; an undo is a step back, not a merit
		SELECT i.*, m.* FROM idea i CROSS JOIN LATERAL (
			SELECT max(h.at) FILTER (WHERE h.to_status = 'shortlisted') AS shortlisted,
			       max(h.at) FILTER (WHERE h.to_status = 'adopted') AS adopted, max(h.at) FILTER (WHERE h.to_status = 'launched') AS launched
			FROM idea_history h WHERE h.idea_id = i.idea_id AND h.kind = 'move' AND NOT h.undo
		) AS m
	), fact AS (
		SELECT account_id, 'shortlisted' AS kind, 'idea:' || idea_id AS source, idea_id, shortlisted AS at, 1 AS n FROM moved WHERE shortlisted IS NOT NULL
		UNION ALL
		SELECT account_id, 'adopted', 'idea:' || idea_id, idea_id, coalesce(adopted, submitted_at), 1 FROM moved WHERE status IN ('adopted', 'in_production', 'launched')
		UNION ALL
		SELECT account_id, 'launched', 'idea:' || idea_id, idea_id, coalesce(launched, submitted_at), 1 FROM moved WHERE status = 'launched'
		UNION ALL
		SELECT account_id, 'votes', 'idea:' || idea_id, idea_id, clock_timestamp(), voters FROM idea WHERE voters > 0
		UNION ALL
		SELECT c.account_id, 'co_created', 'product:' || p.id, coalesce(c.idea_id, (SELECT min(o.idea_id) FROM product_ideas o WHERE o.product_id = p.id)), p.created_at, 1
		FROM credits c JOIN products p ON p.id = c.product_id WHERE c.account_id = ANY($1) AND c.role <> 'contributor'
		UNION ALL
		SELECT t.account_id, 'taken_up', 'comment:' || t.comment_id, t.idea_id, t.at, 1
		FROM taken_up t JOIN comments c ON c.id = t.comment_id JOIN ideas i ON i.id = t.idea_id
		WHERE t.account_id = ANY($1) AND t.undone_at IS NULL AND c.shown AND i.contributor_id <> t.account_id` + shown + `
		UNION ALL
		SELECT f.contributor_id, 'merged', 'merge:' || m.id, i.id, m.at, 1
		FROM ideas f JOIN merges m ON m.from_idea = f.id JOIN ideas i ON i.id = m.into_idea
		WHERE f.contributor_id = ANY($1) AND m.undone_at IS NULL AND NOT f.hidden AND i.contributor_id <> f.contributor_id` + shown + `
		UNION ALL
		SELECT o.contributor_id, 'built_on', 'remix:' || r.idea_id, i.id, i.submitted_at, 1
		FROM ideas o JOIN remixes r ON r.of_idea = o.id JOIN ideas i ON i.id = r.idea_id
		WHERE o.contributor_id = ANY($1) AND i.contributor_id <> o.contributor_id AND i.status IN ('adopted', 'in_production', 'launched') AND NOT i.hidden
		  AND o.status NOT IN ('draft', 'held', 'withdrawn') AND NOT o.hidden
		UNION ALL
		SELECT k.author_id, 'thanked', 'thanks:' || k.comment_id || ':' || k.from_id, c.idea_id, k.at, 1
		FROM thanks k JOIN comments c ON c.id = k.comment_id JOIN ideas i ON i.id = c.idea_id
		WHERE k.author_id = ANY($1) AND c.shown` + shown + `
		UNION ALL
		SELECT w.account_id, 'scored', 'challenge:' || w.challenge_id, NULL, w.at, 1 FROM whole_challenges w WHERE w.account_id = ANY($1)
		UNION ALL
		SELECT b.account_id, 'tested', 'beta:' || b.product_id, NULL, b.at, 1 FROM beta_reports b WHERE b.account_id = ANY($1)
	), due AS MATERIALIZED ( -- what is held for votes stays until it is a whole step too much: a vote to and fro writes no entries
		SELECT f.account_id, f.kind, f.source, f.idea_id, f.at,
		       least(f.n / s.per, s.most) * s.points AS worth, least((f.n + s.per - 1) / s.per, s.most) * s.points AS bound
		FROM fact f JOIN standing_points s USING (kind)
	)`

// settleEntries writes what differs between what is due and the ledger, and
// says how many entries that took. An entry whose fact is gone, or worth less,
// is taken back; what is due beyond the rest is added, dated when it happened,
// up to the cap of that day. Votes that were never counted before are dated day
// by day; later ones when they are noticed.
const settleEntries = `
	WITH ` + factsDue + `, held AS (
		SELECT account_id, kind, source, sum(worth)::integer AS worth, max(n) AS n FROM standing_entries WHERE account_id = ANY($1) GROUP BY account_id, kind, source
	), stands AS (
		SELECT e.* FROM standing_entries e
		WHERE e.account_id = ANY($1) AND e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM standing_entries r WHERE r.reverses = e.id)
	), wrong AS (
		SELECT h.account_id, h.kind, h.source, h.n FROM held h LEFT JOIN due d USING (account_id, kind, source)
		WHERE h.worth > 0 AND (d.account_id IS NULL OR h.worth > d.bound)
	), undone AS (
		INSERT INTO standing_entries (account_id, kind, source, n, idea_id, worth, points, at, reverses)
		SELECT s.account_id, s.kind, s.source, w.n + row_number() OVER (PARTITION BY s.account_id, s.kind, s.source ORDER BY s.id), s.idea_id, -s.worth, -s.points, clock_timestamp(), s.id
		FROM stands s JOIN wrong w USING (account_id, kind, source)
		RETURNING account_id, kind, source, n
	), base AS (
		SELECT d.*, CASE WHEN w.account_id IS NULL THEN coalesce(h.worth, 0) ELSE 0 END AS has,
		       coalesce((SELECT max(u.n) FROM undone u WHERE (u.account_id, u.kind, u.source) = (d.account_id, d.kind, d.source)), h.n, 0) AS last
		FROM due d LEFT JOIN held h USING (account_id, kind, source) LEFT JOIN wrong w USING (account_id, kind, source)
	), more AS (
		SELECT account_id, kind, source, idea_id, last, at, worth - has AS worth FROM base WHERE worth > has AND (kind <> 'votes' OR has > 0)
		UNION ALL
		SELECT b.account_id, b.kind, b.source, b.idea_id, b.last, v.at, (least(v.so_far / s.per * s.points, b.worth) - least(v.before / s.per * s.points, b.worth))::integer
		FROM base b JOIN standing_points s USING (kind) CROSS JOIN LATERAL (
			SELECT d.at, sum(d.n) OVER (ORDER BY d.at)::bigint AS so_far, (sum(d.n) OVER (ORDER BY d.at) - d.n)::bigint AS before FROM (
				SELECT max(cast_at) AS at, count(*) AS n FROM votes
				WHERE idea_id = b.idea_id AND counts AND NOT staff GROUP BY date_trunc('day', cast_at AT TIME ZONE 'UTC')
			) AS d
		) AS v
		WHERE b.kind = 'votes' AND b.worth > 0 AND b.has = 0
	), placed AS (
		SELECT m.*, s.day_cap, sum(m.worth) OVER (PARTITION BY m.account_id, m.kind, (m.at AT TIME ZONE 'UTC')::date ORDER BY m.at, m.source) AS so_far,
		       coalesce((SELECT sum(o.points) FROM stands o WHERE o.account_id = m.account_id AND o.kind = m.kind AND o.day = (m.at AT TIME ZONE 'UTC')::date
		           AND NOT EXISTS (SELECT 1 FROM wrong w WHERE (w.account_id, w.kind, w.source) = (o.account_id, o.kind, o.source))), 0) AS used
		FROM more m JOIN standing_points s USING (kind) WHERE m.worth > 0
	), added AS (
		INSERT INTO standing_entries (account_id, kind, source, n, idea_id, worth, points, at)
		SELECT account_id, kind, source, last + row_number() OVER (PARTITION BY account_id, kind, source ORDER BY at), idea_id, worth,
		       CASE WHEN day_cap IS NULL THEN worth ELSE greatest(0, least(worth, day_cap - used - (so_far - worth))) END, at
		FROM placed ORDER BY at, account_id, source
		RETURNING 1
	)
	SELECT (SELECT count(*) FROM undone) + (SELECT count(*) FROM added)`

// settleTotals brings standings in line with the ledger. The month is what was
// earned in it and stands: a step back is no loss of the month it is taken in.
const settleTotals = `
	WITH idea AS (` + personIdeas + `
	), figure AS (
		SELECT account_id, count(*) AS ideas, count(*) FILTER (WHERE status IN ('adopted', 'in_production', 'launched')) AS adopted,
		       count(*) FILTER (WHERE status = 'launched') AS launched, sum(voters) AS votes_received
		FROM idea GROUP BY account_id
	), total AS (
		SELECT e.account_id, sum(e.points) AS points,
		       sum(e.points) FILTER (WHERE e.at > now() - make_interval(days => $2) AND e.reverses IS NULL
		           AND NOT EXISTS (SELECT 1 FROM standing_entries r WHERE r.reverses = e.id)) AS month_points
		FROM standing_entries e WHERE e.account_id = ANY($1) GROUP BY e.account_id
	)
	UPDATE standings s
	SET points = coalesce(t.points, 0), month_points = coalesce(t.month_points, 0), ideas = coalesce(f.ideas, 0), adopted = coalesce(f.adopted, 0),
	    launched = coalesce(f.launched, 0), votes_received = coalesce(f.votes_received, 0), computed_at = now()
	FROM unnest($1::bigint[]) AS p (id) LEFT JOIN total t ON t.account_id = p.id LEFT JOIN figure f ON f.account_id = p.id
	WHERE s.account_id = p.id`

// settleBadges gives the badges whose rule is met by what stands, and takes the
// others away.
const settleBadges = `
	WITH earned AS (
		SELECT e.account_id, e.kind, e.at, row_number() OVER (PARTITION BY e.account_id, e.kind ORDER BY e.at, e.id) AS nth
		FROM standing_entries e
		WHERE e.account_id = ANY($1) AND e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM standing_entries r WHERE r.reverses = e.id)
		UNION ALL
		SELECT account_id, 'idea', min(submitted_at), 1 FROM (` + personIdeas + `) AS i GROUP BY account_id
	), due AS (
		SELECT e.account_id, r.badge, e.at FROM earned e JOIN unnest($2::text[], $3::text[], $4::bigint[]) AS r (badge, kind, n) ON r.kind = e.kind AND r.n = e.nth
	), gone AS (
		DELETE FROM badges b WHERE b.account_id = ANY($1) AND NOT EXISTS (SELECT 1 FROM due d WHERE d.account_id = b.account_id AND d.badge = b.badge)
	)
	INSERT INTO badges (account_id, badge, at) SELECT account_id, badge, at FROM due ORDER BY account_id, badge
	ON CONFLICT (account_id, badge) DO NOTHING`

// settleTrust gives the role to those whose standing and record earn it, and
// takes it from those who had it so. What was given or taken by hand stays.
const settleTrust = `
	WITH judged AS (
		SELECT a.id, a.roles, t.by,
		       s.points >= r.points AND a.created_at <= now() - make_interval(days => r.days) AND a.email IS NOT NULL
		       AND NOT a.roles && '{team,moderator,admin}' AND coalesce(a.barred_until < now() - interval '90 days', true)
		       AND NOT EXISTS (SELECT 1 FROM ideas i WHERE i.contributor_id = a.id AND i.hidden)
		       AND NOT EXISTS (SELECT 1 FROM comments c WHERE c.author_id = a.id AND c.hidden) AS fit
		FROM accounts a JOIN standings s ON s.account_id = a.id CROSS JOIN trust_rule r LEFT JOIN trusted t ON t.account_id = a.id
		WHERE a.id = ANY($1)
	), given AS (
		INSERT INTO trusted (account_id, by) SELECT id, 'standing' FROM judged WHERE fit AND by IS NULL AND NOT 'trusted' = ANY(roles) ORDER BY id
		ON CONFLICT (account_id) DO NOTHING RETURNING account_id
	), taken AS (
		DELETE FROM trusted t USING judged j WHERE t.account_id = j.id AND t.by = 'standing' AND NOT j.fit RETURNING t.account_id
	)
	UPDATE accounts a SET roles = CASE WHEN n.gives THEN array_append(array_remove(a.roles, 'trusted'), 'trusted') ELSE array_remove(a.roles, 'trusted') END
	FROM (SELECT account_id, true AS gives FROM given UNION ALL SELECT account_id, false FROM taken) AS n
	WHERE a.id = n.account_id`
