package load

import (
	"context"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/votes"
)

// Twice the writer's largest batch is in flight, so that the next one is full
// when the last is committed. About as many designs take scores side by side as
// did at Threadless, where each was scored for a week.
const (
	inFlight = 2048
	abreast  = 512
	queued   = 1024
	lookEach = 256 // ballots between two looks at progress and memory
)

// ballot is one score on its way.
type ballot struct {
	on            *slot
	member, score int
}

// slot is a design that takes scores at present.
type slot struct {
	*entry
	deal    deal
	past    []uint64 // a bit for each ballot of an earlier run; nil for none
	next    int
	refused atomic.Bool // by the board; the rest of its ballots is left out
}

// pop gives the next ballot that was not cast before; there must be one.
func (s *slot) pop() ballot {
	for s.past != nil && s.past[s.next/64]>>(s.next%64)&1 == 1 {
		s.next++
	}
	member, score := s.deal.ballot(s.next)
	s.next++
	s.left--
	return ballot{s, member, score}
}

// casting is what runs while ballots are cast.
type casting struct {
	*replay
	begun time.Time
	total int
	sent  int
	acked atomic.Int64
	gauge gauge
	mu    sync.Mutex // of the report's refusals
}

// cast casts what is left, challenge by challenge. A challenge of which a ballot
// is left is open for voting; it is closed with the last one.
func (r *replay) cast(ctx context.Context) error {
	c := &casting{replay: r, begun: time.Now()}
	for _, call := range r.calls {
		c.total += call.left()
	}
	defer func() {
		r.report.Cast, r.report.Memory = int(c.acked.Load()), c.gauge.means()
		if r.report.Cast > 0 {
			r.report.Took = time.Since(c.begun)
		}
	}()
	for _, call := range r.calls {
		if call.left() == 0 && !r.opts.Now().Before(call.Dates.VotingClose) {
			continue
		}
		if call.left() > 0 {
			if err := open(ctx, r.DB, call.ID); err != nil {
				return err
			}
			if err := c.challenge(ctx, call); err != nil {
				return err
			}
		}
		if err := finish(ctx, r.DB, call.ID); err != nil {
			return err
		}
	}
	return nil
}

func (c *call) left() (n int) {
	for _, e := range c.list {
		n += e.left
	}
	return n
}

// challenge casts the ballots of one challenge. When it returns, none is in
// flight.
func (c *casting) challenge(ctx context.Context, call *call) error {
	stop, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	queue := make(chan ballot, queued)
	var voters sync.WaitGroup
	for range min(inFlight, call.left()) {
		voters.Go(func() {
			for b := range queue {
				if stop.Err() != nil || b.on.refused.Load() {
					continue
				}
				if err := c.one(stop, b); err != nil {
					fail(err)
				}
			}
		})
	}
	err := c.feed(stop, call, queue)
	close(queue)
	voters.Wait()
	c.opts.Progress("ballots", int(c.acked.Load()), c.total)
	if cause := context.Cause(stop); cause != nil {
		return cause
	}
	return err
}

// one casts a ballot and waits until it counts. A ballot once sent is waited
// for, whatever ends meanwhile, so that the count is right.
func (c *casting) one(ctx context.Context, b ballot) error {
	voter := accounts.As(accounts.Account{ID: c.members[b.member]})
	for {
		_, err := c.Votes.Cast(context.WithoutCancel(ctx), voter, b.on.idea, votes.Choice{Score: b.score})
		if err == nil {
			c.acked.Add(1)
			return nil
		}
		switch f := fault.Of(err); {
		case f.Kind == fault.Internal:
			return fmt.Errorf("ballot on idea %d: %w", b.on.idea, err)
		case f.Kind == fault.Busy:
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(max(f.RetryAfter/10, time.Millisecond)):
			}
		default:
			if !b.on.refused.Swap(true) {
				c.mu.Lock()
				c.refuse(b.on.Design, f.Code, fmt.Sprintf("The board takes no more ballots on idea %d: %s", b.on.idea, f.Text))
				c.mu.Unlock()
			}
			return nil
		}
	}
}

// feed sends the ballots in a shuffled order that is the same each time.
func (c *casting) feed(ctx context.Context, call *call, queue chan<- ballot) error {
	random := rand.New(rand.NewPCG(hash(call.Slug), 1))
	slots, m := make([]*slot, abreast), newMix(abreast)
	waiting := call.list
	fill := func(i int) (err error) {
		slots[i], waiting, err = c.take(ctx, waiting)
		if slots[i] != nil {
			m.add(i, slots[i].left)
		}
		return err
	}
	for i := range slots {
		if err := fill(i); err != nil {
			return err
		}
	}
	for m.total > 0 {
		i := m.at(random.IntN(m.total))
		s := slots[i]
		if s.refused.Load() {
			m.add(i, -s.left)
			s.left = 0
		} else {
			b := s.pop()
			m.add(i, -1)
			select {
			case queue <- b:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := c.pace(ctx); err != nil {
				return err
			}
		}
		if s.left == 0 {
			if err := fill(i); err != nil {
				return err
			}
		}
	}
	return nil
}

// pace counts a ballot that was sent, tells how far it is, and waits where a
// speed was asked for.
func (c *casting) pace(ctx context.Context) error {
	c.sent++
	if c.sent%lookEach == 0 || c.opts.Speed > 0 {
		done := int(c.acked.Load())
		c.opts.Progress("ballots", done, c.total)
		c.gauge.look(done, c.total)
	}
	if c.opts.Speed == 0 {
		return nil
	}
	ahead := time.Until(c.begun.Add(time.Duration(float64(c.sent) / float64(c.opts.Speed) * float64(time.Second))))
	if ahead < time.Millisecond {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(ahead):
		return nil
	}
}

// take gives the next design with ballots left, or nil.
func (c *casting) take(ctx context.Context, waiting []*entry) (*slot, []*entry, error) {
	for i, e := range waiting {
		if e.left == 0 {
			continue
		}
		s := &slot{entry: e, deal: newDeal(e.External(), e.Scores, len(c.members))}
		if e.some {
			if ok, err := c.recall(ctx, s); err != nil {
				return nil, nil, err
			} else if !ok {
				e.left = 0
				c.mu.Lock()
				c.refuse(e.Design, "differs", fmt.Sprintf("Idea %d holds other ballots than this row stands for; none were added.", e.idea))
				c.mu.Unlock()
				continue
			}
		}
		if s.left == 0 {
			continue
		}
		return s, waiting[i+1:], nil
	}
	return nil, nil, nil
}

// recall marks the ballots of earlier runs, and reports false when one of them
// is not of this deal.
func (c *casting) recall(ctx context.Context, s *slot) (bool, error) {
	list, err := ballotsOn(ctx, c.DB, s.idea)
	if err != nil {
		return false, err
	}
	s.past = make([]uint64, s.deal.n/64+1)
	for _, b := range list {
		member, ours := c.place[b.Voter]
		if !ours {
			continue // a real member's vote
		}
		j, dealt := s.deal.of(member)
		if !dealt {
			return false, nil
		}
		if _, score := s.deal.ballot(j); score != b.Score {
			return false, nil
		}
		s.past[j/64] |= 1 << (j % 64)
	}
	s.left = s.deal.n
	for _, word := range s.past {
		s.left -= bits.OnesCount64(word)
	}
	return true, nil
}
