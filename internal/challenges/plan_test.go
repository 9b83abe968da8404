package challenges_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
)

// studio is the service with somebody of the team, a member, and a clock.
type studio struct {
	*challenges.Service
	t        *testing.T
	db       *sqlx.DB
	now      time.Time
	eva, ann accounts.Actor
}

func open(t *testing.T) *studio {
	t.Helper()
	s := &studio{t: t, db: pgtest.New(t), now: day(0)}
	s.Service = challenges.NewService(s.db).WithClock(func() time.Time { return s.now })
	people := accounts.NewService(s.db, accounts.Options{})
	for handle, who := range map[string]*accounts.Actor{"eva": &s.eva, "ann": &s.ann} {
		var roles []accounts.Role
		if handle == "eva" {
			roles = []accounts.Role{accounts.Team}
		}
		account, err := people.Create(t.Context(), accounts.SignUp{Name: handle, Handle: handle}, "", roles)
		if err != nil {
			t.Fatal(err)
		}
		*who = accounts.As(account)
	}
	return s
}

func plan() challenges.Plan {
	return challenges.Plan{
		Title: "A bag for rain", Question: "What bag keeps a day dry?", Brief: "<p>For who cycles.</p>", Prize: "<p>The first one made.</p>",
		Terms: "<p>You made it yourself.</p>", Demands: "Light\n\n\nUnder 60 euros ", Ballot: challenges.Score, Sealed: challenges.UntilVoted, Dates: dates(), Budget: 3,
	}
}

func (s *studio) pose(p challenges.Plan) challenges.Challenge {
	s.t.Helper()
	made, err := s.Pose(s.t.Context(), s.eva, p)
	if err != nil {
		s.t.Fatal(err, fault.Of(err).Fields)
	}
	return made
}

// noPictures stands for the pictures' own where none are used.
type noPictures struct{}

func (noPictures) MarkUsed(context.Context, sqlx.ExtContext, int64, []string) error { return nil }

// idea puts one of ann's in a challenge, whatever the time.
func (s *studio) idea(c challenges.Challenge) int64 {
	s.t.Helper()
	text := ideas.Text{Title: "A bag", Story: "<p>It keeps dry what has to stay dry.</p>", Accept: true}
	idea, err := ideas.NewService(s.db, noPictures{}, ideas.Options{}).Propose(s.t.Context(), s.ann, 0, text)
	if err != nil {
		s.t.Fatal(err)
	}
	s.exec(`UPDATE ideas SET challenge_id = $2 WHERE id = $1`, idea.ID, c.ID)
	return int64(idea.ID)
}

func (s *studio) exec(query string, args ...any) {
	s.t.Helper()
	if _, err := s.db.Exec(query, args...); err != nil {
		s.t.Fatal(err)
	}
}

func (s *studio) wantFields(what string, err error, want ...string) {
	s.t.Helper()
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(fault.Of(err).Fields))); diff != "" {
		s.t.Errorf("%s: %v %s", what, err, diff)
	}
}

