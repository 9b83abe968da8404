package outbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/outbox"
	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
)

type said struct{ Word string }

// ear notes what it heard, and refuses the first so many times.
type ear struct {
	mu     sync.Mutex
	heard  []string
	refuse int
	fail   func() error
}

func (e *ear) listen(_ context.Context, fact said) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.refuse > 0 {
		e.refuse--
		return e.fail()
	}
	e.heard = append(e.heard, fact.Word)
	return nil
}

func (e *ear) words() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]string{}, e.heard...)
}

func relay(db *sqlx.DB, dsn string, e *ear) *outbox.Relay {
	r := outbox.NewRelay(db, dsn, slog.New(slog.DiscardHandler))
	r.On("said", outbox.Typed(e.listen))
	return r
}

func put(t *testing.T, q pg.Q, word string) {
	t.Helper()
	if err := outbox.Put(t.Context(), q, "said", said{word}); err != nil {
		t.Fatal(err)
	}
}

func depth(t *testing.T, r *outbox.Relay) [2]int {
	t.Helper()
	waiting, dead, err := r.Depth(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return [2]int{waiting, dead}
}

func drain(t *testing.T, r *outbox.Relay) {
	t.Helper()
	if err := r.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestAFactIsDeliveredOnceWhenAllGoesWell(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	var e ear
	r := relay(db, "", &e)
	put(t, db, "one")
	put(t, db, "two")

	drain(t, r)
	drain(t, r)

	if diff := cmp.Diff([]string{"one", "two"}, e.words()); diff != "" {
		t.Error(diff)
	}
	if got := depth(t, r); got != [2]int{0, 0} {
		t.Errorf("left behind: %v", got)
	}
}

func TestAFactWaitsForARelayThatListensToIt(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	if err := outbox.Put(t.Context(), db, "slow", said{"work"}); err != nil {
		t.Fatal(err)
	}
	var quick, slow ear
	drain(t, relay(db, "", &quick))
	drain(t, outbox.NewRelay(db, "", slog.New(slog.DiscardHandler))) // listens to nothing

	r := outbox.NewRelay(db, "", slog.New(slog.DiscardHandler))
	r.On("slow", outbox.Typed(slow.listen))
	drain(t, r)

	if len(quick.words()) != 0 || len(slow.words()) != 1 {
		t.Errorf("heard %q and %q", quick.words(), slow.words())
	}
}

func TestNothingIsDeliveredOfATransactionThatRolledBack(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	var e ear
	r := relay(db, "", &e)
	no := errors.New("no")

	err := pg.InTx(t.Context(), db, func(tx pg.Q) error {
		put(t, tx, "never")
		drain(t, r) // nor while it is not committed
		return no
	})

	if !errors.Is(err, no) {
		t.Fatal(err)
	}
	drain(t, r)
	if words := e.words(); len(words) > 0 {
		t.Errorf("heard %q", words)
	}
}

func TestAFailedFactComesBackAfterAGrowingPauseAndDiesAtLast(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	e := ear{refuse: 1000, fail: func() error { return errors.New("not \x00 now \xff") }}
	r := relay(db, "", &e)
	put(t, db, "late")

	var pauses []float64
	for {
		drain(t, r)
		var row struct {
			Pause   float64    `db:"pause"`
			Failure string     `db:"failure"`
			Dead    *time.Time `db:"dead_at"`
		}
		if err := db.Get(&row, `SELECT extract(epoch FROM due_at - now()) AS pause, failure, dead_at FROM outbox`); err != nil {
			t.Fatal(err)
		}
		if row.Failure == "" {
			t.Fatal("the failure is not kept")
		}
		if row.Dead != nil {
			break
		}
		if n := len(pauses); row.Pause <= 0 || n > 0 && row.Pause < pauses[n-1]-1 || n > 20 {
			t.Fatalf("pauses do not grow: %v, then %v", pauses, row.Pause)
		}
		pauses = append(pauses, row.Pause)
		db.MustExec(`UPDATE outbox SET due_at = now()`)
	}

	var whole float64
	for _, p := range pauses {
		whole += p
	}
	if hours := whole / 3600; hours < 2 || hours > 5 {
		t.Errorf("given up after %.1f hours and %d attempts", hours, len(pauses)+1)
	}
	if got := depth(t, r); got != [2]int{0, 1} {
		t.Errorf("waiting and dead: %v", got)
	}
	db.MustExec(`UPDATE outbox SET due_at = now()`)
	e.refuse = 0
	drain(t, r)
	if words := e.words(); len(words) > 0 {
		t.Errorf("a dead letter was delivered: %q", words)
	}
}

func TestAPanicInAListenerIsAFailureLikeAnyOther(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	e := ear{refuse: 1, fail: func() error { panic("oh") }}
	r := relay(db, "", &e)
	put(t, db, "first")
	put(t, db, "second")

	drain(t, r)
	if diff := cmp.Diff([]string{"second"}, e.words()); diff != "" {
		t.Error(diff)
	}
	db.MustExec(`UPDATE outbox SET due_at = now()`)
	drain(t, r)

	if diff := cmp.Diff([]string{"second", "first"}, e.words()); diff != "" {
		t.Error(diff)
	}
}

func TestAPayloadOfAnotherShapeIsAFailure(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	var e ear
	r := relay(db, "", &e)
	if err := outbox.Put(t.Context(), db, "said", []int{1}); err != nil {
		t.Fatal(err)
	}
	drain(t, r)
	if got := depth(t, r); got != [2]int{1, 0} || len(e.words()) > 0 {
		t.Errorf("waiting and dead: %v, heard %q", got, e.words())
	}
}

func TestAFactThatNeverSettlesIsGivenUp(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	var e ear
	r := relay(db, "", &e)
	put(t, db, "kills the server")
	db.MustExec(`UPDATE outbox SET attempts = 100`) // taken so often, and never heard of again

	drain(t, r)

	if got := depth(t, r); got != [2]int{0, 1} || len(e.words()) > 0 {
		t.Errorf("waiting and dead: %v, heard %q", got, e.words())
	}
}

func TestAStoppedRelayHandsItsFactToTheNext(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	ctx, stop := context.WithCancel(t.Context())
	stopped := outbox.NewRelay(db, "", slog.New(slog.DiscardHandler))
	stopped.On("said", func(ctx context.Context, _ json.RawMessage) error {
		stop()
		return ctx.Err()
	})
	put(t, db, "passed on")

	if err := stopped.Drain(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("the stopped relay says %v", err)
	}
	var e ear
	drain(t, relay(db, "", &e))

	if diff := cmp.Diff([]string{"passed on"}, e.words()); diff != "" {
		t.Error(diff)
	}
}

func TestAFactDeliveredWhileTheServerStopsIsNotDeliveredAgain(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	ctx, stop := context.WithCancel(t.Context())
	stopped := outbox.NewRelay(db, "", slog.New(slog.DiscardHandler))
	stopped.On("said", func(context.Context, json.RawMessage) error { stop(); return nil })
	put(t, db, "done")
	_ = stopped.Drain(ctx)
	if got := depth(t, stopped); got != [2]int{0, 0} {
		t.Errorf("waiting and dead: %v", got)
	}
}

func TestTwoRelaysShareTheWork(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	const facts = 60
	for range facts {
		put(t, db, "x")
	}
	var mine, theirs ear
	var both sync.WaitGroup
	meet := make(chan struct{}, 2) // each takes one before either goes on
	var once [2]sync.Once
	gate := func(n int, e *ear) outbox.Listener {
		return outbox.Typed(func(ctx context.Context, fact said) error {
			once[n].Do(func() {
				meet <- struct{}{}
				for len(meet) < 2 && ctx.Err() == nil {
					time.Sleep(time.Millisecond)
				}
			})
			return e.listen(ctx, fact)
		})
	}
	for n, e := range []*ear{&mine, &theirs} {
		r := outbox.NewRelay(db, "", slog.New(slog.DiscardHandler))
		r.On("said", gate(n, e))
		both.Go(func() {
			if err := r.Drain(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()

	a, b := len(mine.words()), len(theirs.words())
	if a == 0 || b == 0 || a+b != facts {
		t.Errorf("one delivered %d, the other %d", a, b)
	}
}
