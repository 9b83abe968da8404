package board_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// challenge makes one whose entries and voting are open now.
func (w *world) challenge(slug string, ballot challenges.Kind, seal challenges.Seal) challenges.Challenge {
	w.t.Helper()
	now, day := time.Now(), 24*time.Hour
	c, err := challenges.NewService(w.db).Create(w.t.Context(), challenges.Challenge{
		Slug: slug, Title: "The " + slug, Ballot: ballot, Sealed: seal,
		Dates: challenges.Dates{
			Announced: now.Add(-9 * day), EntriesOpen: now.Add(-8 * day), EntriesClose: now.Add(-time.Hour),
			VotingOpen: now.Add(-7 * day), VotingClose: now.Add(day), Results: now.Add(2 * day),
		},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) enter(id ideas.ID, c challenges.Challenge) {
	w.db.MustExec(`UPDATE ideas SET challenge_id = $2 WHERE id = $1`, id, c.ID)
}

// tallies asks everything of the board that shows a tally, as the actor, and
// gives what each says of each idea.
func (w *world) tallies(actor accounts.Actor, owner string, all []ideas.ID, team bool) map[string]map[ideas.ID]votes.Tally {
	w.t.Helper()
	found := map[string]map[ideas.ID]votes.Tally{}
	note := func(where string, cards []board.Card, err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatalf("%s: %v", where, err)
		}
		found[where] = map[ideas.ID]votes.Tally{}
		for _, c := range cards {
			found[where][c.ID] = c.Tally
		}
	}
	list := func(where string, page board.Page[board.Card], err error) { w.t.Helper(); note(where, page.Items, err) }
	for _, order := range board.Orders {
		page, err := w.List(w.t.Context(), actor, board.Query{Order: order, Statuses: ideas.Public})
		list("order "+string(order), page, err)
		page, err = w.List(w.t.Context(), actor, board.Query{Order: order, Challenge: "sealed"})
		list("challenge by "+string(order), page, err)
	}
	page, err := w.List(w.t.Context(), actor, board.Query{Q: "zebra"})
	list("search", page, err)
	cards, err := w.Similar(w.t.Context(), actor, "A zebra crossing lamp")
	note("similar", cards, err)
	page, err = w.MyIdeas(w.t.Context(), actor, "", 0)
	list("my ideas", page, err)
	page, err = w.MyVotes(w.t.Context(), actor, "", 0)
	list("my votes", page, err)
	profile, err := w.Profile(w.t.Context(), actor, owner, "")
	note("profile", append(profile.Ideas.Items, profile.Votes...), err)
	made, err := w.Products(w.t.Context(), actor, "", 0)
	if err == nil && len(made.Items) > 0 {
		note("products", made.Items[0].Ideas, err)
	}
	live, err := w.Live(w.t.Context(), actor.ID, all)
	note("live", nil, err)
	note("page", nil, nil)
	for _, id := range all {
		found["live"][id] = live[id].Tally
		one, err := w.Idea(w.t.Context(), actor, id)
		if err != nil {
			w.t.Fatal(err)
		}
		found["page"][id] = one.Tally
	}
	if team {
		page, err = asCards(w.Studio(w.t.Context(), actor, board.StudioQuery{}))
		list("studio", page, err)
	}
	return found
}

// TestWhatIsSealedLeaksNowhere draws boards with challenges of every seal and
// votes of all kinds, and holds that nothing tells a sealed figure to anybody
// but, where the seal is until_voted, who voted on that very idea; that the
// studio tells the team; and that after the close everybody sees all.
func TestWhatIsSealedLeaksNowhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.people = 100
	runs := 0
	rapid.Check(t, func(r *rapid.T) {
		if runs++; runs > 8 {
			return // each draws a whole board
		}
		w.db.MustExec(`DELETE FROM product_ideas; DELETE FROM credits; DELETE FROM products; DELETE FROM ideas; DELETE FROM challenges`)
		seal := rapid.SampledFrom([]challenges.Seal{challenges.UntilClose, challenges.UntilVoted}).Draw(r, "seal")
		ballot := rapid.SampledFrom([]challenges.Kind{challenges.Support, challenges.Score}).Draw(r, "ballot")
		sealed, open := w.challenge("sealed", ballot, seal), w.challenge("open", challenges.Score, challenges.Unsealed)
		owner, other := w.person(), w.person()
		voters := []accounts.Actor{w.person(), w.person()}
		var all []ideas.ID
		in, voted, truth := map[ideas.ID]bool{}, map[string]bool{}, map[ideas.ID]votes.Tally{}
		for n := range 4 {
			id := w.idea(owner, ideas.Text{Title: "A zebra crossing lamp"})
			all = append(all, id)
			score := 0
			switch {
			case n < 2:
				w.enter(id, sealed)
				in[id] = true
				if ballot == challenges.Score {
					score = rapid.IntRange(1, 5).Draw(r, "score")
				}
			case n == 2:
				w.enter(id, open)
				score = 3
			}
			w.score(voters[0], id, score)
			voted[fmt.Sprint(voters[0].ID, id)] = true
			if rapid.Bool().Draw(r, "two") {
				w.score(voters[1], id, score)
				voted[fmt.Sprint(voters[1].ID, id)] = true
			}
			var tally votes.Tally
			if err := w.db.Get(&tally, `SELECT idea_id, voters, ARRAY[ones, twos, threes, fours, fives] AS scored, would_buy, staff, revision, '' AS seal FROM tallies WHERE idea_id = $1`, id); err != nil {
				t.Fatal(err)
			}
			truth[id] = tally
		}
		if rapid.Bool().Draw(r, "adopted") {
			w.adopt(all[0], "Zebra", "adopted")
		}
		w.stand()
		people := map[string]accounts.Actor{"a visitor": {}, "the owner": owner, "another": other, "a voter": voters[0], "another voter": voters[1], "the team": w.boss}
		look := func(closed bool) {
			for who, actor := range people {
				for where, list := range w.tallies(actor, owner.Handle, all, who == "the team") {
					for id, got := range list {
						want := truth[id]
						switch {
						case closed || !in[id]:
						case where == "studio":
							want.Seal = seal
						case seal == challenges.UntilVoted && voted[fmt.Sprint(actor.ID, id)]:
						default:
							want = votes.Tally{Idea: id, Seal: seal}
						}
						if diff := cmp.Diff(want, got); diff != "" {
							r.Fatalf("%s, %s, closed %v, idea %d (-want +got):\n%s", who, where, closed, id, diff)
						}
						if in[id] && !closed && slices.Contains(shutOrders, where) {
							r.Fatalf("%s lists a sealed idea", where)
						}
					}
				}
			}
			p, err := w.Profile(t.Context(), accounts.Actor{}, owner.Handle, "")
			sum := 0
			for id, tally := range truth {
				if closed || !in[id] {
					sum += tally.Voters
				}
			}
			if err != nil || p.VotesReceived != sum {
				r.Fatalf("closed %v: %d votes received, want %d (%v)", closed, p.VotesReceived, sum, err)
			}
		}
		look(false)
		w.db.MustExec(`UPDATE challenges SET voting_close_at = clock_timestamp()`)
		w.stand()
		look(true)
		if got := w.list(accounts.Actor{}, board.Query{Order: board.Votes, Challenge: "sealed", Statuses: ideas.Public}); len(got) != 2 {
			r.Fatalf("after the close the votes order lists %v", got)
		}
	})
}

