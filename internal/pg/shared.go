package pg

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// Shared asks a question once for everybody who asks it at the same time. Who
// comes while it is being asked waits for the next asking: so no answer is older
// than the question of who gets it, and what somebody was just told is written is
// in it. Alone it costs nothing; in a crowd two askings serve all. The zero value
// is ready.
type Shared[T any] struct {
	mu    sync.Mutex
	asked map[string]*asking[T] // by question, the one that is asked now or next
}

// asking is one way to the database and back.
type asking[T any] struct {
	begun  bool
	next   *asking[T] // for those who came after it began; nil while nobody has
	done   chan struct{}
	answer T
	err    error
}

// sharedLimit is how long one asking may take, whoever of its callers gives up.
const sharedLimit = 10 * time.Second

// errUnanswered is what the others get when asking panicked.
var errUnanswered = errors.New("the shared question was not answered")

// Ask gives what ask answers. Callers with the same question must ask the same,
// and only read the answer, which they share. An error is everybody's who waited
// for that asking, and nobody's who comes later.
func (s *Shared[T]) Ask(ctx context.Context, question string, ask func(context.Context) (T, error)) (T, error) {
	mine, before, leads := s.join(question)
	if !leads {
		select {
		case <-mine.done:
			return mine.answer, mine.err
		case <-ctx.Done():
			var nothing T
			return nothing, ctx.Err()
		}
	}
	if before != nil {
		<-before.done
	}
	s.run(ctx, question, mine, ask)
	return mine.answer, mine.err
}

// join finds the asking that a caller may have the answer of, and whether it is
// theirs to do, once the one before is over.
func (s *Shared[T]) join(question string) (mine, before *asking[T], leads bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.asked[question]
	switch {
	case now == nil:
		if s.asked == nil {
			s.asked = map[string]*asking[T]{}
		}
		mine = &asking[T]{begun: true, done: make(chan struct{})}
		s.asked[question] = mine
		return mine, nil, true
	case !now.begun:
		return now, nil, false
	case now.next == nil:
		now.next = &asking[T]{done: make(chan struct{})}
		return now.next, now, true
	}
	return now.next, nil, false
}

func (s *Shared[T]) run(ctx context.Context, question string, a *asking[T], ask func(context.Context) (T, error)) {
	s.mu.Lock()
	a.begun = true
	s.mu.Unlock()
	a.err = errUnanswered
	defer func() {
		s.mu.Lock()
		if a.next != nil {
			s.asked[question] = a.next
		} else {
			delete(s.asked, question)
		}
		s.mu.Unlock()
		close(a.done)
	}()
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), sharedLimit)
	defer stop()
	a.answer, a.err = ask(ctx)
}

// Question writes a statement with its arguments, for Shared to know it by.
func Question(query string, args []any) string {
	var s strings.Builder
	s.WriteString(query)
	for _, arg := range args {
		if v, ok := arg.(driver.Valuer); ok {
			if plain, err := v.Value(); err == nil {
				arg = plain
			}
		}
		fmt.Fprintf(&s, "\x00%T %v", arg, arg)
	}
	return s.String()
}
