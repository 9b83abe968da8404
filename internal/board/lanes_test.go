package board_test

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/products"
	"prosumer/internal/triage"
)

var terms = triage.Terms{AnswerDays: 10, DecisionDays: 60}

func ticketIDs(list []board.Ticket) []ideas.ID {
	var ids []ideas.ID
	for _, t := range list {
		ids = append(ids, t.ID)
	}
	return ids
}

// asCards has a page of tickets read as one of cards, for what tests ask of both.
func asCards(page board.Page[board.Ticket], err error) (board.Page[board.Card], error) {
	cards := board.Page[board.Card]{Next: page.Next}
	for _, t := range page.Items {
		cards.Items = append(cards.Items, board.Card{ID: t.ID, Tally: t.Tally})
	}
	return cards, err
}

// lanes gives the ideas of each lane that has any, and holds the counts against them.
func (w *world) lanes(q board.StudioQuery) map[string][]ideas.ID {
	w.t.Helper()
	q.Terms = terms
	tickets, err := w.LaneTickets(w.t.Context(), w.boss, q)
	if err != nil {
		w.t.Fatalf("%+v: %v", q, err)
	}
	frame, err := w.StudioFrame(w.t.Context(), w.boss, q)
	if err != nil {
		w.t.Fatalf("%+v: %v", q, err)
	}
	found := map[string][]ideas.ID{}
	for n, lane := range board.Lanes {
		counted := 0
		for _, s := range lane.Statuses {
			counted += frame.Counts[s]
		}
		if counted != len(tickets[n]) {
			w.t.Errorf("%+v: lane %s counts %d and shows %d", q, lane.Key, counted, len(tickets[n]))
		}
		if len(tickets[n]) > 0 {
			found[lane.Key] = ticketIDs(tickets[n])
		}
	}
	return found
}

// came sets how many days ago an idea was submitted.
func (w *world) came(id ideas.ID, days int) {
	w.db.MustExec(`UPDATE ideas SET submitted_at = now() - make_interval(days => $2) WHERE id = $1`, id, days)
}

func (w *world) answer(id ideas.ID) {
	w.t.Helper()
	if err := w.ideas.Answer(w.t.Context(), w.boss, id, "We look at it."); err != nil {
		w.t.Fatal(err)
	}
}

