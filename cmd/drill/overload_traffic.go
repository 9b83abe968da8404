package main

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"
)

// The kinds of requests.
const (
	kindVote   = "vote"
	kindSearch = "search"
	kindList   = "list"
	kindLogIn  = "log-in"
)

// The bounds of the generator.
const (
	overFlight = 3000                  // requests under way at once
	overGiveUp = 10 * time.Second      // for one answer
	overTick   = 2 * time.Millisecond  // how often what is due is sent
	overRest   = 20 * time.Millisecond // a closed-loop client that was shed waits so long
	overLead   = time.Second           // of an overload, which rates leave out: connections are made
)

// traffic is requests of several kinds, in a fixed pattern.
type traffic struct {
	address string
	pattern []string
	ideas   []int64
	tokens  []string
	turn    atomic.Int64 // in the pattern
	item    atomic.Int64
	last    *witness // of the last overload
}

func newTraffic(address string, b *board, pattern []string) *traffic {
	return &traffic{address: address, pattern: pattern, ideas: b.Ideas, tokens: tokens(b.Members)}
}

func (t *traffic) host(connections int) *fasthttp.HostClient {
	return &fasthttp.HostClient{
		Addr: t.address, MaxConns: connections, MaxIdemponentCallAttempts: 1, ReadTimeout: overGiveUp, WriteTimeout: overGiveUp,
	}
}

// closed has so many clients each send the next request when the last was
// answered.
func (t *traffic) closed(ctx context.Context, clients int, lasts time.Duration) *witness {
	w := newWitness(0)
	host := t.host(clients)
	defer host.CloseIdleConnections()
	until, stop := context.WithTimeout(ctx, lasts)
	defer stop()
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			for until.Err() == nil {
				if !t.send(host, t.kind(), w) && !rest(until, overRest) {
					return
				}
			}
		})
	}
	all.Wait()
	w.close()
	return w
}

// open sends so many a second whatever the answers do, and log-ins beside them.
// What is answered later than that does not count for rates.
func (t *traffic) open(ctx context.Context, perSecond float64, lasts time.Duration) *witness {
	w := newWitness(overLead)
	host, desk := t.host(overFlight), t.host(100)
	defer host.CloseIdleConnections()
	defer desk.CloseIdleConnections()
	until, stop := context.WithTimeout(ctx, lasts)
	defer stop()
	var under sync.WaitGroup
	under.Go(func() {
		for rest(until, time.Second/overLogIns) {
			under.Go(func() { t.send(desk, kindLogIn, w) })
		}
	})
	seats := make(chan struct{}, overFlight)
	begun := time.Now()
	for sent := 0; rest(until, overTick); {
		for due := int(time.Since(begun).Seconds() * perSecond); sent < due; sent++ {
			kind := t.kind()
			select {
			case seats <- struct{}{}:
				under.Go(func() {
					t.send(host, kind, w)
					<-seats
				})
			default:
				w.leaveOut(kind)
			}
		}
	}
	w.close()
	under.Wait()
	return w
}

func (t *traffic) kind() string {
	return t.pattern[int(t.turn.Add(1))%len(t.pattern)]
}

// send sends one request and reports whether it was served.
func (t *traffic) send(host *fasthttp.HostClient, kind string, w *witness) bool {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	t.fill(req, kind)
	sent := time.Now()
	err := host.Do(req, res)
	return w.note(kind, res, err, time.Since(sent))
}

// fill writes the request. Each differs from the last of its kind.
func (t *traffic) fill(req *fasthttp.Request, kind string) {
	n := int(t.item.Add(1))
	base := "http://" + t.address + "/api/v1"
	switch kind {
	case kindVote:
		pairs := len(t.ideas) * len(t.tokens)
		voteRequest(req, t.address, t.ideas[n%len(t.ideas)], t.tokens[n/len(t.ideas)%len(t.tokens)], n/pairs%2 == 0)
	case kindSearch:
		req.SetRequestURI(base + "/ideas?q=" + url.QueryEscape(fmt.Sprintf("idea number %d", n%len(t.ideas))))
	case kindList:
		req.SetRequestURI(base + "/ideas?order=votes&limit=100")
	case kindLogIn:
		req.Header.SetMethod(fasthttp.MethodPost)
		req.Header.SetContentType("application/json")
		req.SetRequestURI(base + "/session")
		req.SetBodyString(fmt.Sprintf(`{"email":%q,"password":%q}`, overEmail, overPassword))
	}
}
