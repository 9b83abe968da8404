package board

import (
	"context"
	"fmt"
	"html"
	"strings"
	"time"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
)

// hitRow is a row of any realm but ideas.
type hitRow struct {
	ID        int64          `db:"id"`
	Idea      ideas.ID       `db:"idea_id"`
	Slug      string         `db:"slug"`
	Title     string         `db:"title"`
	Words     string         `db:"words"`
	Mark      string         `db:"mark"`
	At        time.Time      `db:"at"`
	AccountID accounts.ID    `db:"account_id"`
	Name      string         `db:"name"`
	Handle    string         `db:"handle"`
	Face      *string        `db:"face"`
	Roles     pq.StringArray `db:"roles"`
	Key       string         `db:"key"`
	imageRow
}

func (r hitRow) hit(in Realm) Hit {
	if in == InProducts { // of markup without its tags
		r.Words = html.UnescapeString(r.Words)
	}
	return Hit{
		In: in, ID: r.ID, Idea: r.Idea, Slug: r.Slug, Title: r.Title, Words: r.Words, Mark: r.Mark, At: r.At, Picture: r.picture(),
		By: Person{
			ID: r.AccountID, Name: r.Name, Handle: r.Handle, Hidden: r.Handle == "",
			Staff: accounts.Account{RoleNames: r.Roles}.Staff(), Picture: media.Face(r.Face),
		},
	}
}

// wordsShown is how many characters of a text a hit carries, to cut the
// excerpt from.
const wordsShown = 4000

const (
	noPerson  = `0::bigint AS account_id, '{}'::text[] AS roles, '' AS name, '' AS handle, NULL::text AS face`
	noPicture = `NULL::text AS image_id, NULL::integer AS width, NULL::integer AS height, NULL::text AS alt, NULL::integer[] AS sizes, NULL::boolean AS webp`
	picture   = `m.id AS image_id, m.width, m.height, m.alt, m.sizes, m.webp`
)

// lookRows finds in every realm but ideas. What it selects from gives each id a
// key k to order by.
func (b *Board) lookRows(ctx context.Context, actor accounts.Actor, q LookQuery) (Page[Hit], error) {
	var s statement
	var from, columns, joins string
	switch q.In {
	case InTalk:
		from, columns, joins = b.lookTalk(&s, q.Q)
	case InPeople:
		from, columns, joins = b.lookPeople(&s, strings.TrimPrefix(q.Q, "@"))
	case InProducts:
		from, columns, joins = b.lookProducts(&s, q.Q)
	default:
		from, columns, joins = b.lookChallenges(&s, q.Q, actor.Staff())
	}
	follows := ""
	if q.After != "" {
		c, err := parseCursor(q.After, "look-"+string(q.In))
		if err != nil {
			return Page[Hit]{}, err
		}
		k, err := c.float()
		if err != nil {
			return Page[Hit]{}, err
		}
		follows = fmt.Sprintf(" WHERE (f.k, f.id) < (%s::float8, %s)", s.arg(k), s.arg(c.id))
	}
	var rows []hitRow
	query := "WITH " + from + " SELECT f.id, f.k::text AS key, " + columns + " FROM f " + joins + follows + " ORDER BY f.k DESC, f.id DESC LIMIT " + s.arg(q.Limit+1)
	if err := b.db.SelectContext(ctx, &rows, query, s.args...); err != nil {
		return Page[Hit]{}, fmt.Errorf("look in %s: %w", q.In, err)
	}
	var page Page[Hit]
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		last := rows[q.Limit-1]
		page.Next = cursor{order: "look-" + string(q.In), key: last.Key, id: last.ID}.String()
	}
	for _, r := range rows {
		page.Items = append(page.Items, r.hit(q.In))
	}
	return page, nil
}