func TestAPlanIsKeptAndShownAsItWasMeant(t *testing.T) {
	t.Parallel()
	s := open(t)
	made := s.pose(plan())
	if made.Slug != "a-bag-for-rain" || made.Budget != 3 || made.Terms != 1 || made.Sealed != challenges.UntilVoted {
		t.Errorf("%+v", made)
	}
	text, err := s.TextOf(t.Context(), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	if text.Brief.HTML.String() != "<p>For who cycles.</p>" || text.Prize.Source != "<p>The first one made.</p>" || text.Demands != "Light\n\nUnder 60 euros" || text.Terms.Version != 1 {
		t.Errorf("%+v", text)
	}
	if _, err := s.Pose(t.Context(), s.eva, plan()); !challenges.ErrTaken.Is(err) {
		t.Errorf("the same name again: %v", err)
	}
	for who, want := range map[accounts.ID]*fault.Fault{0: accounts.ErrSignIn, s.ann.ID: challenges.ErrTeamOnly} {
		actor := accounts.Actor{}
		if who != 0 {
			actor = s.ann
		}
		if _, err := s.Pose(t.Context(), actor, plan()); !errors.Is(err, want) {
			t.Errorf("posed by %d: %v", who, err)
		}
	}
}

func TestDatesThatCannotBeAreRefusedBesideTheirField(t *testing.T) {
	t.Parallel()
	s := open(t)
	for field, spoil := range map[string]func(*challenges.Dates){
		"entries_open_at":  func(d *challenges.Dates) { d.EntriesOpen = day(-2) },
		"entries_close_at": func(d *challenges.Dates) { d.EntriesClose = d.EntriesOpen },
		"voting_open_at":   func(d *challenges.Dates) { d.VotingOpen = day(0) },
		"voting_close_at":  func(d *challenges.Dates) { d.VotingClose = d.VotingOpen },
		"results_at":       func(d *challenges.Dates) { d.Results = day(8) },
	} {
		p := plan()
		spoil(&p.Dates)
		_, err := s.Pose(t.Context(), s.eva, p)
		s.wantFields(field, err, field)
	}
	for field, spoil := range map[string]func(*challenges.Dates){ // what JSON cannot say
		"announced_at": func(d *challenges.Dates) { d.Announced = time.Date(0, 1, 1, 0, 0, 0, 0, time.FixedZone("", 14*3600)) },
		"results_at":   func(d *challenges.Dates) { d.Results = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
	} {
		p := plan()
		spoil(&p.Dates)
		_, err := s.Pose(t.Context(), s.eva, p)
		s.wantFields(field, err, field)
	}
	s.now = day(20)
	_, err := s.Pose(t.Context(), s.eva, plan())
	s.wantFields("all past", err, "entries_close_at", "results_at", "voting_close_at")
	if n := 0; s.db.Get(&n, `SELECT count(*) FROM challenges`) != nil || n != 0 {
		t.Errorf("%d were made", n)
	}
}

func TestWhatHasHappenedStays(t *testing.T) {
	t.Parallel()
	s := open(t)
	made := s.pose(plan())
	s.now = day(8) // voting is open
	change := func(spoil func(*challenges.Plan)) error {
		p := plan()
		p.Slug = made.Slug
		spoil(&p)
		_, err := s.Change(t.Context(), s.eva, made.Slug, made.Revision, p)
		return err
	}
	for field, spoil := range map[string]func(*challenges.Plan){
		"announced_at":    func(p *challenges.Plan) { p.Dates.Announced = day(-1) },
		"voting_open_at":  func(p *challenges.Plan) { p.Dates.VotingOpen = day(6) },
		"voting_close_at": func(p *challenges.Plan) { p.Dates.VotingClose = day(8).Add(-time.Minute) },
		"sealed":          func(p *challenges.Plan) { p.Sealed = challenges.Unsealed },
		"budget":          func(p *challenges.Plan) { p.Budget = 9 },
		"slug":            func(p *challenges.Plan) { p.Slug = "other" },
		"template": func(p *challenges.Plan) {
			p.Template = &challenges.File{Name: "x.svg", Bytes: []byte("<svg onload=alert(1)>")}
		},
		"pictures": func(p *challenges.Plan) { p.Pictures = []challenges.Picture{{ID: strings.Repeat("a", 26)}} },
	} {
		s.wantFields(field, change(spoil), field)
	}
	if err := change(func(p *challenges.Plan) { p.Ballot = challenges.Support }); err != nil {
		t.Errorf("another ballot before anybody voted: %v", err)
	}
	if err := change(func(*challenges.Plan) {}); !challenges.ErrChanged.Is(err) {
		t.Errorf("an older revision: %v", err)
	}
	made.Revision++
	s.idea(made)
	s.exec(`INSERT INTO votes (idea_id, voter_id, would_buy, staff) SELECT id, $1, false, false FROM ideas`, s.eva.ID)
	s.wantFields("ballot", change(func(p *challenges.Plan) { p.Ballot = challenges.Score }), "ballot")
}

func TestChangedTermsAreANewVersionAndTheOldStay(t *testing.T) {
	t.Parallel()
	s := open(t)
	made := s.pose(plan())
	for i, terms := range []string{"<p>You made it yourself.</p>", "<p>You made it, and may show it.</p>", ""} {
		p := plan()
		p.Slug, p.Terms = made.Slug, terms
		var err error
		if made, err = s.Change(t.Context(), s.eva, made.Slug, made.Revision, p); err != nil || made.Terms != []int{1, 2, 0}[i] {
			t.Errorf("%q: version %d, %v", terms, made.Terms, err)
		}
	}
	old, err := s.TermsOf(t.Context(), made.ID, 1)
	if err != nil || old.HTML.String() != "<p>You made it yourself.</p>" {
		t.Errorf("%+v, %v", old, err)
	}
	if _, err := s.TermsOf(t.Context(), made.ID, 0); !challenges.ErrNoTerms.Is(err) {
		t.Errorf("the terms in force, of which there are none: %v", err)
	}
}

func TestATemplateIsWhatItSaysItIs(t *testing.T) {
	t.Parallel()
	s := open(t)
	for name, body := range map[string]string{
		"page.html": "<p>", "bag.svg": "<svg/>", "bag.pdf": "<svg/>", "bag.png": "%PDF-", "bag": "%PDF-", "big.pdf": "%PDF-" + strings.Repeat("x", challenges.MaxFile),
		"a." + strings.Repeat("b", 150): "%PDF-",
	} {
		p := plan()
		p.Template = &challenges.File{Name: name, Bytes: []byte(body)}
		_, err := s.Pose(t.Context(), s.eva, p)
		s.wantFields(name, err, "template")
	}
	p := plan()
	p.Template = &challenges.File{Name: `C:\desk\bag "A4".PDF`, Bytes: []byte("%PDF-1.7")}
	made := s.pose(p)
	if f, err := s.Template(t.Context(), made.ID); err != nil || f.Name != `bag "A4".PDF` || f.Kind != "application/pdf" || string(f.Bytes) != "%PDF-1.7" {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestOnlyAChallengeWithoutEntriesIsDeleted(t *testing.T) {
	t.Parallel()
	s := open(t)
	made := s.pose(plan())
	id := s.idea(made)
	if err := s.Delete(t.Context(), s.eva, made.Slug); !challenges.ErrHasEntries.Is(err) {
		t.Errorf("with an entry: %v", err)
	}
	s.exec(`UPDATE ideas SET challenge_id = NULL, meant_for = $2 WHERE id = $1`, id, made.ID)
	if err := s.Delete(t.Context(), s.eva, made.Slug); err != nil {
		t.Error(err)
	}
	if err := s.Delete(t.Context(), s.eva, made.Slug); !challenges.ErrNotFound.Is(err) {
		t.Errorf("again: %v", err)
	}
}

func TestTheJurySpeaksOnceVotingHasClosedAndOfEntriesAlone(t *testing.T) {
	t.Parallel()
	s := open(t)
	made := s.pose(plan())
	won := challenges.Winner{Idea: s.idea(made), Place: 1, Words: "Dry, and light."}
	judge := func(winners ...challenges.Winner) error {
		return s.Judge(t.Context(), s.eva, made.Slug, challenges.Verdict{Words: "<p>It was close.</p>", Winners: winners})
	}
	if err := judge(won); !challenges.ErrJuryEarly.Is(err) {
		t.Errorf("while people vote: %v", err)
	}
	s.now = day(9)
	other := plan()
	other.Title = "A lamp"
	other.Dates.VotingClose, other.Dates.Results = day(10), day(12)
	other.Dates.EntriesClose = day(10)
	elsewhere := s.idea(s.pose(other))
	for what, list := range map[string][]challenges.Winner{
		"twice": {won, won}, "of another challenge": {won, {Idea: elsewhere, Place: 2}}, "of none": {{Idea: 4711, Place: 1}}, "no place": {{Idea: won.Idea}},
	} {
		s.wantFields(what, judge(list...), "winners")
	}
	if err := judge(won); err != nil {
		t.Fatal(err)
	}
	if list, err := s.Winners(t.Context(), made.ID); err != nil || len(list) != 1 || list[0] != won {
		t.Errorf("%+v, %v", list, err)
	}
	if err := judge(); err != nil {
		t.Errorf("words alone: %v", err)
	}
}

func TestEverybodyWhoTookPartIsToldOfTheResultsOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	made := s.pose(plan())
	id := s.idea(made)
	s.exec(`INSERT INTO votes (idea_id, voter_id, score, would_buy, staff) VALUES ($1, $2, 4, false, false)`, id, s.eva.ID)
	if _, err := s.Create(t.Context(), challenges.Challenge{Slug: "imported", Title: "Imported", Ballot: challenges.Score, Dates: dates()}); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var told []string
	tell := func(_ context.Context, _ pg.Q, c challenges.Challenge, people []accounts.ID) error {
		mu.Lock()
		defer mu.Unlock()
		slices.Sort(people)
		told = append(told, fmt.Sprint(c.Slug, people))
		return nil
	}
	if n, err := s.AnnounceResults(t.Context(), tell); n != 0 || err != nil {
		t.Errorf("before there are any: %d, %v", n, err)
	}
	s.now = day(12)
	failing := func(context.Context, pg.Q, challenges.Challenge, []accounts.ID) error { return errors.New("away") }
	if n, err := s.AnnounceResults(t.Context(), failing); n != 0 || err == nil {
		t.Errorf("untold: %d, %v", n, err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, err := s.AnnounceResults(t.Context(), tell); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	people := []accounts.ID{s.ann.ID, s.eva.ID}
	slices.Sort(people)
	if diff := cmp.Diff([]string{fmt.Sprint(made.Slug, people)}, told); diff != "" {
		t.Error(diff)
	}
}
