package merges_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/merges"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
	"prosumer/internal/votes"
)

// stored is every vote as it stands, without the merge it came by.
func (w *world) stored() (list []string) {
	w.t.Helper()
	const query = `SELECT concat_ws(' ', idea_id, voter_id, score, would_buy, staff, counts, cast_at, address, referrer) FROM votes ORDER BY idea_id, voter_id`
	if err := w.db.Select(&list, query); err != nil {
		w.t.Fatal(err)
	}
	return list
}

func TestMergingUnitesVotersAndUnmergingAtOnceRestoresThem(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	from, into := w.idea(ann), w.idea(ben)
	both, newer, only, staff := w.person(), w.person(), w.person(), w.person(accounts.Moderator)
	w.cast(both, from, false)
	w.cast(both, into, true) // the later one: stays
	w.cast(newer, into, false)
	w.cast(newer, from, true) // the later one: comes over
	w.cast(only, from, true)
	w.cast(staff, from, false)
	w.cast(ben, from, true) // the target's contributor: does not come over
	w.cast(ann, into, false)
	apart := w.person()
	w.cast(apart, from, true)
	w.db.MustExec(`UPDATE votes SET counts = false, address = 7, referrer = 'example.org' WHERE voter_id = $1`, apart.ID)
	w.db.MustExec(`UPDATE tallies SET voters = voters - 1, would_buy = would_buy - 1 WHERE idea_id = $1`, from)
	w.db.MustExec(`INSERT INTO vote_events SELECT now(), idea_id, voter_id, 1000, false, score, would_buy, staff, counts FROM votes WHERE voter_id = $1`, apart.ID)
	w.db.MustExec(`UPDATE tallies SET revision = 1000 WHERE idea_id = $1`, from)
	w.exact()
	before, wasFrom, wasInto := w.stored(), w.figures(from), w.figures(into)

	preview, err := w.Preview(t.Context(), w.boss, from, into)
	if err != nil || preview.Carried != 5 || preview.Both != 2 || preview.Newer != 1 || preview.Own != 1 || preview.After.Voters != 4 {
		t.Errorf("preview %+v (%v)", preview, err)
	}
	m, err := w.Merge(t.Context(), w.boss, from, into, "<p>Both <b>fold</b>.</p>")
	if err != nil || m.From != from || m.Into != into || m.Note != "Both fold." {
		t.Fatalf("%+v (%v)", m, err)
	}
	if got, want := w.figures(into), [3]int{4, 3, 1}; got != want || preview.After.WouldBuy != 3 || preview.After.Staff != 1 {
		t.Errorf("the target has %v, want %v, foreseen %v", got, want, preview.After)
	}
	if got := w.figures(from); got != wasFrom || w.status(from) != ideas.Merged {
		t.Errorf("the merged idea has %v and is %s", got, w.status(from))
	}
	if n := w.count(`SELECT count(*) FROM votes a JOIN votes b USING (voter_id, cast_at) WHERE a.idea_id = $1 AND b.idea_id = $2 AND b.via = $3`, from, into, m.ID); n != 4 {
		t.Errorf("%d copies kept their time", n)
	}
	w.exact()
	if len(w.heard) != 2 || w.heard[0].Idea == w.heard[1].Idea {
		t.Errorf("heard %+v", w.heard)
	}
	if _, err := w.votes.Cast(t.Context(), only, from, votes.Choice{}); !errors.Is(err, votes.ErrMerged) {
		t.Errorf("a vote on the merged idea: %v", err)
	}

	w.unmerge(from)
	if diff := cmp.Diff(before, w.stored()); diff != "" {
		t.Errorf("votes (-before +after):\n%s", diff)
	}
	if got := w.figures(into); got != wasInto || w.figures(from) != wasFrom || w.status(from) != ideas.Open {
		t.Errorf("back to %v, %v, %s", got, w.figures(from), w.status(from))
	}
	w.exact()
	if n := w.count(`SELECT (SELECT count(*) FROM votes WHERE via IS NOT NULL) + (SELECT count(*) FROM merge_replaced) + (SELECT count(*) FROM co_creators)`); n != 0 {
		t.Errorf("%d rows of the merge stayed", n)
	}
}

func TestABallotMakesACopyTheVotersOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	from, into := w.idea(w.person()), w.idea(w.person())
	same, other, gone := w.person(), w.person(), w.person()
	for _, v := range []accounts.Actor{same, other, gone} {
		w.cast(v, into, false)
		w.cast(v, from, true)
	}
	w.merge(from, into)
	w.cast(same, into, true)   // the same choice as the copy's
	w.cast(other, into, false) // another
	w.retract(gone, into)
	w.unmerge(from)
	if got, want := w.figures(into), [3]int{2, 1, 0}; got != want {
		t.Errorf("the target has %v, want %v", got, want)
	}
	if got, want := w.figures(from), [3]int{3, 3, 0}; got != want {
		t.Errorf("the other has %v, want %v", got, want)
	}
	w.exact()
}

