package api_test

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
	"prosumer/internal/web/api"
	"prosumer/internal/web/api/wire"
)

// rank brings the orders up to date.
func (s *site) rank() {
	s.t.Helper()
	if err := votes.NewRanker(s.db, slog.New(slog.DiscardHandler)).CatchUp(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func at(n int) *int { return &n }

func TestAScoreIsCastReplacedAndRetracted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.enter(s.challenge(voting, challenges.Unsealed))
	mean := func(m float64) *float64 { return &m }

	for _, step := range []struct {
		as, method, body string
		score            *int
		want             wire.OpenTally
	}{
		{piet, "PUT", `{"score":4}`, at(4), wire.OpenTally{Voters: 1, Scores: []int{0, 0, 0, 1, 0}, Mean: mean(4), Revision: 1}},
		{piet, "PUT", `{"score":5,"would_buy":true}`, at(5), wire.OpenTally{Voters: 1, Scores: []int{0, 0, 0, 0, 1}, Mean: mean(5), WouldBuy: 1, Revision: 2}},
		{anna, "PUT", `{"score":1}`, at(1), wire.OpenTally{Voters: 1, Scores: []int{0, 0, 0, 0, 1}, Mean: mean(5), WouldBuy: 1, Staff: 1, Revision: 3}},
		{piet, "DELETE", "", nil, wire.OpenTally{Scores: []int{0, 0, 0, 0, 0}, Staff: 1, Revision: 4}},
	} {
		vote, tally := counted(t, s.want(200, step.as, step.method, "/ideas/"+id+"/vote", step.body))

		step.want.Idea = tally.Idea
		if diff := cmp.Diff(step.want, tally); diff != "" {
			t.Errorf("%s %s %s (-want +got):\n%s", step.as, step.method, step.body, diff)
		}
		if vote == nil && step.score != nil || vote != nil && cmp.Diff(step.score, vote.Score) != "" {
			t.Errorf("%s %s %s gave the vote %+v", step.as, step.method, step.body, vote)
		}
	}
	s.want(200, piet, "PUT", "/ideas/"+id+"/vote", `{"score":3}`)
	var idea wire.Idea
	s.want(200, piet, "GET", "/ideas/"+id, "").read(t, &idea)
	if idea.Vote == nil || cmp.Diff(at(3), idea.Vote.Score) != "" || !idea.MayVote.Allowed {
		t.Errorf("piet's own is %+v", idea.Vote)
	}
}

func TestAScoreThatIsNoneIsRefusedBesideItsField(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	scored, supported := s.enter(s.challenge(voting, challenges.Unsealed)), s.propose(ideas.Open)
	for _, tc := range []struct{ idea, body, code string }{
		{scored, `{"score":0}`, "votes.score_range"},
		{scored, `{"score":6}`, "votes.score_range"},
		{scored, `{"score":-3}`, "votes.score_range"},
		{scored, `{"score":4.5}`, "request.json"},
		{scored, `{"score":"4"}`, "request.json"},
		{scored, `{"score":1e99}`, "request.json"},
		{scored, `{"score":true}`, "request.json"},
		{scored, `{"score":9223372036854775808}`, "request.json"},
		{scored, `{}`, "votes.score_wanted"},
		{scored, `{"would_buy":true}`, "votes.score_wanted"},
		{scored, `{"score":null}`, "votes.score_wanted"},
		{supported, `{"score":4}`, "votes.no_score"},
		{supported, `{"score":0}`, "votes.score_range"},
	} {
		if fields := s.refused(422, tc.code, piet, "PUT", "/ideas/"+tc.idea+"/vote", tc.body); fields["score"] == "" {
			t.Errorf("%s names %v, want score", tc.body, fields)
		}
	}
	var n int
	if err := s.db.Get(&n, `SELECT count(*) FROM votes`); err != nil || n != 0 {
		t.Errorf("%d votes were cast with %v", n, err)
	}
}

func TestAVoteOutsideTheWindowOrOnAnIdeaThatIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	early, late := s.enter(s.challenge(waiting, challenges.Unsealed)), s.enter(s.challenge(judging, challenges.Unsealed))
	open := s.challenge(voting, challenges.Unsealed)
	gone := s.enter(open)
	s.want(204, noor, "DELETE", "/ideas/"+gone, "")
	for idea, code := range map[string]string{early: "votes.early", late: "votes.late", gone: "votes.withdrawn"} {
		s.refused(409, code, piet, "PUT", "/ideas/"+idea+"/vote", `{"score":4}`)
	}
	for idea, code := range map[string]string{early: "votes.early", late: "votes.late"} {
		var got wire.Idea
		s.want(200, piet, "GET", "/ideas/"+idea, "").read(t, &got)
		if got.MayVote.Allowed || *got.MayVote.Code != code {
			t.Errorf("may vote: %+v, want %s", got.MayVote, code)
		}
	}
	fine := s.enter(open)
	if _, err := s.db.Exec(`UPDATE accounts SET barred_until = now() + interval '1 day' WHERE handle = 'piet-x'`); err != nil {
		t.Fatal(err)
	}
	s.refused(403, "votes.barred", piet, "PUT", "/ideas/"+fine+"/vote", `{"score":4}`)
}