// lookTalk finds comments by stem and by word, the newest first: in a talk the
// newest says most. Where the index stops before the last match, the newest
// comments are looked into as well.
func (b *Board) lookTalk(s *statement, typed string) (from, columns, joins string) {
	stems := stemsOf(s.arg(typed))
	from = fmt.Sprintf(`m AS MATERIALIZED (SELECT * FROM comments_matching(%[1]s, %[2]d)),
		picked AS MATERIALIZED ((SELECT id FROM m ORDER BY id DESC LIMIT %[3]d) UNION (
			SELECT c.id FROM (SELECT id, search FROM comments WHERE shown ORDER BY id DESC LIMIT %[4]d) AS c
			WHERE (SELECT count(*) FROM m) > %[5]d AND c.search @@ %[1]s ORDER BY c.id DESC LIMIT %[3]d)),
		f AS MATERIALIZED (
			SELECT c.id, c.id::float8 AS k FROM picked JOIN comments c ON c.id = picked.id JOIN ideas i ON i.id = c.idea_id
			WHERE NOT i.hidden AND i.status %[6]s ORDER BY c.id DESC LIMIT %[3]d)`,
		stems, b.bounds.matching+1, b.bounds.candidates, b.bounds.newest, b.bounds.matching, oneOf(ideas.Public))
	columns = fmt.Sprintf(`c.idea_id, i.slug, i.title, left(shown_words(c.id, c.text, false), %d) AS words, c.kind AS mark, c.at,
		a.id AS account_id, a.roles, %s, %s`, wordsShown, accounts.Shown, noPicture)
	return from, columns, `JOIN comments c ON c.id = f.id JOIN ideas i ON i.id = c.idea_id JOIN accounts a ON a.id = c.author_id`
}

func (b *Board) lookPeople(s *statement, typed string) (from, columns, joins string) {
	words := s.arg(typed)
	from = fmt.Sprintf(`f AS MATERIALIZED (
		SELECT a.id, greatest(word_similarity(plain_words(%[1]s), plain_words(a.name)), word_similarity(plain_words(%[1]s), plain_words(a.handle::text)))::float8 AS k
		FROM people_matching(%[1]s, %[2]s, %[3]d) AS n JOIN accounts a ON a.id = n.id)`, words, anchored(typed, words), b.bounds.candidates)
	columns = `0::bigint AS idea_id, a.handle::text AS slug, a.name AS title, a.bio AS words, '' AS mark, a.created_at AS at,
		a.id AS account_id, a.roles, ` + accounts.Shown + ", " + picture
	return from, columns, `JOIN accounts a ON a.id = f.id LEFT JOIN images m ON m.id = a.picture_id`
}

func (b *Board) lookProducts(s *statement, typed string) (from, columns, joins string) {
	words := s.arg(typed)
	from = fmt.Sprintf(`f AS MATERIALIZED (
		SELECT p.id, word_similarity(plain_words(%[1]s), plain_words(p.name))::float8 AS k
		FROM products_matching(%[2]s, %[1]s, %[3]s, %[4]d) AS n JOIN products p ON p.id = n.id)`, words, stemsOf(words), anchored(typed, words), b.bounds.candidates)
	columns = fmt.Sprintf(`0::bigint AS idea_id, p.slug, p.name AS title, left(regexp_replace(p.story_html, '<[^>]*>', ' ', 'g'), %d) AS words,
		p.stage AS mark, p.created_at AS at, `, wordsShown) + noPerson + ", " + picture
	return from, columns, `JOIN products p ON p.id = f.id LEFT JOIN images m ON m.id = p.picture_id`
}

// lookChallenges passes over what is not announced yet, but for staff.
func (b *Board) lookChallenges(s *statement, typed string, staff bool) (from, columns, joins string) {
	words, announced := s.arg(typed), "h.announced_at <= "+s.arg(b.now())
	if staff {
		announced += " OR true"
	}
	from = fmt.Sprintf(`f AS MATERIALIZED (
		SELECT h.id, word_similarity(plain_words(%[1]s), plain_words(h.title))::float8 AS k
		FROM challenges_matching(%[2]s, %[1]s, %[3]s, %[4]d) AS n JOIN challenges h ON h.id = n.id WHERE %[5]s)`,
		words, stemsOf(words), anchored(typed, words), b.bounds.candidates, announced)
	columns = `0::bigint AS idea_id, h.slug, h.title, h.question AS words, '' AS mark, h.voting_open_at AS at, ` + noPerson + ", " + picture
	return from, columns, `JOIN challenges h ON h.id = f.id LEFT JOIN images m ON m.id = h.cover_id`
}

// anchored is the SQL of a pattern that finds a text inside another, or, where
// it is too short for an index to help, at its beginning.
func anchored(typed, arg string) string {
	if len([]rune(typed)) < minPart {
		return "ltrim(" + partOf(arg) + ", '%')"
	}
	return partOf(arg)
}
