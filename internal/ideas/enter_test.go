package ideas_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
)

// round poses a challenge that takes entries now, and gives its slug.
func (b *board) round(t *testing.T, title string, spoil func(*challenges.Plan)) challenges.Challenge {
	t.Helper()
	now := time.Now()
	p := challenges.Plan{
		Title: title, Question: "What do you miss?", Terms: "<p>You made it yourself.</p>", Ballot: challenges.Score,
		Dates: challenges.Dates{
			Announced: now.Add(-time.Hour), EntriesOpen: now.Add(-time.Hour), EntriesClose: now.Add(time.Hour),
			VotingOpen: now.Add(-time.Minute), VotingClose: now.Add(2 * time.Hour), Results: now.Add(3 * time.Hour),
		},
	}
	if spoil != nil {
		spoil(&p)
	}
	made, err := challenges.NewService(b.db).Pose(t.Context(), b.eva, p)
	if err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
	return made
}

func (b *board) vote(t *testing.T, id ideas.ID) {
	t.Helper()
	b.exec(t, `INSERT INTO votes (idea_id, voter_id, would_buy, staff) VALUES ($1, $2, false, false)`, id, b.bob.ID)
}

func TestAnOpenIdeaIsEnteredUnderTheTermsThatWereAccepted(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	bags, lamps := b.round(t, "Bags", nil), b.round(t, "Lamps", nil)
	idea := b.propose(t)
	for what, tc := range map[string]struct {
		who   accounts.Actor
		slug  string
		terms int
		want  *fault.Fault
	}{
		"a visitor": {b.visitor, bags.Slug, 1, accounts.ErrSignIn}, "another's idea": {b.bob, bags.Slug, 1, ideas.ErrNotYours},
		"nothing accepted": {b.ann, bags.Slug, 0, ideas.ErrTermsMissing}, "other terms": {b.ann, bags.Slug, 2, ideas.ErrTermsChanged},
		"no such challenge": {b.ann, "chairs", 1, challenges.ErrNotFound},
	} {
		if err := b.Enter(t.Context(), tc.who, idea.ID, tc.slug, tc.terms); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := b.Enter(t.Context(), b.ann, idea.ID, bags.Slug, 1); err != nil {
		t.Fatal(err)
	}
	wantCode(t, b.Enter(t.Context(), b.ann, idea.ID, lamps.Slug, 1), ideas.ErrEntryElsewhere)
	if n := b.count(t, `SELECT count(*) FROM entries e JOIN ideas i ON i.id = e.idea_id AND i.challenge_id = e.challenge_id WHERE e.terms_version = 1 AND e.account_id = $1`, b.ann.ID); n != 1 {
		t.Errorf("%d entries", n)
	}
	if err := b.Leave(t.Context(), b.ann, idea.ID); err != nil {
		t.Fatal(err)
	}
	wantCode(t, b.Leave(t.Context(), b.ann, idea.ID), ideas.ErrNotEntered)
	if err := b.Enter(t.Context(), b.ann, idea.ID, lamps.Slug, 1); err != nil {
		t.Error(err)
	}
	b.vote(t, idea.ID)
	wantCode(t, b.Leave(t.Context(), b.ann, idea.ID), ideas.ErrLeaveVoted)
}

func TestAChallengeTakesIdeasOnlyInItsTimeAndWithScoresOnlyWithoutVotes(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	scores := b.round(t, "Bags", nil)
	support := b.round(t, "Lamps", func(p *challenges.Plan) { p.Ballot = challenges.Support })
	early := b.round(t, "Chairs", func(p *challenges.Plan) {
		p.Dates.EntriesOpen, p.Dates.VotingOpen = time.Now().Add(time.Minute), time.Now().Add(time.Minute)
	})
	late := b.round(t, "Tables", nil)
	b.exec(t, `UPDATE challenges SET entries_close_at = now() WHERE id = $1`, late.ID)
	unknown := b.round(t, "Forks", func(p *challenges.Plan) {
		at := time.Now().Add(time.Minute)
		p.Dates.Announced, p.Dates.EntriesOpen, p.Dates.VotingOpen = at, at, at
	})
	idea := b.propose(t)
	wantCode(t, b.Enter(t.Context(), b.ann, idea.ID, early.Slug, 1), ideas.ErrEntryEarly)
	wantCode(t, b.Enter(t.Context(), b.ann, idea.ID, late.Slug, 1), ideas.ErrEntryLate)
	wantCode(t, b.Enter(t.Context(), b.ann, idea.ID, unknown.Slug, 1), challenges.ErrNotFound)
	b.vote(t, idea.ID)
	wantCode(t, b.Enter(t.Context(), b.ann, idea.ID, scores.Slug, 1), ideas.ErrEntryVoted)
	if err := b.Enter(t.Context(), b.ann, idea.ID, support.Slug, 1); err != nil {
		t.Errorf("a challenge for support takes an idea with votes: %v", err)
	}
	parked := b.at(t, ideas.Parked)
	wantCode(t, b.Enter(t.Context(), b.ann, parked.ID, support.Slug, 1), ideas.ErrEntryStatus)
	entered := b.propose(t)
	if err := b.Enter(t.Context(), b.ann, entered.ID, scores.Slug, 1); err != nil {
		t.Fatal(err)
	}
	b.exec(t, `UPDATE challenges SET entries_close_at = now() WHERE id = $1`, scores.ID)
	wantCode(t, b.Leave(t.Context(), b.ann, entered.ID), ideas.ErrLeaveLate)
}

func TestAnIdeaProposedForAChallengeIsEnteredOrNothingIsStored(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	held := b.round(t, "Bags", func(p *challenges.Plan) { p.Premoderated = true })
	in := text()
	in.Challenge = &held.Slug
	_, err := b.Propose(t.Context(), b.ann, 0, in)
	wantField(t, err, "challenge", "ideas.terms_missing")
	in.Terms = 7
	_, err = b.Propose(t.Context(), b.ann, 0, in)
	wantField(t, err, "challenge", "ideas.terms_changed")
	nowhere := "nowhere"
	in.Challenge = &nowhere
	_, err = b.Propose(t.Context(), b.ann, 0, in)
	wantField(t, err, "challenge", "challenges.not_found")
	if n := b.count(t, `SELECT count(*) FROM ideas`); n != 0 {
		t.Errorf("%d ideas stored", n)
	}
	in.Challenge, in.Terms = &held.Slug, 1
	id, err := b.SaveDraft(t.Context(), b.ann, 0, in)
	if err != nil {
		t.Fatal(err)
	}
	if _, kept, err := b.TextOf(t.Context(), b.ann, id); err != nil || kept.Challenge == nil || *kept.Challenge != held.Slug {
		t.Errorf("what the draft is meant for: %v, %v", kept.Challenge, err)
	}
	idea, err := b.Propose(t.Context(), b.ann, id, in)
	if err != nil {
		t.Fatal(err)
	}
	if idea.Status != ideas.Held {
		t.Errorf("%s in a challenge that looks first", idea.Status)
	}
	if n := b.count(t, `SELECT count(*) FROM ideas i JOIN entries e ON e.idea_id = i.id WHERE i.challenge_id = $1 AND i.meant_for IS NULL`, held.ID); n != 1 {
		t.Errorf("%d entered", n)
	}
}

// TestOneIdeaEntersOneChallengeHoweverManyTry has votes and two entries race.
func TestOneIdeaEntersOneChallengeHoweverManyTry(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	rounds := []challenges.Challenge{b.round(t, "Bags", nil), b.round(t, "Lamps", nil)}
	idea := b.propose(t)
	var all sync.WaitGroup
	entered := make(chan string, 20)
	for i := range 20 {
		all.Go(func() {
			switch err := b.Enter(t.Context(), b.ann, idea.ID, rounds[i%2].Slug, 1); {
			case err == nil:
				entered <- rounds[i%2].Slug
			case !ideas.ErrEntryElsewhere.Is(err):
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(entered) != 1 {
		t.Errorf("entered %d times", len(entered))
	}
}
