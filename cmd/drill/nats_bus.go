package main

import (
	"context"
	"fmt"
	"time"
)

// The load of N1, and its goals.
const (
	busIdeas    = 5
	busRate     = 50
	busWatchers = 20
	busLate     = 5 * time.Second
	busHealthy  = 250 * time.Millisecond
	busHeal     = 10 * time.Second // the most that healing by itself may take
	busLatency  = time.Second      // of a slow bus, each way
)

// pairOfNodes is two servers on one board: votes go to the one, watchers sit
// at the other.
type pairOfNodes struct {
	voted, watched *node
	herd           *herd
	votes          *steady
	figures        []figure
	before         string // how busy the machine was
}

// pairUp starts the servers and the watchers.
func (l *lab) pairUp(ctx context.Context, env ...string) (*pairOfNodes, *board, error) {
	b, err := l.board(ctx, busIdeas, 100)
	if err != nil {
		return nil, nil, err
	}
	p := &pairOfNodes{before: pressed()}
	if p.voted, err = l.serve(ctx, serveOptions{DSN: b.DSN, Env: env}); err != nil {
		return nil, nil, err
	}
	if p.watched, err = l.serve(ctx, serveOptions{DSN: b.DSN, Env: env}); err != nil {
		return nil, nil, err
	}
	if p.herd, err = watchersOf(p.watched, b.Ideas, busWatchers, 1); err != nil {
		return nil, nil, err
	}
	p.votes = votesOn(p.voted, b, b.Ideas, busRate)
	p.herd.start(ctx, 100)
	if _, n := p.herd.await(ctx, 0, 10*time.Second); n < busWatchers {
		return nil, nil, fmt.Errorf("%d of %d watchers were told the state", n, busWatchers)
	}
	return p, b, nil
}

// phase votes for a while and judges what the watchers of the other server
// heard: the p99 where the way is whole, the latest where it is broken.
func (p *pairOfNodes) phase(ctx context.Context, name string, whole bool, do func(context.Context)) {
	_, before := p.votes.taken()
	from, to := p.votes.during(ctx, do)
	p.settle(ctx, whole)
	receipts, failed := p.votes.taken()
	delays, never := p.herd.delays(receipts, from, to)
	if whole {
		p.figures = append(p.figures, prompt(name+": p99 delay at the other server", delays, 0.99, busHealthy))
	} else {
		p.figures = append(p.figures,
			told(name+": p50 delay at the other server", "%s", middle(delays)),
			prompt(name+": longest delay at the other server", delays, 1, busLate))
	}
	times := answers(receipts, from, to)
	p.figures = append(p.figures,
		none(name+": votes not heard of at the other server", never),
		failures(name+": votes failed", lessThan(failed, before)),
		told(name+": p99 of a vote", "%s, %d votes", span(quantile(times, 0.99)), len(times)))
}

// settle gives the last votes the time that the goal allows.
func (p *pairOfNodes) settle(ctx context.Context, whole bool) {
	if whole {
		rest(ctx, time.Second)
		return
	}
	rest(ctx, busLate+time.Second)
}

// heals votes until the other server hears within the goal of a whole way
// again, and says how long that took.
func (p *pairOfNodes) heals(ctx context.Context, name string) {
	begun := time.Now()
	for {
		from, to := p.votes.during(ctx, forAbout(500*time.Millisecond))
		rest(ctx, 2*busHealthy)
		receipts, _ := p.votes.taken()
		delays, never := p.herd.delays(receipts, from, to)
		if never == 0 && len(delays) > 0 && quantile(delays, 1) < busHealthy {
			p.figures = append(p.figures, within(name+": quick again after", from.Sub(begun), busHeal))
			return
		}
		if time.Since(begun) > busHeal || ctx.Err() != nil {
			p.figures = append(p.figures, holds(name+": quick again within "+span(busHeal), false))
			return
		}
	}
}