// shutOrders list nothing that is sealed.
var shutOrders = []string{
	"order trending", "order rising", "order votes", "order score",
	"challenge by trending", "challenge by rising", "challenge by votes", "challenge by score",
}

func TestSealedIdeasAreFoundByNewestUnseenAndSearch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.challenge("sealed", challenges.Score, challenges.UntilClose)
	id := w.titled("A zebra crossing lamp")
	w.enter(id, c)
	for name, q := range map[string]board.Query{
		"newest": {Order: board.Newest}, "unseen": {Order: board.Unseen}, "search": {Q: "zebra"},
		"its newest": {Order: board.Newest, Challenge: "sealed"}, "its unseen": {Order: board.Unseen, Challenge: "sealed"}, "its search": {Q: "zebra", Challenge: "sealed"},
	} {
		page, err := w.List(t.Context(), accounts.Actor{}, q)
		if err != nil || len(page.Items) != 1 {
			t.Errorf("%s: %v (%v)", name, idsOf(page.Items), err)
			continue
		}
		got := *page.Items[0].Challenge
		want := board.ChallengeLink{ID: c.ID, Slug: "sealed", Title: "The sealed", Ballot: challenges.Score, SealNow: challenges.UntilClose, VotingOpens: c.Dates.VotingOpen, VotingCloses: c.Dates.VotingClose}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	if got := w.list(accounts.Actor{}, board.Query{Order: board.Newest, Challenge: "nowhere"}); got != nil {
		t.Errorf("in no such challenge: %v", got)
	}
}
