package shortlists

import (
	"context"
	"slices"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
)

// Sheet is a list with all that is on it, as one reader may see it.
type Sheet struct {
	List
	Criteria []Criterion
	Entries  []Entry // in the team's order
}

// Entry is an idea on a list: the crowd's figures beside the team's.
type Entry struct {
	Idea        ideas.ID
	Slug        string
	Title       string
	Status      ideas.Status
	Hidden      bool
	Contributor Person
	Cover       *media.Picture
	Figures     Figures
	Review      Review
	Decision    *Prepared // nil: none was prepared
}

// Sheet reads a list with the figures of all its ideas, in as many queries
// however long it is. zone is where the days of the trend begin.
func (s *Service) Sheet(ctx context.Context, actor accounts.Actor, id ID, zone string) (Sheet, error) {
	list, err := s.ByID(ctx, actor, id)
	if err != nil {
		return Sheet{}, err
	}
	sheet := Sheet{List: list}
	if sheet.Criteria, err = criteriaOf(ctx, s.db, id); err != nil {
		return Sheet{}, err
	}
	rows, err := figuresOf(ctx, s.db, id, zone, s.now())
	if err != nil {
		return Sheet{}, err
	}
	cards, err := cardsOf(ctx, s.db, id, actor.ID)
	if err != nil {
		return Sheet{}, err
	}
	decisions, err := decisionsOf(ctx, s.db, id)
	if err != nil {
		return Sheet{}, err
	}
	reviews := make([]*Review, len(rows))
	sheet.Entries = make([]Entry, len(rows))
	for i, row := range rows {
		e := row.entry()
		e.Review = review(sheet.Criteria, actor.ID, cards[e.Idea], row.HandedIn)
		if d, ok := decisions[e.Idea]; ok {
			e.Decision = &d
		}
		sheet.Entries[i] = e
		reviews[i] = &sheet.Entries[i].Review
	}
	if err := s.addExposure(ctx, &sheet); err != nil {
		return Sheet{}, err
	}
	rank(reviews)
	return sheet, nil
}

// addExposure says which share of the members who saw an idea supports it.
func (s *Service) addExposure(ctx context.Context, sheet *Sheet) error {
	list := make([]ideas.ID, len(sheet.Entries))
	for i, e := range sheet.Entries {
		list[i] = e.Idea
	}
	shown, err := s.ideas.Exposures(ctx, list)
	if err != nil {
		return err
	}
	for i := range sheet.Entries {
		f := &sheet.Entries[i].Figures
		// Who voted saw it, wherever that was.
		f.Support = Share{Part: f.Voters, Of: max(shown[sheet.Entries[i].Idea].Members, f.Voters)}
	}
	return nil
}

// Entry finds an idea on the sheet; ErrNotOnList when it is not.
func (sh Sheet) Entry(idea ideas.ID) (Entry, error) {
	at := slices.IndexFunc(sh.Entries, func(e Entry) bool { return e.Idea == idea })
	if at < 0 {
		return Entry{}, ErrNotOnList
	}
	return sh.Entries[at], nil
}

// How many ideas a page can compare.
const minCompared, maxCompared = 2, 5

// Compare picks two to five ideas of the sheet, in its order.
func (sh Sheet) Compare(list []ideas.ID) ([]Entry, error) {
	var picked []Entry
	for _, e := range sh.Entries {
		if slices.Contains(list, e.Idea) {
			picked = append(picked, e)
		}
	}
	if len(picked) < minCompared || len(picked) > maxCompared {
		return nil, ErrCompare
	}
	return picked, nil
}
