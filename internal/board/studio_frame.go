package board

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/triage"
)

// StudioFrame is what stands around the lanes and the list.
type StudioFrame struct {
	Counts     map[ideas.Status]int // under the filters, drafts left out
	Unanswered int                  // of all, whatever the filters
	Views      []triage.View        // mine and the shared ones, by name
	Team       []Person
	Challenges []ChallengeLink // the newest, slug and title alone
}

// frameChallenges is how many challenges the filter offers.
const frameChallenges = 60

// StudioFrame reads it in one query.
func (b *Board) StudioFrame(ctx context.Context, actor accounts.Actor, q StudioQuery) (StudioFrame, error) {
	if err := q.check(actor); err != nil {
		return StudioFrame{}, err
	}
	var s statement
	s.and("i.status <> 'draft'")
	q.narrow(&s, actor, b.now())
	me := s.arg(actor.ID)
	query := `SELECT
		(SELECT jsonb_object_agg(c.status, c.n) FROM (SELECT i.status, count(*) AS n FROM ideas i WHERE ` + strings.Join(s.where, " AND ") + ` GROUP BY i.status) AS c) AS counts,
		(SELECT count(*) FROM ideas i WHERE i.answered_at IS NULL AND ` + deciding + `) AS unanswered,
		(SELECT jsonb_agg(jsonb_build_object('ID', v.id, 'Owner', v.owner_id, 'OwnerName', o.name, 'Name', v.name, 'Query', v.query, 'Shared', v.shared,
			'Default', EXISTS (SELECT FROM studio_defaults d WHERE d.account_id = ` + me + ` AND d.view_id = v.id)) ORDER BY lower(v.name), v.id)
			FROM studio_views v JOIN accounts o ON o.id = v.owner_id WHERE v.owner_id = ` + me + ` OR v.shared) AS views,
		(SELECT jsonb_agg(jsonb_build_object('ID', a.id, 'Name', a.name, 'Handle', a.handle) ORDER BY lower(a.name), a.id) FROM accounts a WHERE a.roles && '{team,admin}') AS team,
		(SELECT jsonb_agg(jsonb_build_object('Slug', h.slug, 'Title', h.title)) FROM (SELECT slug, title FROM challenges ORDER BY announced_at DESC, id DESC LIMIT ` + s.arg(frameChallenges) + `) AS h) AS challenges`
	var rows []struct {
		Counts     []byte `db:"counts"`
		Unanswered int    `db:"unanswered"`
		Views      []byte `db:"views"`
		Team       []byte `db:"team"`
		Challenges []byte `db:"challenges"`
	}
	if err := b.askStudio(ctx, q, &rows, query, s.args); err != nil {
		return StudioFrame{}, fmt.Errorf("around the studio: %w", err)
	}
	f := StudioFrame{Counts: map[ideas.Status]int{}, Unanswered: rows[0].Unanswered}
	for into, raw := range map[any][]byte{&f.Counts: rows[0].Counts, &f.Views: rows[0].Views, &f.Team: rows[0].Team, &f.Challenges: rows[0].Challenges} {
		if raw == nil {
			continue
		}
		if err := json.Unmarshal(raw, into); err != nil {
			return StudioFrame{}, fmt.Errorf("around the studio: %w", err)
		}
	}
	return f, nil
}
