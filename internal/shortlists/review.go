package shortlists

import (
	"cmp"
	"slices"
	"time"

	"prosumer/internal/accounts"
)

// disagreement is how far the marks for one criterion must lie apart to be
// pointed out: half the scale.
const disagreement = 2

// Person is a reviewer or contributor as a page names them.
type Person struct {
	ID      accounts.ID
	Name    string
	Handle  string
	Picture *string // id of the picture; nil for none
}

// Card is one reviewer's card on one idea.
type Card struct {
	Reviewer Person
	Marks    Marks
	Note     string
	HandedIn time.Time // zero: a draft
	Changed  time.Time // zero: it says what it said when it was handed in
	First    Marks     // what it said then, of a changed one
}

// Draft reports whether the card was not handed in yet.
func (c Card) Draft() bool { return c.HandedIn.IsZero() }

// Total is the weighted mean of marks, and false while there are none.
func Total(criteria []Criterion, marks Marks) (float64, bool) {
	var sum, weight float64
	for _, c := range criteria {
		if mark, ok := marks[c.ID]; ok {
			sum += c.Weight * float64(mark)
			weight += c.Weight
		}
	}
	if weight == 0 {
		return 0, false
	}
	return sum / weight, true
}

// Spread is what several reviewers gave for one thing. Its zero value is none.
type Spread struct {
	Mean, Min, Max float64
	Of             int // how many reviewers
}

// Apart reports whether they disagree.
func (s Spread) Apart() bool { return s.Max-s.Min >= disagreement }

func spread(of []float64) Spread {
	if len(of) == 0 {
		return Spread{}
	}
	sum := 0.0
	for _, v := range of {
		sum += v
	}
	return Spread{Mean: sum / float64(len(of)), Min: slices.Min(of), Max: slices.Max(of), Of: len(of)}
}

// Review is what the team says of one idea, as far as one reader may know it:
// all that follows from others' cards is empty until they handed in their own.
type Review struct {
	Mine     *Card // nil: not begun
	HandedIn int   // how many did, which is no secret
	Shown    bool  // the reader handed in a card, and sees the others'
	Cards    []Card
	By       []Spread // of each criterion, in the order of the list's
	Total    Spread   // Mean is the weighted total that ranks
	Rank     int      // by Total among the ideas that are shown; 0 for none
}

// Apart reports whether reviewers disagree on any criterion.
func (r Review) Apart() bool { return slices.ContainsFunc(r.By, Spread.Apart) }

// review adds up the cards that the reader may see.
func review(criteria []Criterion, reader accounts.ID, cards []Card, handedIn int) Review {
	r := Review{HandedIn: handedIn}
	for _, c := range cards {
		if c.Reviewer.ID == reader {
			r.Mine = &c
		}
	}
	r.Shown = r.Mine != nil && !r.Mine.Draft()
	if !r.Shown {
		return r
	}
	r.Cards = slices.DeleteFunc(slices.Clone(cards), Card.Draft)
	var totals []float64
	for _, c := range r.Cards {
		if total, ok := Total(criteria, c.Marks); ok {
			totals = append(totals, total)
		}
	}
	var sum, weight float64
	for _, criterion := range criteria {
		var marks []float64
		for _, c := range r.Cards {
			if mark, ok := c.Marks[criterion.ID]; ok {
				marks = append(marks, float64(mark))
			}
		}
		by := spread(marks)
		r.By = append(r.By, by)
		if by.Of > 0 {
			sum += criterion.Weight * by.Mean
			weight += criterion.Weight
		}
	}
	if weight > 0 {
		r.Total = spread(totals)
		r.Total.Mean = sum / weight // of the criteria's means, as the page shows them
	}
	return r
}

// rank numbers the reviews by their totals; equal totals share a place.
func rank(reviews []*Review) {
	shown := slices.DeleteFunc(slices.Clone(reviews), func(r *Review) bool { return r.Total.Of == 0 })
	slices.SortStableFunc(shown, func(a, b *Review) int { return cmp.Compare(b.Total.Mean, a.Total.Mean) })
	for i, r := range shown {
		r.Rank = i + 1
		if i > 0 && shown[i-1].Total.Mean-r.Total.Mean < 1e-9 {
			r.Rank = shown[i-1].Rank
		}
	}
}
