package load

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/pg"
	"prosumer/internal/topics"
)

// SeedOptions say how large a made-up set is.
type SeedOptions struct {
	Ideas, Votes int
	Members      int // 0: a fiftieth of the votes, between 1,000 and 200,000
	Progress     func(step string, done, total int)
	Now          func() time.Time // nil: time.Now
}

// The bounds of a set.
const (
	MaxSeedIdeas = 10_000_000
	MaxSeedVotes = 200_000_000
)

// Seeded says what a load added.
type Seeded struct {
	Ideas, Votes int
	Members      int  // of the set
	Already      bool // the set was whole, and nothing was touched
	RowByRow     bool // the indexes grew with the rows, because the board was not empty
	Took         time.Duration
}

// seedSource is where all of the set comes from.
const seedSource = "seed"

const (
	chunk   = 2_000 // ideas in one transaction
	loaders = 2     // connections; the server's own work is what takes the time
)

func (o *SeedOptions) complete() error {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	if o.Members == 0 {
		o.Members = min(max(o.Votes/50, 1_000), 200_000)
	}
	switch {
	case o.Ideas < 1 || o.Ideas > MaxSeedIdeas:
		return saying(ErrRange, "The number of ideas lies between 1 and %d.", MaxSeedIdeas)
	case o.Votes < 0 || o.Votes > MaxSeedVotes:
		return saying(ErrRange, "The number of votes lies between 0 and %d.", MaxSeedVotes)
	case o.Members < 2 || o.Members > MaxMembers:
		return saying(ErrRange, "The number of members lies between 2 and %d.", MaxMembers)
	case o.Votes > o.Ideas*most(o.Members):
		return saying(ErrRange, "%d members cannot cast %d votes on %d ideas: at most half of them vote on one.", o.Members, o.Votes, o.Ideas)
	}
	return nil
}

// Seed loads a large made-up set: ideas of the last two years in Dutch and
// English over all topics, words from very frequent to rare, votes by a power
// law, and a ledger, tallies and ranks that agree with them. What was committed
// by an interrupted load stays; the same numbers go on from there, and a whole
// set is left alone. Other numbers are ErrOtherSet.
//
// On a board without ideas the indexes are put aside meanwhile and built at the
// end; until then a server on this database is slow, and right.
func Seed(ctx context.Context, db *sqlx.DB, o SeedOptions) (done Seeded, err error) {
	if err := o.complete(); err != nil {
		return Seeded{}, err
	}
	release, err := alone(ctx, db, "load.seed")
	if err != nil {
		return Seeded{}, err
	}
	defer release()
	begun := time.Now()
	defer func() {
		done.Took = time.Since(begun)
		if err != nil && ctx.Err() != nil {
			err = ctx.Err() // whatever a statement that was cut short said
		}
	}()
	s := &seeding{db: db, opts: o, done: Seeded{Members: o.Members}}
	err = s.run(ctx)
	return s.done, err
}

// seeding is one run of Seed.
type seeding struct {
	db        *sqlx.DB
	opts      SeedOptions
	done      Seeded
	plan      *plan
	bases     bases
	ledger    time.Time
	unchecked bool
}

func (s *seeding) run(ctx context.Context) error {
	topicIDs, err := someTopics(ctx, s.db)
	if err != nil {
		return err
	}
	at, err := s.begin(ctx)
	if err != nil {
		return err
	}
	missing, err := s.missing(ctx)
	if err != nil {
		return err
	}
	if len(missing) > 0 {
		if s.opts.Ideas >= worthIt {
			put, err := putAside(ctx, s.db)
			if err != nil {
				return err
			}
			s.done.RowByRow = !put
		}
		s.plan = newPlan(s.opts, at, topicIDs)
		if _, err := s.db.ExecContext(ctx, `SELECT vote_events_make_room()`); err != nil {
			return fmt.Errorf("months of the ledger: %w", err)
		}
		if err := s.db.GetContext(ctx, &s.ledger, `SELECT vote_events_begin()`); err != nil {
			return fmt.Errorf("begin of the ledger: %w", err)
		}
		s.unchecked = mayUncheck(ctx, s.db)
		if err := s.load(ctx, missing); err != nil {
			return err
		}
	}
	s.done.Already = len(missing) == 0
	if err := putBack(ctx, s.db, func(n, total int) { s.opts.Progress("indexes", n, total) }); err != nil {
		return err
	}
	if s.done.Already {
		return nil
	}
	return s.settle(ctx)
}

