package standing_test

import (
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/merges"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
	"prosumer/internal/standing"
	"prosumer/internal/votes"
)

// entries writes somebody's ledger, by number and kind: kind, points, and a mark for
// what was taken back and for what takes back.
func (w *world) entries(who accounts.Actor) []string {
	w.t.Helper()
	var list []string
	const query = `
		SELECT kind || ' ' || points || CASE WHEN worth > points AND reverses IS NULL THEN ' of ' || worth ELSE '' END || CASE WHEN reverses IS NOT NULL THEN ' back' ELSE '' END
		FROM standing_entries WHERE account_id = $1 ORDER BY n, kind, id`
	if err := w.db.Select(&list, query, who.ID); err != nil {
		w.t.Fatal(err)
	}
	return list
}

func (w *world) ledger(who accounts.Actor, want ...string) {
	w.t.Helper()
	if diff := cmp.Diff(want, w.entries(who)); diff != "" {
		w.t.Errorf("ledger of %s (-want +got):\n%s", who.Name, diff)
	}
}

func (w *world) exact() {
	w.t.Helper()
	found, err := w.keeper.Check(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	if !found.Exact() {
		w.t.Errorf("the check found %+v", found)
	}
}

func (w *world) refresh() {
	w.t.Helper()
	if err := w.keeper.Refresh(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// comment writes one on an idea, and so many people thank its author.
func (w *world) comment(idea ideas.ID, by accounts.Actor, thanks int) int64 {
	w.t.Helper()
	var id int64
	const query = `INSERT INTO comments (idea_id, author_id, kind, source, html, text) VALUES ($1, $2, 'suggestion', 'x', 'x', 'x') RETURNING id`
	if err := w.db.Get(&id, query, idea, by.ID); err != nil {
		w.t.Fatal(err)
	}
	for range thanks {
		w.db.MustExec(`INSERT INTO thanks (comment_id, author_id, from_id, reason) VALUES ($1, $2, $3, 'useful')`, id, by.ID, w.person().ID)
	}
	return id
}

func (w *world) takeUp(comment int64, by accounts.Actor) {
	w.t.Helper()
	w.db.MustExec(`INSERT INTO taken_up (comment_id, idea_id, account_id, what_for, by_id) SELECT id, idea_id, author_id, 'the hinge', $2 FROM comments WHERE id = $1`, comment, by.ID)
}

func TestTheTableOfPointsIsAsThePackageSays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	table, err := w.keeper.Table(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[standing.Kind]int{}
	for _, row := range table {
		got[row.Kind] = row.Points
		if row.Kind == standing.Votes && (row.Per != standing.VotersPerPoint || row.Most == nil || *row.Most != standing.MaxVotePoints) {
			t.Errorf("votes: %+v", row)
		}
	}
	want := map[standing.Kind]int{
		standing.Shortlisted: standing.PointsShortlisted, standing.Adopted: standing.PointsAdopted, standing.Launched: standing.PointsLaunched,
		standing.CoCreated: standing.PointsCoCreated, standing.TakenUp: standing.PointsTakenUp, standing.Merged: standing.PointsMerged,
		standing.BuiltOn: standing.PointsBuiltOn, standing.Thanked: standing.PointsThanked, standing.Scored: standing.PointsScored,
		standing.Tested: standing.PointsTested, standing.Votes: 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatIsUndoneGetsACounterEntryAndComesBackAsANewOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.person()
	id := w.idea(ann, 25)
	w.decide(id, ideas.Shortlisted)
	w.refresh()
	w.ledger(ann, "shortlisted 20", "votes 2")
	w.db.MustExec(`UPDATE ideas SET hidden = true WHERE id = $1`, id)
	w.refresh()
	w.refresh()
	w.ledger(ann, "shortlisted 20", "votes 2", "shortlisted -20 back", "votes -2 back")
	w.has(ann, row{})
	w.db.MustExec(`UPDATE ideas SET hidden = false WHERE id = $1`, id)
	w.refresh()
	w.ledger(ann, "shortlisted 20", "votes 2", "shortlisted -20 back", "votes -2 back", "shortlisted 20", "votes 2")
	w.exact()
	list, more, err := w.keeper.Ledger(t.Context(), ann.ID, 1)
	if err != nil || more || len(list) != 6 {
		t.Fatal(list, more, err)
	}
	undone, counter := 0, 0
	for _, e := range list {
		if e.Undone {
			undone++
		}
		if e.Counter {
			counter++
		}
		if e.Title != "A lamp" || e.Idea == nil {
			t.Errorf("%+v does not say what for", e)
		}
	}
	if undone != 2 || counter != 2 {
		t.Errorf("%d undone by %d", undone, counter)
	}
}

func TestAVoteToAndFroWritesNoEntries(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.person()
	id := w.idea(ann, 30)
	w.all()
	for _, voters := range []int{29, 30, 29, 21, 31, 40, 39, 30} {
		w.db.MustExec(`UPDATE tallies SET voters = $2, staff = 0 WHERE idea_id = $1`, id, voters)
		w.keeper.Changed(id)
		w.refresh()
	}
	w.ledger(ann, "votes 3", "votes 1", "votes -3 back", "votes -1 back", "votes 3")
	w.exact()
}

func TestADayHasItsCap(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	id := w.idea(ann, 0)
	first := w.comment(id, ben, 4)
	w.refresh()
	w.comment(id, ben, 3)
	w.refresh()
	w.ledger(ben, "thanked 2", "thanked 2", "thanked 2", "thanked 2", "thanked 2", "thanked 0 of 2", "thanked 0 of 2")
	w.has(ben, row{Points: 10, Month: 10})
	w.exact()
	w.db.MustExec(`DELETE FROM thanks WHERE comment_id = $1`, first) // thanks taken back
	w.refresh()
	w.has(ben, row{Points: 2, Month: 2})
	w.exact()
}

func TestCreditForHelpingIsTakenBackWithIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	id := w.idea(ann, 0)
	c := w.comment(id, ben, 1)
	w.takeUp(c, ann)
	w.refresh()
	w.ledger(ben, "taken_up 30", "thanked 2")
	w.db.MustExec(`UPDATE comments SET hidden = true WHERE id = $1`, c)
	w.refresh()
	w.has(ben, row{})
	w.db.MustExec(`UPDATE comments SET hidden = false WHERE id = $1`, c)
	w.refresh()
	w.has(ben, row{Points: 32, Month: 32})
	w.db.MustExec(`UPDATE taken_up SET undone_at = now(), undone_by = $1`, ann.ID)
	w.refresh()
	w.has(ben, row{Points: 2, Month: 2})
	w.exact()
}

func TestAnIdeaThatWasBuiltOnEarnsOnceTheOtherIsAdopted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	first, second := w.idea(ann, 0), w.idea(ben, 0)
	w.db.MustExec(`INSERT INTO remixes (idea_id, of_idea) VALUES ($2, $1)`, first, second)
	w.refresh()
	w.ledger(ann)
	w.adopt(second)
	w.refresh()
	w.ledger(ann, "built_on 20")
	if err := w.products.Undo(t.Context(), w.boss, second); err != nil {
		t.Fatal(err)
	}
	w.refresh()
	w.ledger(ann, "built_on 20", "built_on -20 back")
}

func TestBadgesComeAndGoByRule(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	id := w.idea(ann, 0)
	for range 5 {
		w.takeUp(w.comment(id, ben, 2), ann)
	}
	w.refresh()
	earned := func(who accounts.Actor) string {
		list, err := w.keeper.Badges(t.Context(), who.ID)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, b := range list {
			names = append(names, b.Name)
		}
		return strings.Join(names, " ")
	}
	if got := earned(ben); got != "critic_1 critic_5 thanked_10" {
		t.Errorf("ben has %q", got)
	}
	if got := earned(ann); got != "first_idea" {
		t.Errorf("ann has %q", got)
	}
	w.db.MustExec(`UPDATE taken_up SET undone_at = now(), undone_by = $1 WHERE id = (SELECT max(id) FROM taken_up)`, ann.ID)
	w.refresh()
	if got := earned(ben); got != "critic_1 thanked_10" {
		t.Errorf("ben has %q", got)
	}
}

func TestTrustIsEarnedAndLostButNeverTakenFromWhoWasGivenIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben, eve := w.person(), w.person(accounts.Trusted), w.person()
	w.db.MustExec(`UPDATE accounts SET email = handle || '@example.com', email_key = handle, created_at = now() - interval '31 days'`)
	roles := func(who accounts.Actor) string {
		var r string
		if err := w.db.Get(&r, `SELECT array_to_string(roles, ' ') FROM accounts WHERE id = $1`, who.ID); err != nil {
			t.Fatal(err)
		}
		return r
	}
	var mine []ideas.ID
	for _, who := range []accounts.Actor{ann, ben, eve} {
		for range 2 {
			id := w.idea(who, 0)
			w.adopt(id)
			mine = append(mine, id)
		}
	}
	account, err := w.accounts.ByID(t.Context(), eve.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.accounts.Promote(t.Context(), account, accounts.Member); err != nil { // taken by hand
		t.Fatal(err)
	}
	w.refresh()
	if a, b, e := roles(ann), roles(ben), roles(eve); a != "member trusted" || b != "member trusted" || e != "member" {
		t.Errorf("earned: %q, %q, %q", a, b, e)
	}
	w.db.MustExec(`UPDATE ideas SET hidden = true WHERE id = ANY($1)`, pg.IDs(mine))
	w.refresh()
	if a, b := roles(ann), roles(ben); a != "member" || b != "member trusted" {
		t.Errorf("lost: %q, %q", a, b)
	}
}

func TestTheLedgerRefusesToBeRewritten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.person()
	w.decide(w.idea(ann, 0), ideas.Shortlisted)
	w.refresh()
	for _, query := range []string{`UPDATE standing_entries SET points = 7`, `DELETE FROM standing_entries`} {
		if _, err := w.db.Exec(query); !pg.Violates(err, "standing_entries_append_only") {
			t.Errorf("%s: %v", query, err)
		}
	}
	if _, err := w.db.Exec(`INSERT INTO standing_entries (account_id, kind, source, n, worth, points, at) SELECT account_id, kind, source, n, worth, points, at FROM standing_entries`); !pg.Violates(err, "standing_entries_once") {
		t.Errorf("one entry twice: %v", err)
	}
	w.db.MustExec(`UPDATE standings SET points = points + 1`)
	found, err := w.keeper.Check(t.Context())
	if err != nil || found.Exact() || len(found.Totals) != 1 || found.Totals[0].Says != 21 || found.Totals[0].Sum != 20 {
		t.Errorf("a wrong total: %+v, %v", found, err)
	}
	w.all()
	w.exact()
	w.db.MustExec(`UPDATE standing_points SET points = 30 WHERE kind = 'shortlisted'`)
	if found, err := w.keeper.Check(t.Context()); err != nil || found.Exact() || found.Due != 1 {
		t.Errorf("a new table of points: %+v, %v", found, err)
	}
	w.all()
	w.has(ann, row{Points: 30, Month: 30, Ideas: 1})
	w.exact()
}

// TestTwoServersSettleOneLedger has two keepers, and both settle everybody
// while ideas are merged and taken apart again.
func TestTwoServersSettleOneLedger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	merging := merges.NewService(w.db, w.ideas, notices.NewService(w.db), func([]votes.Tally) {})
	ann, ben := w.person(), w.person()
	from, into := w.idea(ann, 0), w.idea(ben, 0)
	w.decide(from, ideas.Shortlisted)
	other := standing.NewKeeper(w.db, slog.New(slog.DiscardHandler))
	stop := make(chan struct{})
	var wait sync.WaitGroup
	for _, k := range []*standing.Keeper{w.keeper, other} {
		for _, settle := range []func() error{func() error { return k.All(t.Context()) }, func() error { return k.Refresh(t.Context()) }} {
			wait.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						if err := settle(); err != nil {
							t.Error(err)
							return
						}
					}
				}
			})
		}
	}
	for range 10 {
		if _, err := merging.Merge(t.Context(), w.boss, from, into, ""); err != nil {
			t.Error(err)
		}
		if err := merging.Unmerge(t.Context(), w.boss, from); err != nil {
			t.Error(err)
		}
	}
	if _, err := merging.Merge(t.Context(), w.boss, from, into, ""); err != nil {
		t.Error(err)
	}
	close(stop)
	wait.Wait()
	w.refresh()
	w.exact()
	var twice int
	const query = `SELECT count(*) FROM (SELECT 1 FROM standing_entries WHERE kind <> 'votes' GROUP BY account_id, kind, source HAVING sum(worth) NOT IN (0, (array_agg(abs(worth)))[1])) AS t`
	if err := w.db.Get(&twice, query); err != nil || twice != 0 {
		t.Errorf("%d facts count twice, %v", twice, err)
	}
	w.has(ann, row{Points: standing.PointsMerged, Month: standing.PointsMerged})
}
