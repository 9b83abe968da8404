package load

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// small is a table of two challenges; one row of it cannot be used.
func small() string {
	var b strings.Builder
	b.WriteString(head)
	for i := range 12 {
		challenge := []string{"TMNT", "Tea_Time"}[i%2]
		n := 40 + 7*i
		points := 5*(n/4) + n/8 + 3*(n-n/4-n/8) + i
		fmt.Fprintf(&b, "%s,design_%d,user_%d,\"July %d, 2012\",%d,%.2f,%d,%d,%d\n", challenge, i, i%5, i+1, n, float64(points)/float64(n), n/4, n/8, i%2)
	}
	b.WriteString("TMNT,design_99,user_1,\"July 1, 2012\",9,9.99,0,0,0\n")
	return b.String()
}

func smallTable(t *testing.T) Table {
	t.Helper()
	table, err := ReadThreadless(strings.NewReader(small()), time.Now())
	if err != nil || len(table.Designs) != 12 || len(table.Refused) != 1 {
		t.Fatalf("%+v, %v", table, err)
	}
	return table
}

// holds fails the test unless the board holds just what the table says.
func holds(t *testing.T, s Services, table Table) {
	t.Helper()
	for _, d := range table.Designs {
		var id ideas.ID
		if err := s.DB.GetContext(t.Context(), &id, `SELECT id FROM ideas WHERE source = 'threadless' AND external_id = $1`, d.External()); err != nil {
			t.Fatalf("%s: %v", d.External(), err)
		}
		tally, err := s.Votes.Tally(t.Context(), id)
		if err != nil || tally.Scores != d.Scores || tally.Voters != d.Ballots() {
			t.Errorf("%s: %+v, %v; want %v", d.External(), tally, err, d.Scores)
		}
	}
	if n := count(t, s.DB, `SELECT count(*) FROM votes`); n != table.Ballots() {
		t.Errorf("%d votes, want %d", n, table.Ballots())
	}
	exact(t, s.Votes)
}

func TestAReplayCastsEveryBallotOnceAndASecondOneNone(t *testing.T) {
	t.Parallel()
	s, table := services(t), smallTable(t)

	r, err := Replay(t.Context(), s, strings.NewReader(small()), ReplayOptions{File: "small.csv", Members: 200})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, s, table)
	got := []int{r.Rows, r.Designs, r.Printed, r.Challenges, r.Added, r.Members, r.Ballots, r.Here, r.Cast, len(r.Refused), len(r.Top)}
	want := []int{13, 12, 6, 2, 12, 200, table.Ballots(), 0, table.Ballots(), 1, 6}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	events := count(t, s.DB, `SELECT count(*) FROM vote_events`)

	r, err = Replay(t.Context(), s, strings.NewReader(small()), ReplayOptions{File: "small.csv"})
	if err != nil || r.Cast != 0 || r.Here != table.Ballots() || r.Added != 0 || r.Members != 200 || len(r.Top) != 6 {
		t.Errorf("second run: %+v, %v", r, err)
	}
	if n := count(t, s.DB, `SELECT count(*) FROM vote_events`); n != events || events != table.Ballots() {
		t.Errorf("%d events, %d before, %d ballots", n, events, table.Ballots())
	}
	if n := count(t, s.DB, `SELECT count(*) FROM accounts WHERE email IS NOT NULL OR visibility <> 'hidden'`); n != 0 {
		t.Errorf("%d accounts can sign in or be seen", n)
	}
}

func TestAReplayedChallengeIsOverAndItsOrderIsThatOfTheShrunkScores(t *testing.T) {
	t.Parallel()
	s := services(t)
	r, err := Replay(t.Context(), s, strings.NewReader(small()), ReplayOptions{Members: 200})
	if err != nil {
		t.Fatal(err)
	}
	for _, slug := range []string{"tmnt", "tea-time"} {
		c, err := s.Challenges.BySlug(t.Context(), slug)
		if err != nil || c.Ballot != challenges.Score || c.Dates.Phase(time.Now().Add(time.Second)) != challenges.Results {
			t.Errorf("%+v, %v", c, err)
		}
		if n := count(t, s.DB, `SELECT count(*) FROM ranks WHERE challenge_id = $1 AND score IS NOT NULL`, c.ID); n != 6 {
			t.Errorf("%d designs of %s have a rank by score, want 6", n, slug)
		}
	}
	for i, top := range r.Top {
		if top.Place != i%3+1 || i%3 > 0 && top.Score > r.Top[i-1].Score || !strings.HasPrefix(top.Title, "Design ") {
			t.Errorf("%+v after %+v", top, r.Top[max(i-1, 0)])
		}
	}
}

func TestAReplayThatIsStoppedGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	s, table := services(t), smallTable(t)
	cast, runs := 0, 0
	for ; cast < table.Ballots() && runs < 50; runs++ {
		ctx, stop := context.WithCancel(t.Context())
		r, err := Replay(ctx, s, strings.NewReader(small()), ReplayOptions{Members: 200, Speed: 20_000, Progress: func(step string, done, _ int) {
			if step == "ballots" && done > 150 {
				stop()
			}
		}})
		stop()
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if r.Here != cast {
			t.Fatalf("run %d found %d ballots, %d were acknowledged", runs, r.Here, cast)
		}
		cast += r.Cast
		exact(t, s.Votes)
	}
	if runs < 2 {
		t.Errorf("%d runs: nothing was interrupted", runs)
	}
	holds(t, s, table)
}

func TestWhatTheBoardHoldsOtherwiseIsReportedAndLeftAlone(t *testing.T) {
	t.Parallel()
	s := services(t)
	row := "tea,design_1,user_1,\"July 24, 2012\",20,3.5,4,1,0\n"
	if _, err := Replay(t.Context(), s, strings.NewReader(head+row), ReplayOptions{Members: 50}); err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{strings.Replace(row, ",4,1,", ",5,1,", 1), strings.Replace(row, ",20,", ",30,", 1), strings.Replace(row, ",20,", ",18,", 1)} {
		r, err := Replay(t.Context(), s, strings.NewReader(head+other), ReplayOptions{})
		if err != nil || r.Cast != 0 || len(r.Refused) != 1 || r.Refused[0].Code != "differs" {
			t.Errorf("%s: %+v, %v", other, r, err)
		}
	}
	if n := count(t, s.DB, `SELECT count(*) FROM votes`); n != 20 {
		t.Errorf("%d votes, want 20", n)
	}
}

func TestAMembersOwnVoteDisturbsNoReplay(t *testing.T) {
	t.Parallel()
	s, table := services(t), smallTable(t)
	person, err := accounts.NewService(s.DB, accounts.Options{}).Create(t.Context(), accounts.SignUp{Name: "Ann", Handle: "ann-lee"}, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	voted := false
	_, err = Replay(ctx, s, strings.NewReader(small()), ReplayOptions{Members: 200, Speed: 5_000, Progress: func(step string, done, _ int) {
		if step != "ballots" || voted || done < 20 {
			return
		}
		voted = true
		id := ideas.ID(count(t, s.DB, `SELECT min(idea_id) FROM votes`))
		if _, err := s.Votes.Cast(t.Context(), accounts.As(person), id, votes.Choice{Score: 5}); err != nil {
			t.Error(err)
		}
		stop()
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	r, err := Replay(t.Context(), s, strings.NewReader(small()), ReplayOptions{})
	if err != nil || len(r.Refused) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if n := count(t, s.DB, `SELECT count(*) FROM votes`); n != table.Ballots()+1 {
		t.Errorf("%d votes, want %d and Ann's", n, table.Ballots())
	}
	exact(t, s.Votes)
}

func TestAReplayIsRefusedBeforeItWritesAnything(t *testing.T) {
	t.Parallel()
	s := services(t)
	for name, c := range map[string]struct {
		file string
		o    ReplayOptions
		want string
	}{
		"members": {small(), ReplayOptions{Members: 100}, "load.members_few"},
		"speed":   {small(), ReplayOptions{Speed: -1}, "load.range"},
		"many":    {small(), ReplayOptions{Members: MaxMembers + 1}, "load.range"},
		"columns": {"design,scores\n", ReplayOptions{}, "load.columns_missing"},
		"empty":   {"", ReplayOptions{}, "load.file_unreadable"},
	} {
		if _, err := Replay(t.Context(), s, strings.NewReader(c.file), c.o); fault.Of(err).Code != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if n := count(t, s.DB, `SELECT (SELECT count(*) FROM accounts) + (SELECT count(*) FROM challenges) + (SELECT count(*) FROM ideas)`); n != 0 {
		t.Errorf("%d rows were written", n)
	}
}

func TestAChallengeOfOthersIsNotTakenOver(t *testing.T) {
	t.Parallel()
	s, now := services(t), time.Now()
	_, err := s.Challenges.Create(t.Context(), challenges.Challenge{Slug: "tmnt", Title: "Turtles", Ballot: challenges.Score, Dates: challenges.Dates{
		Announced: now, EntriesOpen: now, EntriesClose: now.Add(time.Hour), VotingOpen: now, VotingClose: now.Add(time.Hour), Results: now.Add(time.Hour),
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Replay(t.Context(), s, strings.NewReader(small()), ReplayOptions{Members: 200}); !errors.Is(err, ErrChallenge) {
		t.Error(err)
	}
}

func TestAnotherNumberOfMembersIsRefused(t *testing.T) {
	t.Parallel()
	s := services(t)
	if _, err := Replay(t.Context(), s, strings.NewReader(small()), ReplayOptions{Members: 200}); err != nil {
		t.Fatal(err)
	}
	if _, err := Replay(t.Context(), s, strings.NewReader(small()), ReplayOptions{Members: 201}); !errors.Is(err, ErrOtherSet) {
		t.Error(err)
	}
}