// load adds the missing chunks over several connections.
func (s *seeding) load(ctx context.Context, missing []int) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	type added struct{ ideas, votes int }
	results := make(chan added, len(missing))
	var work sync.WaitGroup
	for range loaders {
		work.Go(func() {
			err := s.loadSome(ctx, missing, &next, func(ideas, votes int) { results <- added{ideas, votes} })
			if err != nil {
				cancel(err)
			}
		})
	}
	go func() {
		work.Wait()
		close(results)
	}()
	before := s.opts.Ideas - s.sizes(missing)
	for a := range results {
		s.done.Ideas += a.ideas
		s.done.Votes += a.votes
		s.opts.Progress("ideas with their votes", before+s.done.Ideas, s.opts.Ideas)
	}
	return context.Cause(ctx)
}

func (s *seeding) loadSome(ctx context.Context, missing []int, next *atomic.Int64, tell func(ideas, votes int)) error {
	conn, err := s.db.Connx(ctx)
	if err != nil {
		return fmt.Errorf("connection of a load: %w", err)
	}
	defer func() { _ = conn.Close() }()
	b := &batch{plan: s.plan, bases: s.bases, ledger: s.ledger}
	for {
		i := int(next.Add(1)) - 1
		if i >= len(missing) || ctx.Err() != nil {
			return ctx.Err()
		}
		b.ideas, b.history, b.votes, b.events, b.tally, b.ranks, b.n = b.ideas[:0], b.history[:0], b.votes[:0], b.events[:0], b.tally[:0], b.ranks[:0], 0
		from, to := s.span(missing[i])
		for k := from; k < to; k++ {
			b.add(k)
		}
		if err := b.store(ctx, conn, s.unchecked); err != nil {
			return err
		}
		tell(to-from, b.n)
	}
}

func (s *seeding) span(chunkAt int) (from, to int) {
	return chunkAt * chunk, min((chunkAt+1)*chunk, s.opts.Ideas)
}

func (s *seeding) sizes(chunks []int) (n int) {
	for _, c := range chunks {
		from, to := s.span(c)
		n += to - from
	}
	return n
}

// settle lets the planner know, and marks all rows visible.
func (s *seeding) settle(ctx context.Context) error {
	conn, err := s.db.Connx(ctx)
	if err != nil {
		return fmt.Errorf("connection to settle: %w", err)
	}
	defer func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), `RESET statement_timeout`)
		_ = conn.Close()
	}()
	tables := []string{"accounts", "ideas", "idea_history", "votes", "vote_events", "tallies", "ranks", "exposures"}
	if _, err := conn.ExecContext(ctx, `SET statement_timeout = 0`); err != nil {
		return fmt.Errorf("lift the limit of a statement: %w", err)
	}
	if _, err := conn.ExecContext(ctx, `SELECT exposures_recount()`); err != nil {
		return fmt.Errorf("count who saw what: %w", err)
	}
	for i, table := range tables {
		if _, err := conn.ExecContext(ctx, `VACUUM (ANALYZE) `+table); err != nil {
			return fmt.Errorf("settle %s: %w", table, err)
		}
		s.opts.Progress("tables settled", i+1, len(tables))
	}
	return nil
}

// mayUncheck says whether this role may leave triggers out.
func mayUncheck(ctx context.Context, db *sqlx.DB) bool {
	return pg.InTx(ctx, db, func(tx pg.Q) error {
		_, err := tx.ExecContext(ctx, `SET LOCAL session_replication_role = replica`)
		return err
	}) == nil
}

// someTopics gives the board's topics, or makes some.
func someTopics(ctx context.Context, db *sqlx.DB) ([]int64, error) {
	service := topics.NewService(db)
	list, err := service.List(ctx)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		for i, t := range []topics.Topic{
			{Slug: "home", NameEN: "Home", NameNL: "Wonen"},
			{Slug: "clothes", NameEN: "Clothes", NameNL: "Kleding"},
			{Slug: "travel", NameEN: "Travel", NameNL: "Reizen"},
			{Slug: "games", NameEN: "Games", NameNL: "Spellen"},
			{Slug: "garden", NameEN: "Garden", NameNL: "Tuin"},
			{Slug: "kitchen", NameEN: "Kitchen", NameNL: "Keuken"},
		} {
			made, err := service.Put(ctx, t, i)
			if err != nil {
				return nil, err
			}
			list = append(list, made)
		}
	}
	ids := make([]int64, len(list))
	for i, t := range list {
		ids[i] = t.ID
	}
	return ids, nil
}
