package media

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/pg"
)

// Options are what a Service may be told. The zero value is the product's.
type Options struct {
	Now      func() time.Time
	Decodes  int           // pictures worked on at once
	Wait     time.Duration // for a turn, before Busy
	DayFiles int           // per person; below zero: as many as they like
	DayBytes int64         // per person; below zero: as much as they like

	// Stored is called in the transaction that stores a picture without WebP,
	// so that MakeWebP can be asked for exactly when the picture exists.
	Stored func(ctx context.Context, tx pg.Q, p Picture) error
}

// Service takes pictures in and keeps them. It is safe for concurrent use.
type Service struct {
	db    *sqlx.DB
	disk  disk
	opts  Options
	now   func() time.Time
	turns chan struct{} // one place for each decode under way
	webp  chan struct{} // one place: WebP takes a whole core and nobody waits for it
}

// New makes a Service that keeps its files below dir, which it creates when
// the first picture comes.
func New(db *sqlx.DB, dir string, opts Options) *Service {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Decodes == 0 {
		opts.Decodes = Decodes
	}
	if opts.Wait == 0 {
		opts.Wait = Wait
	}
	if opts.DayFiles == 0 {
		opts.DayFiles = DayFiles
	}
	if opts.DayBytes == 0 {
		opts.DayBytes = DayBytes
	}
	return &Service{
		db: db, disk: disk{dir}, opts: opts, now: opts.Now,
		turns: make(chan struct{}, opts.Decodes), webp: make(chan struct{}, 1),
	}
}

// ByIDs gives the pictures with these ids, by id. Unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, q pg.Q, ids []string) (map[string]Picture, error) {
	return selectPictures(ctx, q, wellFormed(ids))
}

// SetAlt changes the description of an owner's picture; anyone else's is not
// found.
func (s *Service) SetAlt(ctx context.Context, owner int64, id, alt string) error {
	alt, err := cleanAlt(alt)
	if err != nil {
		return err
	}
	if !idShape.MatchString(id) {
		return ErrNotFound
	}
	return updateAlt(ctx, s.db, owner, id, alt)
}

// MarkUsed says that something of owner's shows these pictures, so that they
// stay. It marks all of them, or none when one is unknown or another's.
func (s *Service) MarkUsed(ctx context.Context, q pg.Q, owner int64, ids []string) error {
	distinct := map[string]bool{}
	for _, id := range ids {
		if !idShape.MatchString(id) {
			return ErrNotYours
		}
		distinct[id] = true
	}
	if len(distinct) == 0 {
		return nil
	}
	return updateUsed(ctx, q, owner, ids, len(distinct), s.now())
}

// Sweep removes the pictures nothing has used for UnusedFor, rows and files,
// and says how many. Several servers may sweep at once.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	swept := 0
	for before := s.now().Add(-UnusedFor); ; {
		n, err := s.sweepSome(ctx, before)
		swept += n
		if err != nil || n == 0 {
			return swept, errors.Join(err, s.disk.tidy(before))
		}
	}
}

// sweepSome removes the files while their rows are locked, so that the same
// picture sent again at this moment waits, and then writes them anew.
func (s *Service) sweepSome(ctx context.Context, before time.Time) (n int, err error) {
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		ids, err := deleteUnused(ctx, tx, before)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := s.disk.remove(id, "jpg", "webp"); err != nil {
				return err
			}
		}
		n = len(ids)
		return nil
	})
	if err != nil {
		n = 0
	}
	return n, err
}

// File gives where name, the part of a path after /media/, lies and the type
// of what was written there. It is ok for exactly the names Picture makes;
// whether the file exists shows when it is opened.
func (s *Service) File(name string) (path, contentType string, ok bool) {
	_, ext, ok := parseName(name)
	if !ok {
		return "", "", false
	}
	return s.disk.path(name), map[string]string{"jpg": "image/jpeg", "webp": "image/webp"}[ext], true
}

// wellFormed drops what cannot be an id before it reaches the database.
func wellFormed(ids []string) []string {
	var out []string
	for _, id := range ids {
		if idShape.MatchString(id) {
			out = append(out, id)
		}
	}
	return out
}

// cleanAlt makes one line of plain text, or refuses its length.
func cleanAlt(alt string) (string, error) {
	alt = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(alt, "\ufffd"))
	alt = strings.Join(strings.Fields(alt), " ")
	if utf8.RuneCountInString(alt) > MaxAlt {
		return "", ErrAltTooLong
	}
	return alt, nil
}
