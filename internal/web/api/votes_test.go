package api_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/ideas"
	"prosumer/internal/votes"
	"prosumer/internal/web/api"
	"prosumer/internal/web/api/wire"
)

// counted reads the open tally of an answer to a vote.
func counted(t *testing.T, got answer) (*wire.Vote, wire.OpenTally) {
	t.Helper()
	var result wire.VoteResult
	got.read(t, &result)
	tally, err := result.Tally.AsOpenTally()
	if err != nil {
		t.Fatal(err)
	}
	return result.Vote, tally
}

func TestAVoteIsCastReplacedAndRetracted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.propose(ideas.Open)
	path := "/ideas/" + id + "/vote"

	for _, step := range []struct {
		as, method, body string
		vote             bool
		want             wire.OpenTally
	}{
		{piet, "PUT", "", true, wire.OpenTally{Voters: 1, Revision: 1}},
		{piet, "PUT", `{}`, true, wire.OpenTally{Voters: 1, Revision: 1}},
		{piet, "PUT", `{"would_buy":true}`, true, wire.OpenTally{Voters: 1, WouldBuy: 1, Revision: 2}},
		{anna, "PUT", `{"would_buy":true}`, true, wire.OpenTally{Voters: 1, WouldBuy: 1, Staff: 1, Revision: 3}},
		{piet, "DELETE", "", false, wire.OpenTally{Staff: 1, Revision: 4}},
		{piet, "DELETE", "", false, wire.OpenTally{Staff: 1, Revision: 4}},
	} {
		vote, tally := counted(t, s.want(200, step.as, step.method, path, step.body))

		step.want.Scores, step.want.Idea = make([]int, 5), tally.Idea
		if diff := cmp.Diff(step.want, tally); diff != "" || (vote != nil) != step.vote {
			t.Errorf("%s %s %s gave the vote %v and (-want +got):\n%s", step.as, step.method, step.body, vote, diff)
		}
		var now wire.OpenTally
		s.want(200, visitor, "GET", "/ideas/"+id+"/tally", "").read(t, &now)
		if diff := cmp.Diff(tally, now); diff != "" {
			t.Errorf("the tally then (-answered +read):\n%s", diff)
		}
	}
}

func TestARefusedVoteSaysWhy(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id, closed := s.propose(ideas.Open), s.propose(ideas.Open)
	s.want(200, anna, "POST", "/ideas/"+closed+"/decision", `{"status":"parked","reason":"timing","answer_html":"<p>Later.</p>"}`)
	for _, tc := range []struct {
		as, idea, body, code string
		status               int
	}{
		{visitor, id, `{}`, "votes.sign_in", 401},
		{noor, id, `{}`, "votes.own_idea", 403},
		{s.unconfirmed(), id, `{"would_buy":true}`, "votes.unconfirmed", 403},
		{piet, closed, `{}`, "votes.closed", 409},
		{piet, id, `{"score":5}`, "votes.no_score", 422},
		{piet, "999999", `{}`, "ideas.not_found", 404},
	} {
		s.refused(tc.status, tc.code, tc.as, "PUT", "/ideas/"+tc.idea+"/vote", tc.body)
	}
	var kept int
	if err := s.db.Get(&kept, `SELECT count(*) FROM waiting_votes WHERE idea_id = $1 AND would_buy`, id); err != nil || kept != 1 {
		t.Errorf("%d votes wait for a confirmed address with %v, want 1", kept, err)
	}
}

func TestMyVotesMakeACachedPagePersonal(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	open, other, draft := s.propose(ideas.Open), s.propose(ideas.Open), s.propose(ideas.Draft)
	s.want(200, piet, "PUT", "/ideas/"+open+"/vote", `{"would_buy":true}`)

	var mine wire.MyVoteList
	s.want(200, piet, "GET", fmt.Sprintf("/me/votes?ideas=%s,%s,%s,%s,999999", other, open, draft, open), "").read(t, &mine)

	if len(mine.Items) != 2 || mine.Items[0].Vote != nil || !mine.Items[0].MayVote.Allowed || mine.Items[1].Vote == nil || !mine.Items[1].Vote.WouldBuy {
		t.Errorf("piet's are %+v", mine.Items)
	}
	s.want(200, noor, "GET", "/me/votes?ideas="+open, "").read(t, &mine)
	if len(mine.Items) != 1 || *mine.Items[0].MayVote.Code != "votes.own_idea" || *mine.Items[0].MayVote.Text == "" {
		t.Errorf("noor's are %+v", mine.Items)
	}
	s.want(200, piet, "GET", "/me/votes", "").read(t, &mine)
	if len(mine.Items) != 1 || fmt.Sprint(mine.Items[0].Idea) != open || mine.Items[0].Vote.CastAt == nil {
		t.Errorf("all of piet's are %+v", mine.Items)
	}
}

func TestTheSocketSendsTheTallyOfTheContract(t *testing.T) {
	tally := votes.Tally{Idea: 42, Voters: 3, Staff: 1, WouldBuy: 2, Revision: 7}

	written, err := json.Marshal(api.TallyOf(tally))

	const want = `{"idea":42,"mean":null,"revision":7,"scores":[0,0,0,0,0],"staff":1,"voters":3,"would_buy":2}`
	if err != nil || string(written) != want || string(api.TallyJSON(tally)) != want {
		t.Errorf("the API writes %s with %v, the socket %s, want %s", written, err, api.TallyJSON(tally), want)
	}
}
