package web_test

import (
	"bytes"
	"image"
	"image/png"
	"strconv"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
)

const story = "<p>On my balcony there is sun all day, and no socket.</p>"

// objects are things of noor's in every state that matters to who sees them.
type objects struct {
	open, draft, held, hidden, declined, adopted string // paths of ideas, e.g. /ideas/7
	product                                      string // path of the product
	template                                     string // path of an answer template
	picture                                      string // path of a picture
}

// paths fills the routes' parameters for the walk over all of them.
func (s *site) objects() objects {
	s.t.Helper()
	o := objects{
		open: s.propose(noor, ideas.Open), draft: s.propose(noor, ideas.Draft), held: s.propose(noor, ideas.Held),
		hidden: s.propose(noor, ideas.Open), declined: s.propose(noor, ideas.Open), adopted: s.propose(noor, ideas.Open),
	}
	ctx := s.t.Context()
	if _, err := s.db.ExecContext(ctx, `UPDATE ideas SET hidden = true WHERE id = $1`, number(o.hidden)); err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.ideas.Decide(ctx, s.actor(anna), ideas.ID(number(o.declined)), ideas.Decision{To: ideas.Declined, Reason: "too_costly", Answer: "<p>Too dear.</p>"}); err != nil {
		s.t.Fatal(err)
	}
	product, err := s.products.Adopt(ctx, s.actor(anna), ideas.ID(number(o.adopted)), products.Adoption{Answer: "<p>Yes.</p>", Name: "Sun kettle"})
	if err != nil {
		s.t.Fatal(err)
	}
	o.product = "/made/" + product.Slug
	template, err := s.ideas.PutTemplate(ctx, s.actor(anna), ideas.Template{Name: "Later", Body: "<p>Thank you.</p>", Status: ideas.Parked, Reason: "timing"})
	if err != nil {
		s.t.Fatal(err)
	}
	o.template = "/studio/templates/" + strconv.FormatInt(template.ID, 10)
	picture, err := s.media.Upload(ctx, int64(s.people[noor].ID), bytes.NewReader(square()), "A square")
	if err != nil {
		s.t.Fatal(err)
	}
	o.picture = picture.URL()
	return o
}

// square is a small honest picture.
func square() []byte { return squareOf(8) }

func squareOf(size int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, size, size))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// propose makes an idea and gives its path.
func (s *site) propose(who string, status ideas.Status) string {
	s.t.Helper()
	text := ideas.Text{Title: "A kettle that runs on the sun", Story: story, Tags: []string{"solar"}, Accept: true}
	var id ideas.ID
	var err error
	if status == ideas.Draft {
		id, err = s.ideas.SaveDraft(s.t.Context(), s.actor(who), 0, text)
	} else {
		if status == ideas.Held {
			text.Topic = "toys"
		}
		var idea ideas.Idea
		idea, err = s.ideas.Propose(s.t.Context(), s.actor(who), 0, text)
		id = idea.ID
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return "/ideas/" + id.String()
}

func number(path string) int64 {
	n, err := strconv.ParseInt(path[len("/ideas/"):], 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

// link makes a one-use link of the person's and gives its secret.
func (s *site) link(who, purpose, next string) string {
	s.t.Helper()
	_, secret, err := s.accounts.MakeLink(s.t.Context(), accounts.LinkWanted{EmailKey: who + "@example.org", Purpose: accounts.Purpose(purpose), Next: next})
	if err != nil {
		s.t.Fatal(err)
	}
	return secret
}
