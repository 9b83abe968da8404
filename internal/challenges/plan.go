package challenges

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gosimple/slug"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/media"
)

// Limits of what the team fills in; the database holds the same.
const (
	MaxQuestion = 300
	MaxDemands  = 4000
	MaxBudget   = 1000
	MaxPictures = 8
	maxAlt      = 500
	maxSlug     = 60
)

// Years that a moment may lie in: what is outside them was mistyped, and some of
// it no client can read.
const firstYear, lastYear = 2000, 2200

// Plan is what the team fills in of a challenge.
type Plan struct {
	Slug, Title, Question string
	Brief, Prize, Terms   string // HTML of the editor, or the plain text of a textarea
	Demands               string // plain text
	Topic                 string // a slug, or empty
	Ballot                Kind
	Sealed                Seal
	Dates                 Dates
	Budget                int // 0: no limit
	Premoderated          bool
	Pictures              []Picture
	Cover                 string // one of the pictures; empty means the first
	Template              *File  // a new one; nil leaves it
	DropTemplate          bool
}

// tidied is a checked plan with what is made of it.
type tidied struct {
	Plan
	brief, prize, terms Rich
	images              []string // in the texts
}

func (p Plan) tidy(check *fault.Check) tidied {
	t := tidied{Plan: p}
	for field, text := range map[string]string{"title": p.Title, "question": p.Question, "demands": p.Demands, "topic": p.Topic, "slug": p.Slug} {
		check.Need(clean.ValidText(text), field, "challenges.text_broken")
	}
	if t.Slug == "" {
		t.Slug = slug.Make(p.Title)
		t.Slug = strings.Trim(t.Slug[:min(len(t.Slug), maxSlug)], "-")
	}
	t.Title, t.Question = clean.Line(p.Title), clean.Line(p.Question)
	t.Demands = lines(p.Demands)
	n := utf8.RuneCountInString(t.Question)
	check.Need(n >= minTitle && n <= MaxQuestion, "question", "challenges.question_length")
	check.Need(utf8.RuneCountInString(t.Demands) <= MaxDemands, "demands", "challenges.demands_long")
	check.Need(p.Budget >= 0 && p.Budget <= MaxBudget, "budget", "challenges.budget_range")
	check.Need(t.Slug != "new", "slug", "challenges.slug_taken") // the address of the empty form
	t.brief, t.prize, t.terms = t.rich(check, "brief", p.Brief), t.rich(check, "prize", p.Prize), t.rich(check, "terms", p.Terms)
	for _, m := range p.Dates.moments() {
		year := m.at.UTC().Year()
		check.Need(year >= firstYear && year <= lastYear, m.field, "challenges.date_year")
	}
	check.Need(len(p.Pictures) <= MaxPictures, "pictures", "ideas.pictures_many")
	t.Pictures = slices.Clone(p.Pictures)
	for i := range t.Pictures {
		t.Pictures[i].Alt = clean.Line(t.Pictures[i].Alt)
		check.Need(utf8.RuneCountInString(t.Pictures[i].Alt) <= maxAlt, "pictures", "ideas.alt_long")
	}
	if !slices.ContainsFunc(t.Pictures, func(p Picture) bool { return p.ID == t.Cover }) {
		t.Cover = ""
		if len(t.Pictures) > 0 {
			t.Cover = t.Pictures[0].ID
		}
	}
	if p.Template != nil {
		file, err := p.Template.check()
		if err != nil {
			check.Need(false, "template", fault.Of(err).Fields["template"])
		}
		t.Template = &file
	}
	t.Dates = p.Dates.stored()
	t.challenge().check(check)
	return t
}

// lines tidies a plain text of several lines, an empty one between paragraphs.
func lines(text string) string {
	var kept []string
	for line := range strings.SplitSeq(text, "\n") {
		line = clean.Line(line)
		if line != "" || len(kept) > 0 && kept[len(kept)-1] != "" {
			kept = append(kept, line)
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// rich renders a text, and notes the pictures in it. One that shows nothing is
// none.
func (t *tidied) rich(check *fault.Check, field, source string) Rich {
	source = strings.ReplaceAll(strings.ToValidUTF8(source, ""), "\x00", "")
	html, err := clean.Typed(source)
	if err != nil {
		check.Need(false, field, fault.Of(err).Code)
	}
	for _, src := range clean.Images(html) {
		id, ok := media.IDOf(src)
		check.Need(ok, field, "media.not_yours")
		t.images = append(t.images, id)
	}
	if strings.TrimSpace(clean.Text(html)) == "" && len(clean.Images(html)) == 0 {
		return Rich{}
	}
	return Rich{source, html}
}

func (t tidied) challenge() Challenge {
	return Challenge{
		Slug: t.Slug, Title: t.Title, Question: t.Question, Ballot: t.Ballot, Sealed: t.Sealed, Dates: t.Dates,
		Budget: t.Budget, Premoderated: t.Premoderated,
	}
}

// moment is one of the dates, by the name of its field.
type moment struct {
	field string
	at    time.Time
}

func (d Dates) moments() []moment {
	return []moment{
		{"announced_at", d.Announced},
		{"entries_open_at", d.EntriesOpen},
		{"entries_close_at", d.EntriesClose},
		{"voting_open_at", d.VotingOpen},
		{"voting_close_at", d.VotingClose},
		{"results_at", d.Results},
	}
}

// stored is the dates as the database keeps them.
func (d Dates) stored() Dates {
	for _, at := range []*time.Time{&d.Announced, &d.EntriesOpen, &d.EntriesClose, &d.VotingOpen, &d.VotingClose, &d.Results} {
		*at = at.Truncate(time.Microsecond)
	}
	return d
}

// order names beside which field the dates are out of order.
func (d Dates) order(check *fault.Check) {
	check.Need(!d.EntriesOpen.Before(d.Announced), "entries_open_at", "challenges.date_entries_open")
	check.Need(d.EntriesClose.After(d.EntriesOpen), "entries_close_at", "challenges.date_entries_close")
	check.Need(!d.VotingOpen.Before(d.EntriesOpen), "voting_open_at", "challenges.date_voting_open")
	check.Need(d.VotingClose.After(d.VotingOpen) && !d.VotingClose.Before(d.EntriesClose), "voting_close_at", "challenges.date_voting_close")
	check.Need(!d.Results.Before(d.VotingClose), "results_at", "challenges.date_results")
}

// ahead asks of a new challenge that there is still time to enter, to vote and
// to judge.
func (d Dates) ahead(check *fault.Check, now time.Time) {
	for _, m := range d.moments() {
		switch m.field {
		case "entries_close_at", "voting_close_at", "results_at":
			check.Need(m.at.After(now), m.field, "challenges.date_past")
		}
	}
}

// moved asks of a change that what has happened stays, and that nothing is made
// to have happened: a moment that is past may not move, and none may move into
// the past.
func (d Dates) moved(check *fault.Check, to Dates, now time.Time) {
	after := to.moments()
	for i, was := range d.moments() {
		is := after[i]
		if was.at.Equal(is.at) {
			continue
		}
		check.Need(was.at.After(now), is.field, "challenges.date_over")
		check.Need(is.at.After(now), is.field, "challenges.date_past")
	}
}
