package triage

import (
	"slices"
	"strconv"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
)

// BulkKind is what can be done to many ideas at once.
type BulkKind string

// The kinds. Adopting is none: each adopted idea wants a product of its own.
const (
	BulkMove     BulkKind = "move"
	BulkOwner    BulkKind = "owner"
	BulkTopic    BulkKind = "topic"
	BulkDecideBy BulkKind = "decide_by"
)

// BulkKinds lists them.
var BulkKinds = []BulkKind{BulkMove, BulkOwner, BulkTopic, BulkDecideBy}

// MaxBulk is how many ideas one action takes: they are changed in one transaction.
const MaxBulk = 100

// bulkUndo is how long an action can be taken back.
const bulkUndo = time.Hour

// The refusals of actions on many ideas.
var (
	ErrBulkNone    = fault.New(fault.Invalid, "triage.bulk_none", "Tick at least one idea first.").With("idea", "triage.bulk_none")
	ErrBulkMany    = fault.New(fault.Invalid, "triage.bulk_many", "At most 100 ideas at a time.").With("idea", "triage.bulk_many")
	ErrBulkNothing = fault.New(fault.Conflict, "triage.bulk_nothing", "Nothing was done: every one of these ideas changed since you looked.")
	ErrBulkGone    = fault.New(fault.NotFound, "triage.bulk_not_found", "There is no such action.")
	ErrBulkOver    = fault.New(fault.Conflict, "triage.bulk_over", "Such an action can be undone within an hour, and that hour is over.")
	ErrBulkUndone  = fault.New(fault.Conflict, "triage.bulk_undone", "This action was undone already.")

	errSame    = fault.New(fault.Conflict, "triage.bulk_same", "It is like that already.")
	errChanged = fault.New(fault.Conflict, "triage.bulk_changed", "It changed after you looked.")
	errSince   = fault.New(fault.Conflict, "triage.bulk_since", "It was changed again since.")
)

// Bulk is one action on many ideas.
type Bulk struct {
	Kind     BulkKind
	Decision ideas.Decision // of a move: one answer for all
	Owner    accounts.ID    // 0 for nobody
	Topic    string         // slug; empty for none
	Day      *time.Time     // nil leaves it to the settings
}

// said names where to, as it is stored.
func (b Bulk) said() string {
	switch b.Kind {
	case BulkMove:
		return string(b.Decision.To)
	case BulkOwner:
		if b.Owner == 0 {
			return ""
		}
		return strconv.FormatInt(int64(b.Owner), 10)
	case BulkTopic:
		return b.Topic
	default:
		if b.Day == nil {
			return ""
		}
		return b.Day.Format(time.DateOnly)
	}
}

func (s *Service) checkBulk(b Bulk, n int) error {
	switch {
	case n == 0:
		return ErrBulkNone
	case n > MaxBulk:
		return ErrBulkMany
	case !slices.Contains(BulkKinds, b.Kind):
		return errInvalid.With("action", "triage.bulk_kind")
	case b.Kind == BulkMove && (b.Decision.To == ideas.Adopted || !b.Decision.To.Known()):
		return errInvalid.With("status", "ideas.status_unknown")
	case b.Kind == BulkMove:
		return b.Decision.Check()
	case b.Kind == BulkDecideBy && b.Day != nil:
		return s.ahead(*b.Day, "decide_by", s.today())
	}
	return nil
}

// standing is an idea as an action finds it.
type standing struct {
	ID       ideas.ID     `db:"id"`
	Slug     string       `db:"slug"`
	Title    string       `db:"title"`
	Status   ideas.Status `db:"status"`
	Owner    string       `db:"owner"`
	Topic    string       `db:"topic"`
	DecideBy string       `db:"decide_by"`
	Move     int64        `db:"move_id"`
	Appealed bool         `db:"appealed"`
}

// now is the value that an action of this kind replaces.
func (i standing) now(k BulkKind) string {
	switch k {
	case BulkMove:
		return string(i.Status)
	case BulkOwner:
		return i.Owner
	case BulkTopic:
		return i.Topic
	default:
		return i.DecideBy
	}
}

// may says why the action cannot be done to this idea, or nil.
func (b Bulk) may(i standing) *fault.Fault {
	switch {
	case i.now(b.Kind) == b.said():
		return errSame
	case b.Kind == BulkMove && (!slices.Contains(ideas.Next(i.Status), b.Decision.To) || i.Appealed):
		return ideas.ErrMove
	case b.Kind == BulkDecideBy && !i.Status.Votable():
		return errDecided
	}
	return nil
}

var errDecided = fault.New(fault.Conflict, "triage.bulk_decided", "It waits for no decision.")
