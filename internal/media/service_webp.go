package media

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"

	"github.com/gen2brain/webp"
)

// MakeWebP writes the WebP of every size of a picture, which takes a second or
// two, and then says so in its row. Doing it again changes nothing. A picture
// that was swept meanwhile is ErrNotFound: there is nothing left to do.
func (s *Service) MakeWebP(ctx context.Context, id string) error {
	select {
	case s.webp <- struct{}{}:
		defer func() { <-s.webp }()
	case <-ctx.Done():
		return fmt.Errorf("wait to make webp: %w", ctx.Err())
	}
	found, err := s.ByIDs(ctx, s.db, []string{id})
	if err != nil {
		return err
	}
	p, ok := found[id]
	switch {
	case !ok:
		return ErrNotFound
	case p.WebP:
		return nil
	}
	if err := s.writeWebP(ctx, p); err != nil {
		return err
	}
	marked, err := updateWebP(ctx, s.db, id)
	if err != nil {
		return err
	}
	if !marked { // swept while we worked: leave nothing of ours behind
		if err := s.disk.remove(id, "webp"); err != nil {
			return fmt.Errorf("remove webp of a swept picture: %w", err)
		}
		return ErrNotFound
	}
	return nil
}

func (s *Service) writeWebP(ctx context.Context, p Picture) error {
	var encoded []byte
	for i, size := range p.Sizes {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("make webp: %w", err)
		}
		if i == 0 || p.Sizes[i-1] < p.Width { // else it is the size before, which was all there is
			var err error
			if encoded, err = s.encodeWebP(fileName(p.ID, size, "jpg")); err != nil {
				return err
			}
		}
		if err := s.disk.write(fileName(p.ID, size, "webp"), encoded); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) encodeWebP(name string) ([]byte, error) {
	data, err := s.disk.read(name)
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", name, err)
	}
	var out bytes.Buffer
	if err := webp.Encode(&out, img, webp.Options{Quality: webpQuality, Method: webp.DefaultMethod}); err != nil {
		return nil, fmt.Errorf("encode %s as webp: %w", name, err)
	}
	return out.Bytes(), nil
}
