package load

import (
	"cmp"
	"context"
	"io"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// Services is what a replay works through.
type Services struct {
	DB         *sqlx.DB
	Challenges *challenges.Service
	Votes      *votes.Service
	Ranker     *votes.Ranker
}

// ReplayOptions say how a table is replayed.
type ReplayOptions struct {
	File     string // its name, for the record
	Speed    int    // ballots a second at most; 0 for as fast as it goes
	Members  int    // who vote; 0 for those there are, or else the most scores of one design and at least DefaultMembers
	Progress func(step string, done, total int)
	Now      func() time.Time // nil: time.Now
}

// The numbers of members. More than one design's scores are needed, since a
// member votes once on each.
const (
	DefaultMembers = 20_000
	MaxMembers     = 1_000_000
)

// Report says what a replay found and did.
type Report struct {
	Rows, Designs int // of the file; the refused rows are in Rows alone
	Printed       int // designs the file marks as chosen; the mark stays in the file
	Refused       []RowError
	Members       int
	Challenges    int
	Added         int // designs that came to the board with this run
	Ballots       int // that the file stands for
	Here          int // of which were cast before this run
	Cast          int // and by it
	Took          time.Duration
	Memory        [4]int // resident bytes in each quarter of the casting; zero where none fell into it
	Top           []Top
}

// Rate is ballots a second, from the first to the last.
func (r Report) Rate() float64 {
	if r.Took <= 0 {
		return 0
	}
	return float64(r.Cast) / r.Took.Seconds()
}

// source is where all of it comes from.
const source = "threadless"

// replay is one run of Replay.
type replay struct {
	Services
	opts    ReplayOptions
	report  Report
	members []accounts.ID
	place   map[accounts.ID]int // of a member in members
	calls   []*call
}

// call is a challenge of the file.
type call struct {
	challenges.Challenge
	name string
	list []*entry // by the day of approval
}

// entry is a design on the board.
type entry struct {
	Design
	idea ideas.ID
	left int  // ballots to cast
	some bool // a part of them was cast before
}

// Replay makes of a table challenges, designers, ideas and voters, and casts
// the single ballots that its aggregates stand for, through the vote service.
// Nothing is written when the file is refused as a whole. It can be stopped at
// any moment: a ballot in flight is waited for, the report says how far it got,
// and the same call goes on from there. After the end it changes nothing more.
func Replay(ctx context.Context, s Services, file io.Reader, o ReplayOptions) (Report, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	if o.Speed < 0 || o.Members < 0 || o.Members > MaxMembers {
		return Report{}, ErrRange
	}
	table, err := ReadThreadless(file, o.Now())
	if err != nil {
		return Report{}, err
	}
	r := &replay{Services: s, opts: o, report: Report{Rows: table.Rows, Refused: table.Refused}}
	if most := table.Most(); o.Members != 0 && o.Members < most {
		return r.report, refuse("load.members_few", "One design has %d scores, each of another member: %d members are too few.", most, o.Members)
	}
	r.group(table.Designs)
	release, err := alone(ctx, s.DB, "load.replay")
	if err != nil {
		return r.report, err
	}
	defer release()
	err = r.run(ctx, table.Most())
	if err != nil && ctx.Err() != nil {
		err = ctx.Err() // whatever a statement that was cut short said
	}
	slices.SortStableFunc(r.report.Refused, func(a, b RowError) int { return cmp.Compare(a.Line, b.Line) })
	return r.report, err
}

// group sorts the designs by challenge, in order of their first day. Two names
// that come to one address, or none, cannot both be told apart on the board.
func (r *replay) group(designs []Design) {
	bySlug, count := map[string]*call{}, 0
	for _, d := range designs {
		slug := slugOf(d.Challenge)
		c := bySlug[slug]
		if c == nil {
			c = &call{name: d.Challenge}
			c.Slug, c.Title = slug, titleOf(d.Challenge)
			bySlug[slug] = c
			r.calls = append(r.calls, c)
		}
		if len(slug) < 2 || c.name != d.Challenge {
			r.refuse(d, "challenge_name", "The challenge's name makes no address of its own.")
			continue
		}
		c.list = append(c.list, &entry{Design: d, left: d.Ballots()})
		count++
		if d.Printed {
			r.report.Printed++
		}
		r.report.Ballots += d.Ballots()
	}
	r.report.Designs = count
	r.calls = slices.DeleteFunc(r.calls, func(c *call) bool { return len(c.list) == 0 })
	r.report.Challenges = len(r.calls)
	for _, c := range r.calls {
		slices.SortStableFunc(c.list, func(a, b *entry) int { return a.Approved.Compare(b.Approved) })
	}
	slices.SortStableFunc(r.calls, func(a, b *call) int { return a.list[0].Approved.Compare(b.list[0].Approved) })
}

func (r *replay) refuse(d Design, code, text string) {
	r.report.Refused = append(r.report.Refused, RowError{d.Line, d.Name, code, text})
}

func (r *replay) run(ctx context.Context, most int) error {
	if err := r.enrol(ctx, most); err != nil {
		return err
	}
	for _, c := range r.calls {
		if err := r.announce(ctx, c); err != nil {
			return err
		}
	}
	if err := r.enter(ctx); err != nil {
		return err
	}
	if err := r.count(ctx); err != nil {
		return err
	}
	err := r.cast(ctx)
	if r.report.Cast > 0 { // also of a run that was stopped, so that the board shows it
		if caught := r.Ranker.CatchUp(context.WithoutCancel(ctx)); err == nil {
			err = caught
		}
	}
	if err != nil {
		return err
	}
	r.report.Top, err = tops(ctx, r.DB, r.calls)
	return err
}

// enrol finds or makes the members.
func (r *replay) enrol(ctx context.Context, most int) (err error) {
	if most == 0 {
		return nil // not one ballot
	}
	want := r.opts.Members
	if want == 0 {
		if want, err = made(ctx, r.DB); err != nil {
			return err
		}
	}
	if want == 0 {
		want = max(DefaultMembers, most)
	}
	if want < most {
		return refuse("load.members_few", "One design has %d scores, each of another member: the %d members of this board are too few.", most, want)
	}
	if r.members, err = electorate(ctx, r.DB, want); err != nil {
		return err
	}
	r.report.Members = len(r.members)
	r.place = make(map[accounts.ID]int, len(r.members))
	for i, id := range r.members {
		r.place[id] = i
	}
	return nil
}
