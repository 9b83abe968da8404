package cocreation

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// Kin is an idea of the family of another.
type Kin struct {
	ID     ideas.ID     `db:"id"`
	Title  string       `db:"title"`
	Slug   string       `db:"slug"`
	Status ideas.Status `db:"status"`
	Name   string       `db:"name"` // of its contributor, as everybody may see it
	Handle string       `db:"handle"`
	Face   *string      `db:"face"`
	Degree string       `db:"degree"`
}

// Family is what an idea builds on, what else builds on that, and what builds
// on the idea.
type Family struct {
	Parent             *Kin
	Siblings, Children []Kin
	More               int // children beyond those
}

// maxKin is how many siblings and children one page names.
const maxKin = 12

// visible is the condition that everybody may see the idea i.
const visible = `i.status NOT IN ('draft', 'held', 'withdrawn') AND NOT i.hidden`

// FamilyPart gives the family of an idea. What is hidden, held, withdrawn or a
// draft is as if it were not there, and so a family can have holes.
func FamilyPart(id ideas.ID, into *Family) pg.Part {
	const query = `
		WITH kin AS (
			SELECT r.of_idea AS id, 'parent' AS degree FROM remixes r WHERE r.idea_id = $1
			UNION ALL
			SELECT b.idea_id, 'sibling' FROM remixes r JOIN remixes b ON b.of_idea = r.of_idea AND b.idea_id <> r.idea_id
			JOIN ideas i ON i.id = r.of_idea AND ` + visible + ` WHERE r.idea_id = $1
			UNION ALL
			SELECT r.idea_id, 'child' FROM remixes r WHERE r.of_idea = $1
		), placed AS (
			SELECT i.id, i.title, i.slug, i.status, i.contributor_id, k.degree, row_number() OVER (PARTITION BY k.degree ORDER BY i.submitted_at, i.id) AS n,
			       count(*) OVER (PARTITION BY k.degree) AS all_of
			FROM kin k JOIN ideas i ON i.id = k.id WHERE ` + visible + `
		)
		SELECT p.id, p.title, p.slug, p.status, p.degree, p.all_of, ` + accounts.Shown + `
		FROM placed p JOIN accounts a ON a.id = p.contributor_id WHERE p.n <= $2 ORDER BY p.degree, p.n`
	return pg.Ask(func(rows []kinRow) { *into = family(rows) }, query, id, maxKin)
}

type kinRow struct {
	Kin
	All int `db:"all_of"`
}

func family(rows []kinRow) Family {
	var f Family
	for _, r := range rows {
		switch r.Degree {
		case "parent":
			f.Parent = &r.Kin
		case "sibling":
			f.Siblings = append(f.Siblings, r.Kin)
		default:
			f.Children = append(f.Children, r.Kin)
			f.More = r.All - maxKin
		}
	}
	f.More = max(f.More, 0)
	return f
}

// Opened tells the contributor of the idea that this one builds on, once, when
// it comes to stand on the board.
func (s *Service) Opened(ctx context.Context, m ideas.Moved) error {
	if m.To != ideas.Open || m.From != ideas.Draft && m.From != ideas.Held || m.Past {
		return nil
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		var earlier accounts.ID
		const query = `SELECT i.contributor_id FROM remixes r JOIN ideas i ON i.id = r.of_idea WHERE r.idea_id = $1 AND i.contributor_id <> $2 AND ` + visible
		err := sqlx.GetContext(ctx, tx, &earlier, query, m.Idea, m.Contributor)
		if pg.Missing(err) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("what idea %d builds on: %w", m.Idea, err)
		}
		return s.notices.Tell(ctx, tx, notices.Fact{Kind: notices.Remixed, Key: "remix:" + m.Idea.String(), Idea: m.Idea, To: []accounts.ID{earlier}, But: m.Contributor, Who: m.Contributor})
	})
}
