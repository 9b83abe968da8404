package api_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/web/api/wire"
)

// How long ago a challenge was announced tells its phase: its moments lie an
// hour apart.
const (
	coming  = -time.Minute
	waiting = 150 * time.Minute
	voting  = 210 * time.Minute
	judging = 270 * time.Minute
)

// challenge makes a score challenge of its own, announced so long ago.
func (s *site) challenge(ago time.Duration, seal challenges.Seal) challenges.Challenge {
	s.t.Helper()
	var n int
	if err := s.db.Get(&n, `SELECT count(*) FROM challenges`); err != nil {
		s.t.Fatal(err)
	}
	begun := time.Now().Add(-ago).Truncate(time.Second)
	at := func(hours time.Duration) time.Time { return begun.Add(hours * time.Hour) }
	made, err := s.api.Challenges.Create(s.t.Context(), challenges.Challenge{
		Slug: fmt.Sprint("bags-", n), Title: "A bag for life", Ballot: challenges.Score, Sealed: seal,
		Dates: challenges.Dates{Announced: begun, EntriesOpen: at(1), EntriesClose: at(2), VotingOpen: at(3), VotingClose: at(4), Results: at(5)},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return made
}

// enter makes an idea of noor's in a challenge.
func (s *site) enter(c challenges.Challenge) string {
	s.t.Helper()
	id := s.propose(ideas.Open)
	if _, err := s.db.Exec(`UPDATE ideas SET challenge_id = $2 WHERE id = $1`, id, c.ID); err != nil {
		s.t.Fatal(err)
	}
	return id
}

func TestAChallengeIsListedWithItsDatesOnceItIsAnnounced(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.challenge(coming, challenges.Unsealed)
	older, newer := s.challenge(judging, challenges.UntilClose), s.challenge(voting, challenges.Unsealed)

	var got wire.ChallengeList
	s.want(200, visitor, "GET", "/challenges", "").read(t, &got)

	var slugs []string
	for _, c := range got.Items {
		slugs = append(slugs, c.Slug)
	}
	if diff := cmp.Diff([]string{newer.Slug, older.Slug}, slugs); diff != "" {
		t.Fatal(diff)
	}
	want := wire.Challenge{
		Slug: older.Slug, Title: "A bag for life", URL: "/challenges/" + older.Slug, Ballot: "score", Sealed: "until_close", Phase: "judging",
		AnnouncedAt: older.Dates.Announced, EntriesOpenAt: older.Dates.EntriesOpen, EntriesCloseAt: older.Dates.EntriesClose,
		VotingOpenAt: older.Dates.VotingOpen, VotingCloseAt: older.Dates.VotingClose, ResultsAt: older.Dates.Results,
	}
	if diff := cmp.Diff(want, got.Items[1]); diff != "" {
		t.Error(diff)
	}
	s.want(200, visitor, "GET", "/challenges?limit=1", "").read(t, &got)
	if len(got.Items) != 1 || got.Next == nil {
		t.Fatalf("one of two is %+v", got)
	}
	s.want(200, visitor, "GET", "/challenges?limit=1&after="+*got.Next, "").read(t, &got)
	if len(got.Items) != 1 || got.Items[0].Slug != older.Slug || got.Next != nil {
		t.Errorf("what follows is %+v", got)
	}
	s.refused(404, "challenges.not_found", visitor, "GET", "/challenges/no-such", "")
}

func TestTheListIsNarrowedToAChallengeAndSortedByItsScores(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.challenge(voting, challenges.Unsealed)
	low, high, unscored := s.enter(c), s.enter(c), s.enter(c)
	s.propose(ideas.Open)
	s.want(200, piet, "PUT", "/ideas/"+low+"/vote", `{"score":2}`)
	s.want(200, piet, "PUT", "/ideas/"+high+"/vote", `{"score":5}`)
	s.rank()

	for query, want := range map[string][]string{
		"order=score":  {high, low},
		"order=newest": {unscored, high, low},
	} {
		var page wire.IdeaList
		s.want(200, visitor, "GET", "/ideas?challenge="+c.Slug+"&"+query, "").read(t, &page)
		var got []string
		for _, idea := range page.Items {
			got = append(got, fmt.Sprint(idea.ID))
			if idea.Challenge == nil || idea.Challenge.Slug != c.Slug || idea.Challenge.Ballot != wire.BallotScore {
				t.Errorf("idea %d is in %+v", idea.ID, idea.Challenge)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
	s.want(200, visitor, "GET", "/ideas?order=rising", "")
}
