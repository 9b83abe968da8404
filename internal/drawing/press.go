package drawing

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"time"

	"github.com/maypok86/otter/v2"
)

// How many pictures are drawn at once, how much room the drawn ones take, and
// for how long they are kept.
const (
	atOnce   = 2
	room     = 24 << 20
	keptFor  = 10 * time.Minute
	patience = 5 * time.Second
)

// Card is what a Press draws: an Idea, a Challenge or a Person. Two cards that
// are equal are one picture.
type Card interface{ paint(c *canvas) }

// Print is a drawn card. Its Version is another one as soon as a value is.
type Print struct {
	PNG     []byte
	Version string
}

// Press draws few cards at a time and keeps them for a while, so that a crowd
// before one card costs one drawing.
type Press struct {
	fonts *fonts
	turns chan struct{}
	kept  *otter.Cache[string, Print]
	waits time.Duration
}

// NewPress makes a press. It fails where the fonts in the binary cannot be read.
func NewPress() (*Press, error) {
	f, err := loadFonts()
	if err != nil {
		return nil, err
	}
	kept, err := otter.New(&otter.Options[string, Print]{
		MaximumWeight:    room,
		Weigher:          func(_ string, p Print) uint32 { return uint32(len(p.PNG)) + 256 },
		ExpiryCalculator: otter.ExpiryAccessing[string, Print](keptFor),
	})
	if err != nil {
		return nil, fmt.Errorf("kept cards: %w", err)
	}
	return &Press{fonts: f, turns: make(chan struct{}, atOnce), kept: kept, waits: patience}, nil
}

// VersionOf names the content of a card without drawing it.
func VersionOf(card Card) (string, error) {
	values, err := json.Marshal(card)
	if err != nil {
		return "", fmt.Errorf("values of a card: %w", err)
	}
	sum := sha256.Sum256(fmt.Appendf(values, "%T", card))
	return hex.EncodeToString(sum[:12]), nil
}

// Draw gives a card as PNG, from what is kept where it stands there. It waits
// for its turn, but not for long.
func (p *Press) Draw(ctx context.Context, card Card) (Print, error) {
	version, err := VersionOf(card)
	if err != nil {
		return Print{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, p.waits)
	defer cancel()
	return p.kept.Get(ctx, version, otter.LoaderFunc[string, Print](func(ctx context.Context, _ string) (Print, error) {
		select {
		case p.turns <- struct{}{}:
		case <-ctx.Done():
			return Print{}, fmt.Errorf("turn to draw: %w", ctx.Err())
		}
		defer func() { <-p.turns }()
		c := newCanvas(p.fonts)
		card.paint(c)
		drawn, err := encode(c.img)
		return Print{PNG: drawn, Version: version}, err
	}))
}

func encode(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, img); err != nil {
		return nil, fmt.Errorf("write a card: %w", err)
	}
	return b.Bytes(), nil
}
