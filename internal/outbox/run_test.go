package outbox_test

import (
	"context"
	"testing"

	"prosumer/internal/outbox"
	"prosumer/internal/pg/pgtest"
)

func TestARunningRelayIsWokenByEachNewFact(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	heard := make(chan string, 10)
	r := relay(db, dsn, &ear{})
	r.On("said", outbox.Typed(func(_ context.Context, fact said) error { heard <- fact.Word; return nil }))
	r.NeverPoll()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { r.Run(ctx); close(ended) }()

	for range 10 {
		put(t, db, "next")
		<-heard
	}

	stop()
	<-ended
	put(t, db, "after the end")
	if got := depth(t, r); got != [2]int{1, 0} {
		t.Errorf("waiting and dead: %v", got)
	}
}