func TestWhicheverOfSeveralMergesIsUndoneTheOthersStay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	into := w.idea(w.person())
	first, second, third := w.idea(w.person()), w.idea(w.person()), w.idea(w.person())
	v := w.person()
	w.cast(v, first, true)
	w.cast(v, third, false)
	w.cast(v, second, true)
	for _, order := range [][3]ideas.ID{{first, second, third}, {third, second, first}, {second, first, third}, {second, third, first}} {
		for _, id := range []ideas.ID{first, second, third} {
			w.merge(id, into)
		}
		for n, id := range order {
			if got := w.figures(into)[0]; got != 1 {
				t.Errorf("%v: %d voters with %d merges left", order, got, 3-n)
			}
			w.unmerge(id)
		}
		if got := w.figures(into); got != [3]int{} {
			t.Errorf("%v: %v left", order, got)
		}
	}
	w.exact()
}

func TestVotesAndTheirMergesAreRestoredFromTheLedger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	from, into := w.idea(w.person()), w.idea(w.person())
	v, u := w.person(), w.person()
	w.cast(v, into, false)
	w.cast(v, from, true)
	w.cast(u, from, true)
	w.merge(from, into)
	before := w.stored()
	w.db.MustExec(`DELETE FROM votes`)
	if _, err := w.votes.ReplayLedger(t.Context(), true, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, w.stored()); diff != "" {
		t.Errorf("votes (-before +after):\n%s", diff)
	}
	w.unmerge(from)
	if got := w.figures(into); got != [3]int{1, 0, 0} {
		t.Errorf("the target has %v", got)
	}
	w.exact()
}

func TestContributorsBecomeCoCreatorsAndEverybodyIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben, cas, fan := w.person(), w.person(), w.person(), w.person()
	a, b, c := w.idea(ann), w.idea(ben), w.idea(cas)
	if err := w.notices.Follow(t.Context(), fan, a); err != nil {
		t.Fatal(err)
	}
	names := func(id ideas.ID) (list []accounts.ID) {
		var found []ideas.CoCreator
		if err := pg.Together(t.Context(), w.db, ideas.CoCreatorsPart([]ideas.ID{id}, &found)); err != nil {
			t.Fatal(err)
		}
		for _, c := range found {
			list = append(list, c.Account)
		}
		return list
	}
	w.merge(a, b)
	w.merge(b, c)
	if diff := cmp.Diff([]accounts.ID{ann.ID, ben.ID}, names(c)); diff != "" {
		t.Error(diff)
	}
	var follows bool
	if err := pg.Together(t.Context(), w.db, notices.FollowingPart(fan, c, &follows)); err != nil || !follows {
		t.Errorf("the follower follows: %v (%v)", follows, err)
	}
	if err := w.Unmerge(t.Context(), w.boss, a); !errors.Is(err, merges.ErrMovedOn) {
		t.Errorf("out of a merged idea: %v", err)
	}
	w.unmerge(b)
	if diff := cmp.Diff([]accounts.ID(nil), names(c)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]accounts.ID{ann.ID}, names(b)); diff != "" {
		t.Error(diff)
	}
	if n := w.count(`SELECT count(*) FROM outbox WHERE topic = 'notices.spread'`); n != 3 {
		t.Errorf("%d facts to tell", n)
	}
	var went *merges.Merge
	var took []merges.Merge
	err := pg.Together(t.Context(), w.db, merges.Part(b, &went, &took))
	if err != nil || went != nil || len(took) != 1 || took[0].From != a || took[0].FromTitle == "" {
		t.Errorf("%+v %+v (%v)", went, took, err)
	}
}

