package board_test

import (
	"errors"
	"slices"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
)

// TestWhatOneMayNotSeeIsNowhere looks for ideas that are a draft, held, hidden
// or withdrawn in everything the board answers, as several people.
func TestWhatOneMayNotSeeIsNowhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.topic("home", false)
	w.topic("held", true)
	owner, other, moderator := w.person(), w.person(), w.person(accounts.Moderator)
	text := ideas.Text{Title: "A zebra crossing lamp", Tags: []string{"zebra"}, Topic: "home"}
	withTopic := func(topic string) ideas.Text { text.Topic = topic; return text }
	secret := map[ideas.ID]string{}
	shown := w.idea(owner, withTopic("home"))
	held, hidden, withdrawn := w.idea(owner, withTopic("held")), w.idea(owner, withTopic("home")), w.idea(owner, withTopic("home"))
	hiddenMade := w.idea(owner, withTopic("home"))
	draft, err := w.ideas.SaveDraft(t.Context(), owner, 0, withTopic("home"))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []ideas.ID{hidden, withdrawn, hiddenMade} {
		w.vote(other, id)
	}
	p := w.adopt(hiddenMade, "Zebra", products.StageAdopted)
	w.hide(hidden)
	w.hide(hiddenMade)
	if err := w.ideas.Withdraw(t.Context(), owner, withdrawn); err != nil {
		t.Fatal(err)
	}
	secret[held], secret[hidden], secret[withdrawn], secret[draft], secret[hiddenMade] = "held", "hidden", "withdrawn", "draft", "hidden, adopted"

	look := func(who, where string, list []ideas.ID) {
		t.Helper()
		for _, id := range list {
			if what, bad := secret[id]; bad {
				t.Errorf("%s finds the %s idea in %s", who, what, where)
			}
		}
	}
	for who, actor := range map[string]accounts.Actor{"a visitor": {}, "a member": other, "the owner": owner, "a moderator": moderator, "the team": w.boss} {
		for name, q := range map[string]board.Query{
			"trending": {}, "newest": {Order: board.Newest}, "votes": {Order: board.Votes}, "unseen": {Order: board.Unseen}, "search": {Q: "zebra"},
			"topic": {Topic: "home"}, "held topic": {Topic: "held"}, "tag": {Tag: "zebra"}, "author": {Author: owner.ID}, "every status": {Statuses: ideas.Public},
		} {
			found := w.list(actor, q)
			look(who, name, found)
			if !slices.Contains(found, shown) && name != "held topic" && (name != "unseen" || who != "the owner") {
				t.Errorf("%s does not find the open idea in %s", who, name)
			}
		}
		cards, err := w.Similar(t.Context(), actor, "Zebra crossing lamp")
		if err != nil {
			t.Fatal(err)
		}
		look(who, "similar", idsOf(cards))
		profile, err := w.Profile(t.Context(), actor, owner.Handle, "")
		if err != nil {
			t.Fatal(err)
		}
		look(who, "the profile", append(idsOf(profile.Votes), idsOf(profile.Ideas.Items)...))
		voted, err := w.MyVotes(t.Context(), actor, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		look(who, "my votes", idsOf(voted.Items))
		if actor.ID != owner.ID && !actor.Moderates() {
			made, err := w.Product(t.Context(), actor, p.Slug)
			if err != nil {
				t.Fatal(err)
			}
			look(who, "the product", idsOf(made.Ideas))
			all, err := w.Products(t.Context(), actor, "", 0)
			if err != nil {
				t.Fatal(err)
			}
			look(who, "the products", idsOf(all.Items[0].Ideas))
		}
		for id, what := range secret {
			_, err := w.Idea(t.Context(), actor, id)
			live, lerr := w.Live(t.Context(), actor.ID, []ideas.ID{id, shown})
			if lerr != nil || live[shown].Status != ideas.Open {
				t.Fatalf("live: %+v (%v)", live, lerr)
			}
			_, lives := live[id]
			may := actor.ID == owner.ID || actor.Moderates() && what != "draft"
			if (err == nil) != may || !may && !errors.Is(err, ideas.ErrNotFound) || lives != may {
				t.Errorf("%s asks for the %s idea: page %v, live %v", who, what, err, lives)
			}
		}
	}
	if n, topics, err := w.Counts(t.Context()); n != 1 || len(topics) != 2 || topics[0].Ideas+topics[1].Ideas != 1 || err != nil {
		t.Errorf("counts: %d %+v (%v)", n, topics, err)
	}
	mine, err := w.MyIdeas(t.Context(), owner, "", 0)
	if err != nil || len(mine.Items) != 6 || mine.Items[0].ID != draft {
		t.Errorf("the owner's own: %v (%v), want all six and the draft first", idsOf(mine.Items), err)
	}
	if mine, err := w.MyIdeas(t.Context(), accounts.Actor{}, "", 0); len(mine.Items) != 0 || err != nil {
		t.Errorf("a visitor's own: %v (%v)", idsOf(mine.Items), err)
	}
}
