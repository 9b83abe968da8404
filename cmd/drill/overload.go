package main

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// overloadDrills are the drills of more requests than the server can serve.
func overloadDrills() []drill {
	return []drill{{
		ID: "S2", Title: "Five times what it can serve", Run: overload,
		Goal: "goodput at least 80 % of the best, p99 of accepted at most 2 s, the rest 503 or 429 within 50 ms with Retry-After; log-ins and votes before search and export",
	}}
}

// The load of S2, and its goals.
const (
	overIdeas   = 2000
	overPiece   = 200
	overMembers = 512
	overTimes   = 5
	overKeeps   = 80 // percent of the best
	overAnswer  = 2 * time.Second
	overShed    = 50 * time.Millisecond
	overLogIns  = 3 // a second, each a password to be hashed
	overClients = 64
	overFar     = 20 * time.Millisecond // to the database, each way
)

// overload is S2: first with search and long lists among the votes, then with
// votes alone.
func overload(ctx context.Context, l *lab) outcome {
	before := pressed()
	if why := roomFor(overFlight); why != "" {
		return impossible(why)
	}
	b, err := l.board(ctx, overPiece, overMembers)
	if err != nil {
		return broke(err)
	}
	for len(b.Ideas) < overIdeas { // in pieces: a statement may take 3 s
		more, err := b.open(ctx, overPiece)
		if err != nil {
			return broke(err)
		}
		b.Ideas = append(b.Ideas, more...)
	}
	far, err := l.proxyToPostgres()
	if err != nil {
		return broke(err)
	}
	far.set(weather{Latency: overFar})
	n, err := l.serve(ctx, serveOptions{DSN: b.proxied(far)})
	if err != nil {
		return broke(err)
	}
	if err := l.signUp(ctx, n); err != nil {
		return broke(err)
	}
	mixed := newTraffic(n.Address, b, []string{
		kindVote, kindVote, kindSearch, kindVote, kindVote, kindVote, kindSearch, kindVote, kindVote, kindVote,
		kindList, kindVote, kindSearch, kindVote, kindVote, kindVote, kindSearch, kindVote, kindVote, kindSearch,
	})
	figures, note := mixed.squeeze(ctx, l, "votes, search and lists")
	figures = append(figures, mixed.order()...)
	alone := newTraffic(n.Address, b, []string{kindVote})
	more, noteAlone := alone.squeeze(ctx, l, "votes alone")
	figures = append(append(figures, more...), holds("the server still runs", n.alive()))
	return judged(figures, note, noteAlone, before,
		fmt.Sprintf("The database is %s away, each way, so that what is exceeded is what the server can wait for at once, and not the processors, which the generator shares with it.", span(overFar)),
		fmt.Sprintf("The generator keeps a fixed schedule, and leaves out what is due while %d requests are under way: what it left out is neither served nor shed.", overFlight),
		"Times are from sending to the whole answer as the generator saw it, its own waiting for a processor included. There is no export to mix in; long lists (limit=100) stand for it.")
}

// The account whose password is tried all the while.
const (
	overEmail    = "overload@example.com"
	overPassword = "three green kettles sing"
)

func (l *lab) signUp(ctx context.Context, n *node) error {
	body := fmt.Sprintf(`{"email":%q,"password":%q,"name":"Overload","handle":"overload"}`, overEmail, overPassword)
	got, err := l.dial(n.Address, 1, 10*time.Second).ask(ctx, http.MethodPost, "/api/v1/accounts", "", body)
	if err == nil && got.Status != http.StatusCreated {
		err = fmt.Errorf("status %d: %.300s", got.Status, got.Body)
	}
	if err != nil {
		return fmt.Errorf("sign up: %w", err)
	}
	return nil
}

// squeeze finds the best rate, offers five times as much, and looks at what
// became of it and at how the server is afterwards.
func (t *traffic) squeeze(ctx context.Context, l *lab, name string) ([]figure, string) {
	round := l.lasts(2*time.Second, time.Second)
	t.closed(ctx, overClients, time.Second) // warms caches and connections
	best, votes, most := 0.0, 0.0, 0
	for _, clients := range []int{overClients / 4, overClients, overClients * 4} {
		seen := t.closed(ctx, clients, round)
		if rate := seen.served(); rate > best {
			best, votes, most = rate, seen.rate(kindVote), clients
		}
	}
	over := t.open(ctx, overTimes*best, l.lasts(10*time.Second, 4*time.Second))
	after := t.closed(ctx, most, round).served() // by as many as reached the best
	t.last = over
	served, shed := over.times(true), over.times(false)
	sent, left := over.sent()
	figures := []figure{
		told(name+": best rate", "%.0f/s, of it %.0f votes/s", best, votes),
		told(name+": offered", "%.0f/s: %d sent, %d left out by the generator", overTimes*best, sent, left),
		keeps(name+": goodput", over.served(), best),
		keeps(name+": goodput of votes", over.rate(kindVote), votes),
		prompt(name+": p99 of the accepted", served, 0.99, overAnswer),
		told(name+": shed", "%d, p50 %s", len(shed), middle(shed)),
		shedding(name+": p99 of the shed", shed, left),
		none(name+": shed without Retry-After", over.silent()),
		failures(name+": failed otherwise", over.failures()),
		keeps(name+": rate afterwards", after, best),
	}
	return figures, fmt.Sprintf("%s, by kind: %s.", name, over.kinds())
}

// order is who went first: log-ins and votes before search and lists.
func (t *traffic) order() []figure {
	logIns, votes, dear := t.last.share(kindLogIn), t.last.share(kindVote), max(t.last.share(kindSearch), t.last.share(kindList))
	return []figure{
		{Name: "log-ins served", Value: percent(logIns), Goal: "at least 95 %", Met: logIns >= 0.95},
		prompt("p99 of a log-in", t.last.of(kindLogIn, true), 0.99, overAnswer),
		{Name: "votes served, of those sent", Value: percent(votes), Goal: "no less than search or lists: " + percent(dear), Met: votes >= dear},
	}
}

// shedding is a figure of how soon a refusal comes. Where all that was sent was
// served, none is due.
func shedding(name string, shed []time.Duration, left int) figure {
	if len(shed) == 0 && left == 0 {
		return told(name, "nothing had to be")
	}
	return prompt(name, shed, 0.99, overShed)
}

func keeps(name string, rate, best float64) figure {
	return figure{Name: name, Value: fmt.Sprintf("%.0f/s, %s of the best", rate, percent(rate/max(best, 1))), Goal: fmt.Sprintf("at least %d %%", overKeeps), Met: rate > 0 && rate*100 >= best*overKeeps}
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", share*100) }