// natsGone is N1.
func natsGone(ctx context.Context, l *lab) outcome {
	bus, err := l.hostNATS()
	if err != nil {
		return broke(err)
	}
	way, err := l.proxyTo("tcp", bus.address)
	if err != nil {
		return broke(err)
	}
	ctx, stop := context.WithCancel(ctx)
	p, b, err := l.pairUp(ctx, "NATS_URL=nats://"+way.Address)
	if err != nil {
		stop()
		return broke(err)
	}
	defer p.herd.running.Wait()
	defer stop()
	lasts := l.lasts(4*time.Second, 2*time.Second)
	connected := bus.clients()
	p.phase(ctx, "whole", true, forAbout(lasts))

	bus.stop()
	p.phase(ctx, "NATS gone", false, forAbout(l.lasts(7*time.Second, 4*time.Second)))
	if err := bus.start(); err != nil {
		return broke(err, p.figures...)
	}
	p.heals(ctx, "NATS back")
	p.phase(ctx, "NATS back", true, forAbout(lasts))

	way.set(weather{Latency: busLatency})
	p.phase(ctx, "NATS slow", false, forAbout(lasts))
	way.set(weather{Hold: true})
	p.phase(ctx, "NATS mute", false, forAbout(lasts))
	way.set(weather{})
	p.heals(ctx, "NATS quick")
	o := p.verdict(ctx, b)
	o.Figures = append([]figure{{Name: "connections to NATS", Value: fmt.Sprint(connected), Goal: "at least 2", Met: connected >= 2}}, o.Figures...)
	o.Passed = o.Passed && connected >= 2
	o.Notes = append(o.Notes, fmt.Sprintf("A slow NATS takes %s longer each way; a mute one takes everything and passes nothing on.", span(busLatency)))
	return o
}

// listenerCut is N1 for the way that is there without a setting.
func listenerCut(ctx context.Context, l *lab) outcome {
	ctx, stop := context.WithCancel(ctx)
	p, b, err := l.pairUp(ctx)
	if err != nil {
		stop()
		return broke(err)
	}
	defer p.herd.running.Wait()
	defer stop()
	lasts := l.lasts(4*time.Second, 2*time.Second)
	p.phase(ctx, "whole", true, forAbout(lasts))
	ended := 0
	p.phase(ctx, "listeners ended", false, func(ctx context.Context) {
		for end := time.Now().Add(l.lasts(8*time.Second, 4*time.Second)); time.Now().Before(end); {
			n, err := b.endListeners(ctx)
			if err == nil {
				ended += n
			}
			if !rest(ctx, 100*time.Millisecond) {
				return
			}
		}
	})
	p.heals(ctx, "left alone")
	p.phase(ctx, "left alone", true, forAbout(lasts))
	o := p.verdict(ctx, b)
	o.Figures = append([]figure{{Name: "listening backends ended", Value: fmt.Sprint(ended), Goal: "at least 2", Met: ended >= 2}}, o.Figures...)
	o.Passed = o.Passed && ended >= 2
	return o
}

// endListeners terminates the backends of the board's database whose last
// statement was LISTEN.
func (b *board) endListeners(ctx context.Context) (int, error) {
	return b.count(ctx, `
		SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid() AND query ILIKE 'listen %'`)
}

// verdict adds what must hold at rest: both servers and the database agree.
func (p *pairOfNodes) verdict(ctx context.Context, b *board) outcome {
	rest(ctx, time.Second)
	stored, err := b.tallies(ctx, b.Ideas)
	if err != nil {
		return broke(err, p.figures...)
	}
	wrong, example := p.herd.wrong(stored)
	p.figures = append(p.figures,
		none("last tallies at the other server that differ from the database", wrong),
		told("connections lost by the watchers", "%d", int(p.herd.welcomed.Load())-busWatchers),
		holds("both servers still run", p.voted.alive() && p.watched.alive()))
	o := judged(p.figures, fmt.Sprintf("%d votes a second at one server on %d ideas, watched by %d at the other. %s", busRate, busIdeas, busWatchers, skippedNote(p.votes)), p.before)
	if wrong > 0 {
		o.Notes = append(o.Notes, example)
	}
	return o
}
