package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// receipt is one vote that was acknowledged: the revision of the tally in the
// answer, when it came and how long that took.
type receipt struct {
	idea, revision int64
	at             time.Time
	took           time.Duration
}

// steady is votes at a fixed rate, whatever the answers do. Every vote changes
// something: the choice of a pair goes to and fro from round to round.
type steady struct {
	address string
	host    string
	ideas   []int64
	tokens  []string
	rate    int // a second
	next    int // the number of the vote to come; goes on from run to run

	mu       sync.Mutex
	receipts []receipt
	failed   map[string]int
	skipped  int // not sent, because too many were under way
}

// The bounds of the generator.
const (
	steadyFlight = 256
	voteWithin   = 10 * time.Second
)

// run votes until ctx ends, and waits for the answers.
func (s *steady) run(ctx context.Context) {
	client := &fasthttp.HostClient{Addr: s.address, MaxConns: steadyFlight, ReadTimeout: voteWithin, WriteTimeout: voteWithin, MaxIdemponentCallAttempts: 1}
	defer client.CloseIdleConnections()
	seats := make(chan struct{}, steadyFlight)
	var under sync.WaitGroup
	defer under.Wait()
	begun := time.Now()
	for i := 0; ctx.Err() == nil; i++ {
		n := s.next
		s.next++
		if due := time.Until(begun.Add(time.Duration(i) * time.Second / time.Duration(s.rate))); due > 0 && !rest(ctx, due) {
			return
		}
		select {
		case seats <- struct{}{}:
			under.Go(func() {
				s.vote(client, n)
				<-seats
			})
		default:
			s.mu.Lock()
			s.skipped++
			s.mu.Unlock()
		}
	}
}

// vote casts the nth vote: ideas first, then members, then the other choice.
func (s *steady) vote(client *fasthttp.HostClient, n int) {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	idea := s.ideas[n%len(s.ideas)]
	member := n / len(s.ideas) % len(s.tokens)
	buys := n/len(s.ideas)/len(s.tokens)%2 == 0
	voteRequest(req, s.host, idea, s.tokens[member], buys)
	sent := time.Now()
	err := client.Do(req, res)
	at := time.Now()
	revision, why := votedRevision(res, err)
	s.mu.Lock()
	defer s.mu.Unlock()
	if why != "" {
		if s.failed == nil {
			s.failed = map[string]int{}
		}
		s.failed[why]++
		return
	}
	s.receipts = append(s.receipts, receipt{idea, revision, at, at.Sub(sent)})
}

func voteRequest(req *fasthttp.Request, host string, idea int64, token string, buys bool) {
	req.Header.SetMethod(fasthttp.MethodPut)
	req.Header.SetContentType("application/json")
	req.SetRequestURI("http://" + host + "/api/v1/ideas/" + strconv.FormatInt(idea, 10) + "/vote")
	req.Header.Set("Authorization", "Bearer "+token)
	req.SetBodyString(`{"would_buy":` + strconv.FormatBool(buys) + `}`)
}

// votedRevision reads the answer to a vote: the revision, or why there is none.
func votedRevision(res *fasthttp.Response, err error) (int64, string) {
	if err != nil {
		return 0, plainError(err)
	}
	if res.StatusCode() != fasthttp.StatusOK {
		return 0, fmt.Sprint("status ", res.StatusCode())
	}
	var said struct {
		Tally struct {
			Revision int64 `json:"revision"`
		} `json:"tally"`
	}
	if err := json.Unmarshal(res.Body(), &said); err != nil {
		return 0, "an answer that is no JSON"
	}
	return said.Tally.Revision, ""
}

// taken gives the receipts so far, and why votes failed.
func (s *steady) taken() (list []receipt, failed map[string]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	failed = map[string]int{}
	for why, n := range s.failed {
		failed[why] = n
	}
	return slices.Clone(s.receipts), failed
}

// answers are the times that the votes acknowledged within a span took, sorted.
func answers(list []receipt, from, to time.Time) []time.Duration {
	var times []time.Duration
	for _, r := range list {
		if !r.at.Before(from) && r.at.Before(to) {
			times = append(times, r.took)
		}
	}
	slices.Sort(times)
	return times
}
