package drawing_test

import (
	"bytes"
	"context"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"prosumer/internal/drawing"
)

var site = drawing.Site{Name: "Prosumer", Host: "ideas.example"}

// cards are what people might well send, and what they should not.
func cards() map[string]drawing.Card {
	idea := func(title string) drawing.Card {
		return drawing.Idea{
			Title: title, By: "by Noor", Chip: "Open for votes", Figure: "1,204", Caption: "people would vote for it",
			Picture: drawing.Picture{Artwork: drawing.Artwork{Ink: len(title), Cut: len(title) / 8}}, Site: site,
		}
	}
	sealed := idea("A lamp that fits every bicycle").(drawing.Idea)
	sealed.Figure, sealed.Caption = "", "Votes are sealed until 3 December 2026"
	return map[string]drawing.Card{
		"plain":    idea("A kettle for the left hand"),
		"long":     idea("A folding bicycle trailer that turns into a picnic table, a workbench and a small stage for the neighbourhood summer feast"),
		"one word": idea(strings.Repeat("kettle", 20)),
		"dutch":    idea("Een fietsbel die je hond ook hoort, maar je buurman niet"),
		"accents":  idea("Őrült jó ötlet: żółta łódź, ærlig smørrebrød, ﬁjn"),
		"emoji":    idea("Umbrella 🌂 with a 👨‍👩‍👧‍👦 roof"),
		"rtl":      idea("مظلة تعمل بالطاقة الشمسية"),
		"cjk":      idea("太陽光で動くやかん"),
		"controls": idea("A\x00 \u202e kettle\u200b \ufffe with\x1b[31m controls"),
		"nothing":  drawing.Idea{},
		"sealed":   sealed,
		"broken picture": drawing.Idea{Title: "A picture that is none", Site: site, Picture: drawing.Picture{
			Key: "x", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("no picture")), nil },
		}},
		"challenge": drawing.Challenge{
			Title: "Breakfast in ten minutes", Question: "What would make a morning at home quicker, without one more machine on the kitchen top that nobody cleans?",
			Chip: "Voting until 3 December 2026", Figure: "48", Caption: "entries", Site: site, Picture: drawing.Picture{Artwork: drawing.Artwork{Ink: 5}},
		},
		"person": drawing.Person{
			Name: "Noor van den Berg-Oosterhuis", Lead: "Launched", Best: "A kettle for the left hand", Figure: "12", Caption: "ideas proposed", Site: site,
			Picture: drawing.Picture{Artwork: drawing.Artwork{Ink: 3}},
		},
		"person of nothing": drawing.Person{Name: "李", Site: site},
	}
}

func TestEveryCardIsAPictureOfItsSize(t *testing.T) {
	t.Parallel()
	press, err := drawing.NewPress()
	if err != nil {
		t.Fatal(err)
	}
	for name, card := range cards() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			drawn, err := press.Draw(t.Context(), card)
			if err != nil {
				t.Fatal(err)
			}
			if folder := os.Getenv("CARDS"); folder != "" { // to look at them
				if err := os.WriteFile(filepath.Join(folder, name+".png"), drawn.PNG, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			img, err := png.Decode(bytes.NewReader(drawn.PNG))
			if err != nil {
				t.Fatal(err)
			}
			if img.Bounds().Dx() != drawing.Width || img.Bounds().Dy() != drawing.Height {
				t.Errorf("it is %v", img.Bounds())
			}
			if len(drawn.PNG) > 600<<10 {
				t.Errorf("it weighs %d bytes", len(drawn.PNG))
			}
		})
	}
}

func TestEqualCardsAreOnePictureAndOtherNumbersAnother(t *testing.T) {
	t.Parallel()
	press, err := drawing.NewPress()
	if err != nil {
		t.Fatal(err)
	}
	card := drawing.Idea{Title: "A kettle", Figure: "1", Site: site}
	one, err := press.Draw(t.Context(), card)
	if err != nil {
		t.Fatal(err)
	}
	again, err := press.Draw(t.Context(), card)
	if err != nil {
		t.Fatal(err)
	}
	card.Figure = "2"
	other, err := press.Draw(t.Context(), card)
	if err != nil {
		t.Fatal(err)
	}
	if one.Version != again.Version || &one.PNG[0] != &again.PNG[0] {
		t.Error("an equal card was drawn twice")
	}
	if one.Version == other.Version || bytes.Equal(one.PNG, other.PNG) {
		t.Error("another number is the same picture")
	}
}

func TestWhatCannotBeWrittenLeavesNoTrace(t *testing.T) {
	t.Parallel()
	press, err := drawing.NewPress()
	if err != nil {
		t.Fatal(err)
	}
	drawn := func(title string) []byte {
		p, err := press.Draw(t.Context(), drawing.Idea{Title: title, Figure: "7", Site: site})
		if err != nil {
			t.Fatal(err)
		}
		return p.PNG
	}
	if !bytes.Equal(drawn("太陽光で動くやかん"), drawn("")) {
		t.Error("a title without one known letter was drawn")
	}
	if !bytes.Equal(drawn("A \U0001f302kettle\u202e\x00"), drawn("A kettle")) {
		t.Error("what is no letter was drawn")
	}
}

func TestACrowdWaitsItsTurnAndGetsItsCards(t *testing.T) {
	t.Parallel()
	press, err := drawing.NewPress()
	if err != nil {
		t.Fatal(err)
	}
	press.Wait(time.Minute) // what draws under the race detector takes its time
	var wg sync.WaitGroup
	for i := range 24 {
		wg.Go(func() {
			if _, err := press.Draw(t.Context(), drawing.Idea{Title: "A kettle", Figure: string(rune('0' + i%3))}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	gone, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	if _, err := press.Draw(gone, drawing.Idea{Title: "Nobody waits for this one"}); err != nil && gone.Err() == nil {
		t.Error(err)
	}
}