func TestMergesThatMakeNoSenseAreRefusedAndLeaveNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	open, other := w.idea(w.person()), w.idea(w.person())
	merged, target := w.idea(w.person()), w.idea(w.person())
	w.merge(merged, target)
	adopted, declined, withdrawn, owner := w.idea(w.person()), w.idea(w.person()), ideas.ID(0), w.person()
	w.decide(adopted, ideas.Adopted)
	w.decide(declined, ideas.Declined)
	withdrawn = w.idea(owner)
	if err := w.ideas.Withdraw(t.Context(), owner, withdrawn); err != nil {
		t.Fatal(err)
	}
	hidden := w.idea(w.person())
	w.db.MustExec(`UPDATE ideas SET hidden = true WHERE id = $1`, hidden)
	draft, err := w.ideas.SaveDraft(t.Context(), owner, 0, ideas.Text{Title: "A lamp"})
	if err != nil {
		t.Fatal(err)
	}
	support, again := w.challenge(challenges.Support, ""), w.challenge(challenges.Support, "")
	scored, sealed, over := w.challenge(challenges.Score, ""), w.challenge(challenges.Support, challenges.UntilClose), w.challenge(challenges.Support, "")
	w.db.MustExec(`UPDATE challenges SET entries_close_at = $2, voting_close_at = $2, results_at = $2 WHERE id = $1`, over.ID, time.Now().Add(-time.Minute))
	before := w.stored()
	for name, c := range map[string]struct {
		from, into ideas.ID
		want       error
	}{
		"into itself":               {open, open, merges.ErrItself},
		"from a merged one":         {merged, open, merges.ErrFromMerged},
		"into a merged one":         {open, merged, merges.ErrIntoMerged},
		"in a circle":               {target, merged, merges.ErrIntoMerged},
		"from an adopted one":       {adopted, open, merges.ErrFromClosed},
		"from a declined one":       {declined, open, merges.ErrFromClosed},
		"from a withdrawn one":      {withdrawn, open, merges.ErrFromClosed},
		"from a hidden one":         {hidden, open, merges.ErrFromClosed},
		"into an adopted one":       {open, adopted, merges.ErrIntoClosed},
		"into a declined one":       {open, declined, merges.ErrIntoClosed},
		"into a hidden one":         {open, hidden, merges.ErrIntoClosed},
		"into a draft":              {open, draft, ideas.ErrNotFound},
		"into nothing":              {open, 9999, ideas.ErrNotFound},
		"support into scores":       {open, w.entry(scored), merges.ErrBallot},
		"scores into support":       {w.entry(scored), w.entry(support), merges.ErrBallot},
		"inside a sealed challenge": {w.entry(sealed), w.entry(sealed), merges.ErrSealed},
		"into a sealed challenge":   {open, w.entry(sealed), merges.ErrSealed},
		"out of a sealed challenge": {w.entry(sealed), open, merges.ErrSealed},
		"across challenges":         {w.entry(support), w.entry(again), merges.ErrChallenge},
		"out of a challenge":        {w.entry(support), open, merges.ErrChallenge},
		"after the results":         {w.entry(over), w.entry(over), merges.ErrResults},
	} {
		if _, err := w.Merge(t.Context(), w.boss, c.from, c.into, ""); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if _, err := w.Preview(t.Context(), w.boss, c.from, c.into); !errors.Is(err, c.want) {
			t.Errorf("preview %s: %v, want %v", name, err, c.want)
		}
	}
	for name, by := range map[string]accounts.Actor{"visitor": {}, "member": w.person(), "moderator": w.person(accounts.Moderator)} {
		if _, err := w.Merge(t.Context(), by, open, other, ""); fault.Of(err).Kind != fault.SignIn && !errors.Is(err, ideas.ErrTeamOnly) {
			t.Errorf("%s: %v", name, err)
		}
		if err := w.Unmerge(t.Context(), by, merged); fault.Of(err).Kind != fault.SignIn && !errors.Is(err, ideas.ErrTeamOnly) {
			t.Errorf("%s unmerges: %v", name, err)
		}
	}
	if err := w.Unmerge(t.Context(), w.boss, open); !errors.Is(err, merges.ErrNotMerged) {
		t.Errorf("unmerge what is not merged: %v", err)
	}
	w.decide(target, ideas.Adopted)
	if err := w.Unmerge(t.Context(), w.boss, merged); !errors.Is(err, merges.ErrMade) {
		t.Errorf("out of an adopted one: %v", err)
	}
	if n := w.count(`SELECT count(*) FROM merges`); n != 1 || len(w.heard) != 2 || !cmp.Equal(before, w.stored()) {
		t.Errorf("%d merges, heard %d tallies", n, len(w.heard))
	}
	w.exact()
}

func TestTheDatabaseHoldsWhatMergesMayBe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b, c := w.idea(w.person()), w.idea(w.person()), w.idea(w.person())
	w.merge(a, b)
	insert := func(from, into ideas.ID) error {
		_, err := w.db.Exec(`INSERT INTO merges (from_idea, into_idea, by_id) VALUES ($1, $2, $3)`, from, into, w.boss.ID)
		return err
	}
	for name, c := range map[string]struct {
		err        error
		constraint string
	}{
		"into itself": {insert(c, c), "merges_not_itself"},
		"twice":       {insert(a, c), "merges_once"},
		"in a circle": {insert(b, a), "merges_into_merged"},
	} {
		if !pg.Violates(c.err, c.constraint) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	if _, err := w.db.Exec(`DELETE FROM ideas WHERE id = $1`, a); !pg.Violates(err, "merges_live") {
		t.Errorf("an idea deleted while it is merged: %v", err)
	}
	w.unmerge(a)
	if _, err := w.db.Exec(`DELETE FROM ideas WHERE id = $1`, a); err != nil {
		t.Errorf("and after: %v", err)
	}
}
