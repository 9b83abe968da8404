package bus

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// Run connects, speaks and hears until ctx ends, and connects again for as long
// as it takes whenever the other side is away. It is called once. When ctx ends
// it stops hearing, and takes a second at most to say what is still unsaid.
func (b *Bus) Run(ctx context.Context) {
	if b.way == nil {
		b.log.Error("bus: no address, other servers are not heard")
		<-ctx.Done()
		return
	}
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(b.pace.last, end) })()

	var listening sync.WaitGroup
	listening.Go(func() { b.listen(life) })
	handedOn := make(chan struct{})
	go func() { defer close(handedOn); b.handOn(ctx) }()

	b.speak(ctx, life)
	end()
	listening.Wait()
	select {
	case <-handedOn:
	case <-time.After(b.pace.last):
		b.log.Error("bus: a hearer is still at work, it is not waited for")
	}
}

// firstPause is the longest before the first attempt to connect again.
const firstPause = 100 * time.Millisecond

// listen keeps a session open. The pauses are random, so that a server that
// comes back is not met by all others at once.
func (b *Bus) listen(ctx context.Context) {
	pause := firstPause
	for {
		heard, err := b.session(ctx)
		if ctx.Err() != nil {
			return
		}
		if heard {
			pause = firstPause
			b.log.Warn("bus: connection lost", "error", err)
		} else if b.unheard.allows(b.now()) {
			b.log.Warn("bus: cannot connect", "error", err, "unlogged", b.unheard.skipped())
		}
		if !sleep(ctx, pause/2+rand.N(pause/2), nil) {
			return
		}
		pause = min(2*pause, b.pace.maxPause)
	}
}

// session connects once, and stays for as long as the connection does.
func (b *Bus) session(ctx context.Context) (heard bool, err error) {
	ctx, cut := context.WithCancel(ctx)
	defer cut()
	opening := time.AfterFunc(b.pace.open, cut)
	defer opening.Stop()
	err = b.way.listen(ctx, func() {
		opening.Stop()
		b.line.open(cut)
		nudge(b.opened)
	}, b.hear)
	return b.line.lost(), err
}

// speak says what is unsaid, at most once per pace.every, and something in any
// case every pace.beat.
func (b *Bus) speak(ctx, life context.Context) {
	beat := time.NewTimer(b.pace.beat)
	defer beat.Stop()
	rest, last := time.Duration(0), time.Time{}
	for {
		select {
		case <-ctx.Done():
		case <-b.wake:
			if b.unsaid.empty() { // it went with what was said last
				continue
			}
			sleep(ctx, rest-b.now().Sub(last), b.opened)
		case <-beat.C:
		case <-b.opened:
		}
		sleep(ctx, b.pace.every-b.now().Sub(last), nil)
		if ctx.Err() != nil {
			if !b.unsaid.empty() {
				b.utter(life)
			}
			return
		}
		if b.line.renew(b.now(), b.pace.echo) {
			b.log.Warn("bus: what is said does not come back, connecting anew; does the address lead through a pooler?")
		}
		last, rest = b.now(), b.pace.every
		if b.utter(life) {
			beat.Reset(b.pace.beat)
		} else {
			rest = b.pace.retry
			beat.Reset(rest)
		}
	}
}

// utter says what is unsaid, if only an empty word.
func (b *Bus) utter(life context.Context) bool {
	ctx, done := context.WithTimeout(life, b.pace.speak)
	defer done()
	taken, seq := b.unsaid.take(), b.line.next()
	err := b.way.speak(ctx, encode(b.node, seq, taken))
	b.line.spoke(seq, err == nil, b.now())
	if err != nil {
		b.unsaid.putBack(taken)
		if b.mute.allows(b.now()) {
			b.log.Warn("bus: cannot speak", "error", err, "unlogged", b.mute.skipped())
		}
	}
	return err == nil
}

// sleep waits, less long if ctx ends or someone hurries it, and says whether
// ctx goes on.
func sleep(ctx context.Context, pause time.Duration, hurry <-chan struct{}) bool {
	if pause > 0 && ctx.Err() == nil {
		timer := time.NewTimer(pause)
		defer timer.Stop()
		select {
		case <-ctx.Done():
		case <-hurry:
		case <-timer.C:
		}
	}
	return ctx.Err() == nil
}
