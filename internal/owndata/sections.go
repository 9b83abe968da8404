package owndata

// section is one file of an export: what a query gives for the account $1, and
// which columns that name an account it stands for.
type section struct {
	file    string
	columns []string
	query   string
}

// seenTitle is the title of an idea i as far as the account $1 may see it.
const seenTitle = `CASE WHEN i.contributor_id = $1 OR NOT i.hidden AND i.status NOT IN ('draft', 'held', 'withdrawn') THEN i.title END`

// nameOf is the name of another account a, as they let it be told in a list.
const nameOf = `CASE WHEN a.visibility <> 'hidden' AND a.email IS NOT NULL THEN a.name END`

// sections are the files of an export. Nobody else's address, and nothing that
// the person may not see on the board, is in them; nor is anything that would
// open a door, such as a password's hash.
var sections = []section{
	{"account.json", nil, `
		SELECT id, handle, name, email, confirmed_at, roles, bio_source AS bio, links, picture_id, cover_id, visibility, votes_open, lang, mail_off, created_at
		FROM accounts WHERE id = $1`},
	{"ideas.json", []string{"ideas.contributor_id"}, `
		SELECT i.id, i.title, i.status, i.story_source, i.story_html, i.version, i.created_at, i.submitted_at, i.changed_at, t.slug AS topic, c.slug AS challenge,
		       ARRAY(SELECT tag FROM idea_tags g WHERE g.idea_id = i.id ORDER BY tag) AS tags,
		       (SELECT json_agg(json_build_object('picture', p.image_id, 'description', p.alt) ORDER BY p.position) FROM idea_pictures p WHERE p.idea_id = i.id) AS pictures
		FROM ideas i LEFT JOIN topics t ON t.id = i.topic_id LEFT JOIN challenges c ON c.id = i.challenge_id WHERE i.contributor_id = $1 ORDER BY i.id`},
	{"idea-versions.json", []string{"idea_versions.editor_id"}, `
		SELECT v.idea_id, v.version, v.title, v.story_source, v.replaced_at FROM idea_versions v JOIN ideas i ON i.id = v.idea_id
		WHERE i.contributor_id = $1 ORDER BY v.idea_id, v.version`},
	{"answers.json", nil, `
		SELECT h.idea_id, h.kind, h.from_status, h.to_status, h.at, h.answer_html, h.reason FROM idea_history h JOIN ideas i ON i.id = h.idea_id
		WHERE i.contributor_id = $1 ORDER BY h.id`},
	{"entries.json", []string{"entries.account_id"}, `
		SELECT e.idea_id, c.slug AS challenge, e.terms_version, e.entered_at FROM entries e JOIN challenges c ON c.id = e.challenge_id WHERE e.account_id = $1 ORDER BY e.entered_at`},
	{"votes.json", []string{"votes.voter_id"}, `
		SELECT v.idea_id, ` + seenTitle + ` AS title, v.score, v.would_buy, v.cast_at, v.counts, v.referrer AS came_from
		FROM votes v JOIN ideas i ON i.id = v.idea_id WHERE v.voter_id = $1 ORDER BY v.cast_at`},
	{"votes-waiting.json", []string{"waiting_votes.voter_id"}, `
		SELECT w.idea_id, w.score, w.would_buy, w.asked_at FROM waiting_votes w WHERE w.voter_id = $1 ORDER BY w.asked_at`},
	{"vote-history.json", []string{"vote_events.voter_id"}, `
		SELECT e.at, e.idea_id, e.retract, e.score, e.would_buy FROM vote_events e WHERE e.voter_id = $1 ORDER BY e.at`},
	{"seen.json", []string{"seen.account_id"}, `SELECT s.idea_id, s.first_at, s.last_on, s.skipped_at FROM seen s WHERE s.account_id = $1 ORDER BY s.first_at`},
	{"comments.json", []string{"comments.author_id"}, `
		SELECT c.id, c.idea_id, ` + seenTitle + ` AS idea, c.parent_id, c.reply_to, c.kind, c.stance, c.source, c.html, c.at, c.edited_at, c.deleted_at, c.hidden, c.thanks
		FROM comments c JOIN ideas i ON i.id = c.idea_id WHERE c.author_id = $1 ORDER BY c.id`},
	{"comment-versions.json", nil, `
		SELECT v.comment_id, v.version, v.kind, v.source, v.replaced_at FROM comment_versions v JOIN comments c ON c.id = v.comment_id
		WHERE c.author_id = $1 ORDER BY v.comment_id, v.version`},
	{"mentions.json", []string{"comment_mentions.account_id"}, `
		SELECT m.comment_id, c.idea_id, c.at FROM comment_mentions m JOIN comments c ON c.id = m.comment_id JOIN ideas i ON i.id = c.idea_id
		WHERE m.account_id = $1 AND c.shown AND NOT i.hidden ORDER BY c.id`},
	{"thanks-given.json", []string{"thanks.from_id"}, `
		SELECT t.comment_id, ` + nameOf + ` AS to, t.reason, t.at FROM thanks t JOIN accounts a ON a.id = t.author_id WHERE t.from_id = $1 ORDER BY t.at`},
	{"thanks-received.json", []string{"thanks.author_id"}, `
		SELECT t.comment_id, ` + nameOf + ` AS by, t.reason, t.at FROM thanks t JOIN accounts a ON a.id = t.from_id WHERE t.author_id = $1 ORDER BY t.at`},
	{"co-created.json", []string{"co_creators.account_id"}, `
		SELECT c.idea_id, ` + seenTitle + ` AS title, c.what_for, c.role, c.added_at FROM co_creators c JOIN ideas i ON i.id = c.idea_id WHERE c.account_id = $1 ORDER BY c.added_at`},
	{"taken-up.json", []string{"taken_up.account_id", "taken_up.by_id"}, `
		SELECT t.comment_id, t.idea_id, ` + seenTitle + ` AS title, t.account_id = $1 AS mine, t.what_for, t.at, t.left_at, t.undone_at
		FROM taken_up t JOIN ideas i ON i.id = t.idea_id WHERE t.account_id = $1 OR t.by_id = $1 ORDER BY t.id`},
	{"invitations.json", []string{"invitations.account_id", "invitations.by_id"}, `
		SELECT n.idea_id, CASE WHEN n.by_id = $1 THEN 'sent' ELSE 'received' END AS direction, ` + nameOf + ` AS other, n.what_for, n.status, n.at, n.answered_at
		FROM invitations n JOIN accounts a ON a.id = CASE WHEN n.by_id = $1 THEN n.account_id ELSE n.by_id END
		WHERE n.account_id = $1 OR n.by_id = $1 ORDER BY n.id`},
	{"credits.json", []string{"credits.account_id"}, `
		SELECT p.slug AS product, p.name, c.role, c.what_for FROM credits c JOIN products p ON p.id = c.product_id WHERE c.account_id = $1 ORDER BY p.id`},
	{"rewards.json", []string{"rewards.account_id"}, `
		SELECT p.slug AS product, r.text, r.amount, r.currency, r.given_on FROM rewards r JOIN products p ON p.id = r.product_id WHERE r.account_id = $1 ORDER BY r.id`},
	{"tests.json", []string{"beta_applications.account_id", "beta_reports.account_id"}, `
		SELECT p.slug AS product, b.words, b.status, b.at, r.rating, r.body AS report, r.public, r.at AS reported_at
		FROM beta_applications b JOIN products p ON p.id = b.product_id LEFT JOIN beta_reports r ON r.product_id = b.product_id AND r.account_id = b.account_id
		WHERE b.account_id = $1 ORDER BY b.at`},
	{"verdicts.json", []string{"verdicts.account_id"}, `
		SELECT p.slug AS product, v.verdict, v.words, v.at FROM verdicts v JOIN products p ON p.id = v.product_id WHERE v.account_id = $1 ORDER BY v.at`},
	{"standing.json", []string{"standings.account_id"}, `
		SELECT points, month_points, ideas, adopted, launched, votes_received, computed_at FROM standings WHERE account_id = $1`},
	{"standing-entries.json", []string{"standing_entries.account_id"}, `
		SELECT id, kind, source, worth, points, at, reverses FROM standing_entries WHERE account_id = $1 ORDER BY id`},
	{"badges.json", []string{"badges.account_id", "trusted.account_id"}, `
		SELECT badge, at FROM badges WHERE account_id = $1 UNION ALL SELECT 'trusted', at FROM trusted WHERE account_id = $1 ORDER BY at`},
	{"follows.json", []string{"follows.account_id", "follows_people.account_id", "follows_challenges.account_id", "follows_topics.account_id"}, `
		SELECT 'idea' AS what, f.idea_id::text AS name, f.at FROM follows f WHERE f.account_id = $1
		UNION ALL SELECT 'person', ` + nameOf + `, f.at FROM follows_people f JOIN accounts a ON a.id = f.person_id WHERE f.account_id = $1
		UNION ALL SELECT 'challenge', c.slug, f.at FROM follows_challenges f JOIN challenges c ON c.id = f.challenge_id WHERE f.account_id = $1
		UNION ALL SELECT 'topic', t.slug, f.at FROM follows_topics f JOIN topics t ON t.id = f.topic_id WHERE f.account_id = $1 ORDER BY at`},
	{"notices.json", []string{"notices.account_id"}, `
		SELECT n.kind, n.why, n.idea_id, n.at, n.read_at, n.mail, n.mailed_at FROM notices n WHERE n.account_id = $1 ORDER BY n.id`},
	{"notice-settings.json", []string{"notice_choices.account_id", "notice_mutes.account_id"}, `
		SELECT about, inbox, mail, NULL AS muted FROM notice_choices WHERE account_id = $1
		UNION ALL SELECT scope, NULL, NULL, name FROM notice_mutes WHERE account_id = $1`},
	{"digests.json", []string{"notice_digests.account_id"}, `SELECT d.day, d.state, d.at FROM notice_digests d WHERE d.account_id = $1 ORDER BY d.day`},
	{"sessions.json", []string{"sessions.account_id"}, `SELECT agent AS browser, created_at, seen_at FROM sessions WHERE account_id = $1 ORDER BY created_at`},
	{"sign-in-links.json", []string{"links.account_id"}, `SELECT purpose, created_at, expires_at, used_at FROM links WHERE account_id = $1 ORDER BY created_at`},
	{"api-tokens.json", []string{"api_tokens.account_id"}, `SELECT name, scopes, created_at, expires_at, used_at FROM api_tokens WHERE account_id = $1 ORDER BY id`},
	{"views.json", []string{"studio_views.owner_id", "studio_defaults.account_id"}, `
		SELECT v.name, v.query, v.shared, v.made_at, d.view_id IS NOT NULL AS usual
		FROM studio_views v LEFT JOIN studio_defaults d ON d.view_id = v.id AND d.account_id = $1 WHERE v.owner_id = $1 ORDER BY v.id`},
	{"erasure.json", []string{"erasures.account_id"}, `SELECT asked_at, due_at, take_texts FROM erasures WHERE account_id = $1`},
	{"pictures.json", []string{"images.owner_id"}, `SELECT id, width, height, alt AS description, created_at FROM images WHERE owner_id = $1 ORDER BY created_at`},
}

