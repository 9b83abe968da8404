package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"

	"prosumer/internal/pg"
)

// Upload stores the picture r holds as owner's. The type is what the bytes
// say. The same picture sent again by the same person is the same Picture; a
// new description replaces the old one, an empty one does not.
func (s *Service) Upload(ctx context.Context, owner int64, r io.Reader, alt string) (Picture, error) {
	alt, err := cleanAlt(alt)
	if err != nil {
		return Picture{}, err
	}
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	switch {
	case err != nil:
		return Picture{}, fmt.Errorf("read upload: %w", err)
	case len(data) > MaxBytes:
		return Picture{}, ErrTooLarge
	}
	// Asked twice: here to save the decoding, later under a lock to be exact.
	if err := s.quota(ctx, s.db, owner, int64(len(data))); err != nil {
		return Picture{}, err
	}
	out, err := s.renderInTurn(ctx, data)
	if err != nil {
		return Picture{}, err
	}
	p := Picture{
		ID: identify(owner, out), Owner: owner, Width: out.width, Height: out.height,
		Alt: alt, Sizes: widths[:], CreatedAt: s.now(),
	}
	return s.store(ctx, p, out, int64(len(data)))
}

// renderInTurn waits for one of the places; slow senders hold none, as their
// bytes are here already.
func (s *Service) renderInTurn(ctx context.Context, data []byte) (rendering, error) {
	waiting, cancel := context.WithTimeout(ctx, s.opts.Wait)
	defer cancel()
	select {
	case s.turns <- struct{}{}:
		defer func() { <-s.turns }()
		return render(data)
	case <-waiting.Done():
		return rendering{}, ErrBusy
	}
}

// store writes the row first and the files before it commits: whoever sees the
// row finds the files, and the row's lock keeps Sweep away.
func (s *Service) store(ctx context.Context, p Picture, out rendering, size int64) (stored Picture, err error) {
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := lockQuota(ctx, tx, p.Owner); err != nil {
			return err
		}
		var isNew bool
		if stored, isNew, err = upsertPicture(ctx, tx, p, size); err != nil {
			return err
		}
		if isNew {
			if err := s.quota(ctx, tx, p.Owner, 0); err != nil {
				return err
			}
		}
		for width, jpeg := range out.jpegs {
			name := fileName(p.ID, width, "jpg")
			if s.disk.has(name) {
				continue // its bytes made the id, so they are the same
			}
			if err := s.disk.write(name, jpeg); err != nil {
				if isNew {
					_ = s.disk.remove(p.ID, "jpg") // the disk's first error is the one that tells
				}
				return err
			}
		}
		if stored.WebP || s.opts.Stored == nil {
			return nil
		}
		return s.opts.Stored(ctx, tx, stored)
	})
	return stored, err
}

// quota refuses when owner's last day and size more are over a limit. With
// size zero the picture asked about is counted already.
func (s *Service) quota(ctx context.Context, q pg.Q, owner, size int64) error {
	now := s.now()
	used, err := selectUsage(ctx, q, owner, now.Add(-day))
	if err != nil {
		return err
	}
	files, limit := used.Files, s.opts.DayFiles
	if size > 0 {
		files++
	}
	if (limit >= 0 && files > limit) || (s.opts.DayBytes >= 0 && used.Bytes+size > s.opts.DayBytes) {
		wait := day
		if used.Oldest.Valid {
			wait = used.Oldest.Time.Add(day).Sub(now)
		}
		return ErrQuota.After(wait)
	}
	return nil
}

// identify names a picture by its owner and what is stored, so that two people
// never share a row and one person never has two.
func identify(owner int64, out rendering) string {
	h := sha256.New()
	h.Write(strconv.AppendInt(nil, owner, 10))
	for _, width := range widths {
		h.Write([]byte{0})
		h.Write(out.jpegs[width])
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}
