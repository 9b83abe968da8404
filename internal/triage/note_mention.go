package triage

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// maxMentions is how many people one note may name: more is a circular.
const maxMentions = 20

// mentioned is @handle at the start or after what is no part of a word, so that
// an e-mail address names nobody.
var mentioned = regexp.MustCompile(`(?:^|[^\pL\pN@._+-])@([a-zA-Z0-9][a-zA-Z0-9-]{1,38}[a-zA-Z0-9])`)

// handlesIn lists the handles that a text names, each once, in small letters.
func handlesIn(body string) []string {
	var list []string
	for _, m := range mentioned.FindAllStringSubmatch(body, -1) {
		if handle := strings.ToLower(m[1]); !slices.Contains(list, handle) {
			list = append(list, handle)
		}
	}
	return list
}

// mention tells the colleagues that a note names and that have not heard of it.
// A handle of somebody who is not of the team stays words: notes are private.
func (s *Service) mention(ctx context.Context, tx pg.Q, actor accounts.Actor, n Note) error {
	handles := handlesIn(n.Body)
	if len(handles) == 0 {
		return nil
	}
	const query = `
		INSERT INTO idea_note_mentions (note_id, account_id)
		SELECT $1, id FROM accounts WHERE handle = ANY($2::citext[]) AND roles && ` + teamRoles + `
		ON CONFLICT DO NOTHING RETURNING account_id`
	var fresh []accounts.ID
	if err := sqlx.SelectContext(ctx, tx, &fresh, query, n.ID, pq.Array(handles)); err != nil {
		return fmt.Errorf("mentions of note %d: %w", n.ID, err)
	}
	fresh = slices.DeleteFunc(fresh, func(id accounts.ID) bool { return id == actor.ID })
	for _, id := range fresh { // a key each, so that who is named later still hears of it
		err := s.notices.Tell(ctx, tx, notices.Fact{
			Kind: notices.Mentioned, Key: "note:" + strconv.FormatInt(n.ID, 10) + ":" + id.String(), Idea: n.Idea, To: []accounts.ID{id}, But: actor.ID,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Part is a piece of a note: words, or a colleague it names.
type Part struct {
	Text   string
	Handle string // empty for words
}

// Parts takes a note apart, so that colleagues can be linked.
func Parts(body string, team []Colleague) []Part {
	var parts []Part
	rest := 0
	for _, m := range mentioned.FindAllStringSubmatchIndex(body, -1) {
		handle := strings.ToLower(body[m[2]:m[3]])
		if !slices.ContainsFunc(team, func(c Colleague) bool { return strings.ToLower(c.Handle) == handle }) {
			continue
		}
		if at := m[2] - 1; at > rest {
			parts = append(parts, Part{Text: body[rest:at]})
		}
		parts = append(parts, Part{Text: body[m[2]-1 : m[3]], Handle: handle})
		rest = m[3]
	}
	if rest < len(body) {
		parts = append(parts, Part{Text: body[rest:]})
	}
	return parts
}