func TestASealedTallyTellsNothingToWhoMayNotSeeIt(t *testing.T) {
	t.Parallel()
	for seal, voterSees := range map[challenges.Seal]bool{challenges.UntilClose: false, challenges.UntilVoted: true} {
		s := newSite(t)
		c := s.challenge(voting, seal)
		id := s.enter(c)
		sealed := func(got answer, as, where string, want bool) {
			t.Helper()
			if is := strings.Contains(string(got.body), `"sealed":true`); is != want {
				t.Errorf("%s: %q sees %s sealed: %v, want %v: %s", seal, as, where, is, want, got.body)
			}
			if want && (strings.Contains(string(got.body), `"scores"`) || strings.Contains(string(got.body), `"revision"`)) {
				t.Errorf("%s: %q is told figures by %s: %s", seal, as, where, got.body)
			}
		}
		sealed(s.want(200, piet, "PUT", "/ideas/"+id+"/vote", `{"score":4}`), piet, "the answer", !voterSees)
		for as, voted := range map[string]bool{visitor: false, noor: false, anna: false, piet: true} {
			for _, path := range []string{"/ideas/" + id + "/tally", "/ideas/" + id, "/ideas?challenge=" + c.Slug + "&order=newest"} {
				sealed(s.want(200, as, "GET", path, ""), as, path, !voted || !voterSees)
			}
		}
		s.rank()
		for _, order := range []string{"trending", "votes", "score", "rising"} {
			if got := s.want(200, visitor, "GET", "/ideas?challenge="+c.Slug+"&order="+order, ""); strings.Contains(string(got.body), `"id":`+id) {
				t.Errorf("%s: the order %s lists it", seal, order)
			}
		}
		sealed(s.want(200, piet, "DELETE", "/ideas/"+id+"/vote", ""), piet, "taking back", true)

		moment := s.want(200, piet, "PUT", "/ideas/"+id+"/vote", `{"score":4}`)
		sealed(moment, piet, "the answer", !voterSees)
		if _, err := s.db.Exec(`UPDATE challenges SET voting_open_at = now() - interval '1 hour', voting_close_at = now() - interval '1 minute', entries_close_at = now() - interval '2 minutes' WHERE id = $1`, c.ID); err != nil {
			t.Fatal(err)
		}
		sealed(s.want(200, visitor, "GET", "/ideas/"+id+"/tally", ""), visitor, "the tally after the end", false)
	}
}

func TestTheSocketIsTheContractsWordForASealedTallyToo(t *testing.T) {
	sealed := votes.Tally{Idea: 43, Voters: 3, Scores: votes.Scores{0, 0, 0, 1, 2}, Revision: 7, Seal: challenges.UntilVoted}
	scored := votes.Tally{Idea: 44, Voters: 8, Scores: votes.Scores{1, 0, 1, 2, 4}, WouldBuy: 3, Revision: 9}
	for want, tally := range map[string]votes.Tally{
		`{"idea":43,"sealed":true}`: sealed,
		`{"idea":44,"mean":4,"revision":9,"scores":[1,0,1,2,4],"staff":0,"voters":8,"would_buy":3}`: scored,
	} {
		written, err := json.Marshal(api.TallyOf(tally))
		if err != nil || string(written) != want || string(api.TallyJSON(tally)) != want {
			t.Errorf("the API writes %s with %v, the socket %s, want %s", written, err, api.TallyJSON(tally), want)
		}
	}
}

func TestAVoteKeepsWhereItCameFrom(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.propose(ideas.Open)
	for from, want := range map[string]string{
		"Forum.Example.org": "forum.example.org", "example.com": "", "<script>": "", "": "",
	} {
		req := jsonRequest("PUT", "/ideas/"+id+"/vote", `{}`)
		req.Host = "example.com" // our own
		req.Header.Set("Vote-Referrer", from)
		req.Header.Set("User-Agent", "Mozilla/5.0 Firefox/140.0")
		if got := s.send(piet, req); got.StatusCode != 200 {
			t.Fatalf("%d %s", got.StatusCode, got.body)
		}
		var kept struct {
			Referrer, Browser string
		}
		if err := s.db.Get(&kept, `SELECT coalesce(referrer, '') AS referrer, coalesce(browser, '') AS browser FROM votes`); err != nil {
			t.Fatal(err)
		}
		if kept.Referrer != want || kept.Browser != "firefox" {
			t.Errorf("from %q is kept as %+v, want %q", from, kept, want)
		}
		s.want(200, piet, "DELETE", "/ideas/"+id+"/vote", "")
	}
}