// withheld are the columns that name an account and stand in no file, with why.
var withheld = map[string]string{
	"follows_people.person_id":  "who follows somebody is told by those who follow",
	"notices.who_id":            "a notice belongs to whom it was sent to",
	"standing_stale.account_id": "a note to count again, gone within a minute",
	"merge_replaced.voter_id":   "the same vote as in vote-history.json, kept so that a merge can be undone",

	"bulk_actions.actor_id":          work,
	"bulk_actions.undone_by":         work,
	"challenge_templates.account_id": work,
	"challenge_terms.account_id":     work,
	"challenges.created_by":          work,
	"comment_events.actor_id":        work,
	"idea_behalves.actor_id":         work,
	"idea_history.actor_id":          work,
	"idea_note_mentions.account_id":  work,
	"idea_notes.author_id":           work,
	"ideas.owner_id":                 work,
	"inbox_snoozes.actor_id":         work,
	"merges.by_id":                   work,
	"merges.undone_by":               work,
	"prepared_decisions.prepared_by": work,
	"product_stages.actor_id":        work,
	"rewards.actor_id":               work,
	"score_cards.reviewer_id":        work,
	"shortlist_entries.put_by":       work,
	"shortlists.maker_id":            work,
	"shortlists.published_by":        work,
	"taken_up.undone_by":             work,
	"talks.locked_by":                work,
	"triage_events.about_id":         work,
	"triage_events.actor_id":         work,
}

// work is why the doings of the team are withheld.
const work = "done for the team, and about other people's ideas"