func TestLanesShowTheMostPressingFirstAndTheFiltersHoldForCountsToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.topic("home", false)
	w.topic("checked", true)
	ann, ben := w.person(), w.person(accounts.Team)
	fresh := w.idea(ann, ideas.Text{Title: "Een bel", Topic: "home"})
	late := w.titled("Late for an answer")
	w.came(late, 30)
	undecided := w.titled("Late for a decision")
	w.answer(undecided)
	w.came(undecided, 90)
	dated := w.titled("Dated by hand")
	w.answer(dated)
	w.db.MustExec(`UPDATE ideas SET decide_by = current_date + 1, owner_id = $2 WHERE id = $1`, dated, ben.ID)
	held := w.idea(ann, ideas.Text{Topic: "checked"})
	review, short, made, sold, parked, work, no := w.titled("r"+"eview"), w.titled("shortlist"), w.titled("made"), w.titled("sold"), w.titled("parked"), w.titled("work"), w.titled("refused")
	w.decide(review, ideas.UnderReview)
	w.decide(short, ideas.Shortlisted)
	w.adopt(made, "Made", products.StageAdopted)
	w.adopt(sold, "Sold", products.StageLaunched)
	w.decide(parked, ideas.Parked)
	w.decide(work, ideas.NeedsWork)
	w.decide(no, ideas.Declined)
	w.db.MustExec(`UPDATE ideas SET owner_id = $2 WHERE id = ANY($1)`, pq.Array([]int64{int64(review), int64(no)}), w.boss.ID)
	for range 5 {
		w.vote(w.person(), short)
	}
	w.db.MustExec(`UPDATE ranks SET voters = 5, rising = 9 * ranks_weight(now()) WHERE idea_id = $1`, short)

	for name, c := range map[string]struct {
		q    board.StudioQuery
		want map[string][]ideas.ID
	}{
		"all": {board.StudioQuery{}, map[string][]ideas.ID{
			"held": {held}, "open": {undecided, late, dated, fresh}, "under_review": {review}, "shortlisted": {short},
			"making": {made}, "launched": {sold}, "later": {work, parked}, "declined": {no},
		}},
		"topic":         {board.StudioQuery{Topic: "home"}, map[string][]ideas.ID{"open": {fresh}}},
		"no such topic": {board.StudioQuery{Topic: "none"}, map[string][]ideas.ID{}},
		"mine":          {board.StudioQuery{Owner: board.OwnerMe}, map[string][]ideas.ID{"under_review": {review}, "declined": {no}}},
		"ben's":         {board.StudioQuery{Owner: ben.Handle}, map[string][]ideas.ID{"open": {dated}}},
		"nobody's late": {board.StudioQuery{Owner: board.OwnerNobody, Overdue: true}, map[string][]ideas.ID{"open": {undecided, late}}},
		"unanswered":    {board.StudioQuery{Waiting: true}, map[string][]ideas.ID{"open": {late, fresh}, "under_review": {review}, "shortlisted": {short}}},
		"rising":        {board.StudioQuery{Rising: true}, map[string][]ideas.ID{"shortlisted": {short}}},
		"words":         {board.StudioQuery{Q: "bel"}, map[string][]ideas.ID{"open": {fresh}}},
		"no challenge":  {board.StudioQuery{Challenge: "none"}, map[string][]ideas.ID{}},
	} {
		if diff := cmp.Diff(c.want, w.lanes(c.q)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	w.now = w.now.AddDate(0, 0, 3) // the day set by hand is over
	if got := w.lanes(board.StudioQuery{Overdue: true})["open"]; !slices.Contains(got, dated) || slices.Contains(got, fresh) {
		t.Errorf("late in three days: %v", got)
	}
	for who, actor := range map[string]accounts.Actor{"a visitor": {}, "a member": ann, "a moderator": w.person(accounts.Moderator)} {
		if _, err := w.LaneTickets(t.Context(), actor, board.StudioQuery{}); err == nil {
			t.Errorf("%s sees the lanes", who)
		}
		if _, err := w.StudioFrame(t.Context(), actor, board.StudioQuery{}); err == nil {
			t.Errorf("%s sees what is around them", who)
		}
	}
}

func TestTheStudioBoardAsksThreeQuestions(t *testing.T) {
	t.Parallel()
	w, asked := countedWorld(t)
	w.topic("home", false)
	for n := range 30 {
		w.idea(w.boss, ideas.Text{Title: fmt.Sprintf("Idea %d", n), Topic: "home"})
	}
	for _, q := range []board.StudioQuery{{Terms: terms}, {Terms: terms, Q: "idea", Topic: "home", Overdue: true, Owner: "me"}} {
		w.Board = board.New(w.db, func() time.Time { return w.now }) // nothing is kept from before
		asked.Store(0)
		w.paint(q)
		if n := asked.Load(); n > 3 {
			t.Errorf("%+v: %d questions", q, n)
		}
	}
}

// paint reads what the first paint of the board shows.
func (w *world) paint(q board.StudioQuery) {
	w.t.Helper()
	_, frameErr := w.StudioFrame(w.t.Context(), w.boss, q)
	_, lanesErr := w.LaneTickets(w.t.Context(), w.boss, q)
	_, _, countsErr := w.Counts(w.t.Context())
	if frameErr != nil || lanesErr != nil || countsErr != nil {
		w.t.Fatal(frameErr, lanesErr, countsErr)
	}
}

// BenchmarkStudioBoard is the reading of the board's first paint with 10,000 ideas.
func BenchmarkStudioBoard(b *testing.B) {
	w := newWorld(b)
	for range 10 {
		w.fill(1_000)
	}
	w.db.MustExec(`VACUUM ANALYZE ideas`)
	for range 7 { // plans are made
		w.paint(board.StudioQuery{Terms: terms})
	}
	took := make([]time.Duration, 0, b.N)
	for b.Loop() {
		begun := time.Now()
		w.paint(board.StudioQuery{Terms: terms})
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// countedWorld is a world whose board counts what it asks the database.
func countedWorld(t *testing.T) (*world, *atomic.Int64) {
	t.Helper()
	db, dsn := pgtest.NewWithDSN(t)
	w := worldOn(t, db)
	var asked *atomic.Int64
	w.db, asked = pgtest.Counted(t, dsn)
	return w, asked
}
