package load

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

var noSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slugOf makes the address of a challenge from its name.
func slugOf(name string) string {
	slug := strings.Trim(noSlug.ReplaceAllString(strings.ToLower(name), "-"), "-")
	return strings.Trim(slug[:min(len(slug), 60)], "-")
}

// titleOf writes it for people. The one that is called after the site was open
// all year.
func titleOf(name string) string {
	if name == source {
		return "Threadless: the open call"
	}
	return "Threadless: " + strings.NewReplacer("-", " ", "_", " ").Replace(name)
}

// announce finds or makes the challenge. Entering and voting begin with the
// first design; while voting waits for ballots of the file, it stays open.
func (r *replay) announce(ctx context.Context, c *call) error {
	found, err := r.Challenges.BySlug(ctx, c.Slug)
	if err == nil {
		other, err := foreign(ctx, r.DB, found.ID)
		if err != nil {
			return err
		}
		if other || found.Ballot != challenges.Score || found.Title != c.Title {
			return saying(ErrChallenge, "The address %s is that of another challenge on this board.", c.Slug)
		}
		c.Challenge = found
		return nil
	}
	if !errors.Is(err, challenges.ErrNotFound) {
		return err
	}
	first, last := c.list[0].Approved, c.list[len(c.list)-1].Approved
	end := r.opts.Now().AddDate(1, 0, 0)
	c.Ballot, c.Dates = challenges.Score, challenges.Dates{
		Announced: first, EntriesOpen: first, EntriesClose: last.Add(24 * time.Hour), VotingOpen: first, VotingClose: end, Results: end,
	}
	c.Challenge, err = r.Challenges.Create(ctx, c.Challenge)
	return err
}

// entering is how many designs come to the board in one transaction.
const entering = 100

// enter brings the designs to the board, those that are not there.
func (r *replay) enter(ctx context.Context) error {
	designers, done := map[string]accounts.ID{}, 0
	var importID int64
	for _, c := range r.calls {
		for piece := range slices.Chunk(c.list, entering) {
			if err := r.enterPiece(ctx, c, piece, designers, &importID); err != nil {
				return err
			}
			done += len(piece)
			r.opts.Progress("designs", done, r.report.Designs)
		}
		c.list = slices.DeleteFunc(c.list, func(e *entry) bool { return e.idea == 0 })
	}
	return nil
}

// enterPiece leaves a design without an idea when it cannot be had.
func (r *replay) enterPiece(ctx context.Context, c *call, piece []*entry, designers map[string]accounts.ID, importID *int64) error {
	names := make([]string, len(piece))
	for i, e := range piece {
		names[i] = e.External()
	}
	here, err := landings(ctx, r.DB, names)
	if err != nil {
		return err
	}
	var absent []*entry
	for _, e := range piece {
		at, found := here[e.External()]
		switch {
		case !found:
			absent = append(absent, e)
		case at.Challenge == nil || *at.Challenge != c.ID:
			r.refuse(e.Design, "elsewhere", fmt.Sprintf("The design is on the board as idea %d, but in another challenge.", at.Idea))
		default:
			e.idea, e.some = at.Idea, true
		}
	}
	if len(absent) == 0 {
		return nil
	}
	into, known := *importID, map[string]accounts.ID{}
	err = pg.InTx(ctx, r.DB, func(tx pg.Q) error {
		if into == 0 {
			if into, err = begin(ctx, tx, r.opts.File, r.opts.Now()); err != nil {
				return err
			}
		}
		added := make([]int64, 0, len(absent))
		for _, e := range absent {
			by, ok := designers[e.Designer]
			if !ok {
				by, ok = known[e.Designer]
			}
			if !ok {
				name := "Threadless " + strings.TrimPrefix(e.Designer, "user_")
				if by, err = accounts.Imported(ctx, tx, source, e.Designer, name); err != nil {
					return err
				}
				known[e.Designer] = by
			}
			if e.idea, _, err = ideas.Import(ctx, tx, e.imported(c, by, into)); err != nil {
				return fmt.Errorf("line %d: %w", e.Line, err)
			}
			added = append(added, int64(e.idea))
		}
		return enterAll(ctx, tx, added, c.ID, into)
	})
	if err != nil {
		return err
	}
	for name, id := range known {
		designers[name] = id
	}
	*importID = into
	r.report.Added += len(absent)
	return nil
}

// imported is the design as an idea.
func (e *entry) imported(c *call, by accounts.ID, importID int64) ideas.Imported {
	title := strings.ReplaceAll(e.Name, "_", " ")
	title = "Design " + strings.TrimPrefix(title, "design ")
	return ideas.Imported{
		Source: source, ExternalID: e.External(), Import: importID, Contributor: by, Title: title, Created: e.Approved,
		Story: fmt.Sprintf("%s was approved for scoring on %s. Call: %s.", title, e.Approved.Format("2 January 2006"), c.Title),
	}
}

// count finds out which ballots earlier runs have cast.
func (r *replay) count(ctx context.Context) error {
	const piece = 500
	var again []*entry
	for _, c := range r.calls {
		for _, e := range c.list {
			if e.some {
				again = append(again, e)
			}
		}
	}
	done := 0
	for part := range slices.Chunk(again, piece) {
		byIdea, ids := map[ideas.ID]*entry{}, make([]int64, len(part))
		for i, e := range part {
			byIdea[e.idea], ids[i], e.some = e, int64(e.idea), false
		}
		found, err := countBallots(ctx, r.DB, ids)
		if err != nil {
			return err
		}
		for _, f := range found {
			e, n := byIdea[f.Idea], f.Scores.Count()
			r.report.Here += n
			e.some, e.left = true, e.Ballots()-n
			if e.left <= 0 && f.Scores != e.Scores {
				r.refuse(e.Design, "differs", fmt.Sprintf("Idea %d holds other ballots than this row stands for; none were added.", e.idea))
				e.left = 0
			}
		}
		done += len(part)
		r.opts.Progress("ballots here already", done, len(again))
	}
	return nil
}
