package web_test

import (
	"bytes"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/comments"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/outbox"
	"prosumer/internal/products"
	"prosumer/internal/standing"
	"prosumer/internal/votes"
)

// wil has done everything there is to do here. tess is a trusted member.
const (
	wil  = "wil"
	tess = "tess"

	wilHandle = "quux-42"
	wilName   = "Wilhelmina Zebedeus"
	wilBio    = "Collects rainwater in umbrellas."
	wilLink   = "https://umbrella.example/wilhelmina"
)

// stage is a board on which wil has done everything, with what fills in the
// parameters of the addresses that show any of it.
type stage struct {
	*site
	pictures []string            // wil's face and cover
	ids      map[string][]string // values of parameters, by the segment of the address before them
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) has(after string, values ...string) {
	s.ids[after] = append(s.ids[after], values...)
}

// newStage makes the board; the profile is open to all until hide.
func newStage(s *site) *stage {
	w := &stage{site: s.settle(), ids: map[string][]string{}}
	t := s.t
	t.Helper()
	for key, in := range map[string]struct {
		handle, name string
		role         accounts.Role
	}{wil: {wilHandle, wilName, accounts.Member}, tess: {"tess-x", "Person tess", accounts.Trusted}} {
		account, err := s.accounts.Create(t.Context(), accounts.SignUp{Email: key + "@example.org", Name: in.name, Handle: in.handle, Password: password}, "", []accounts.Role{accounts.Member, in.role})
		w.must(err)
		s.people[key] = account
	}
	s.page.Notices.WithGrace(0)
	for _, size := range []int{8, 16} {
		picture, err := s.media.Upload(t.Context(), int64(s.people[wil].ID), bytes.NewReader(squareOf(size)), "Of wil")
		w.must(err)
		w.pictures = append(w.pictures, picture.ID)
	}
	w.be(accounts.Full)
	own := w.propose(wil, ideas.Open)
	made, entry, held, merged := w.propose(wil, ideas.Open), w.propose(wil, ideas.Open), w.propose(wil, ideas.Held), w.propose(wil, ideas.Open)
	other, declined, remix, inviting := w.propose(noor, ideas.Open), w.propose(wil, ideas.Open), w.propose(wil, ideas.Open), w.propose(noor, ideas.Open)
	for _, path := range []string{own, made, entry, held, merged, other, declined, remix, inviting} {
		w.has("ideas", strings.TrimPrefix(path, "/ideas/"))
	}
	id := func(path string) ideas.ID { return ideas.ID(number(path)) }
	w.talk(id(own), id(other), id(remix))
	w.must(s.page.Cocreation.Invite(t.Context(), s.actor(noor), id(inviting), wilHandle, "the drawing"))
	w.product(id(made))
	w.challenge(id(entry))
	_, err := s.page.Merges.Merge(t.Context(), s.actor(anna), id(merged), id(other), "The same kettle.")
	w.must(err)
	_, err = s.ideas.Decide(t.Context(), s.actor(anna), id(declined), ideas.Decision{To: ideas.Declined, Reason: "too_costly", Answer: "<p>Too dear.</p>"})
	w.must(err)
	list, err := s.page.Shortlists.Create(t.Context(), s.actor(anna), "Kettles", "")
	w.must(err)
	w.must(s.page.Shortlists.Put(t.Context(), s.actor(anna), list, id(own)))
	w.has("shortlists", strconv.FormatInt(int64(list), 10))
	w.must(s.page.Notices.Follow(t.Context(), s.actor(wil), id(other)))
	w.must(s.page.Notices.FollowTarget(t.Context(), s.actor(piet), notices.Person, wilHandle))
	w.must(s.page.Notices.FollowTarget(t.Context(), s.actor(wil), notices.Person, noor+"-x"))
	for who, on := range map[string]string{piet: own, wil: other} {
		_, err = s.votes.Cast(t.Context(), s.actor(who), id(on), votes.Choice{})
		w.must(err)
	}
	w.has("people", wilHandle)
	w.has("certificate", wilHandle)
	w.has("badge", wilHandle)
	w.has("topics", "kitchen", "toys")
	w.has("insights", "days")
	w.has("sitemap", "ideas-1", "people-1", "1")
	w.must(standing.NewKeeper(s.db, slog.New(slog.DiscardHandler)).All(t.Context()))
	w.tell()
	for who := range s.people {
		var notes pq.StringArray
		w.must(s.db.Get(&notes, `SELECT coalesce(array_agg(id::text), '{}') FROM notices WHERE account_id = $1`, s.people[who].ID))
		w.has("inbox", notes...)
	}
	return w
}

// tell spreads what people are told, as the server does in the background.
func (w *stage) tell() {
	w.t.Helper()
	relay := outbox.NewRelay(w.db, "", slog.New(slog.DiscardHandler))
	relay.On(notices.TopicSpread, outbox.Typed(w.page.Notices.Spread))
	w.must(relay.Drain(w.t.Context()))
}

// talk has wil say something that is thanked for and taken up, and be named.
func (w *stage) talk(own, other, remix ideas.ID) {
	w.t.Helper()
	ctx := w.t.Context()
	said, err := w.page.Comments.Say(ctx, w.actor(wil), other, 0, comments.Text{Body: "A handle on the left would help me.", Kind: comments.Suggestion})
	w.must(err)
	_, err = w.page.Comments.Thank(ctx, w.actor(noor), said, comments.Reasons[0])
	w.must(err)
	_, err = w.page.Cocreation.TakeUp(ctx, w.actor(noor), said, "the handle on the left", false)
	w.must(err)
	asked, err := w.page.Comments.Say(ctx, w.actor(noor), own, 0, comments.Text{Body: "Hello @" + wilHandle + ", how large is it?", Kind: comments.Question})
	w.must(err)
	answered, err := w.page.Comments.Say(ctx, w.actor(wil), own, asked, comments.Text{Body: "Two litres."})
	w.must(err)
	for _, id := range []comments.ID{said, asked, answered} {
		w.has("comments", strconv.FormatInt(int64(id), 10))
	}
	_, err = w.db.ExecContext(ctx, `INSERT INTO remixes (idea_id, of_idea) VALUES ($1, $2)`, remix, own)
	w.must(err)
}

// product makes wil's idea a product on which wil also tests and judges.
func (w *stage) product(made ideas.ID) {
	w.t.Helper()
	ctx, team, me := w.t.Context(), w.actor(anna), w.actor(wil)
	now := time.Now()
	soon := now.Add(48 * time.Hour)
	p, err := w.products.Adopt(ctx, team, made, products.Adoption{Answer: "<p>Yes.</p>", Name: "Sun kettle"})
	w.must(err)
	w.must(w.products.CallTesters(ctx, team, p.Slug, products.Call{Words: "Who tries our kettle?", ClosesAt: &soon, Places: 3}))
	w.must(w.products.Apply(ctx, me, p.Slug, "I have the sun."))
	w.must(w.products.DecideTester(ctx, team, p.Slug, wilHandle, true))
	w.must(w.products.TellReport(ctx, me, p.Slug, products.Report{Rating: 4, Body: "It boils in an hour.", Public: true}))
	w.must(w.products.Give(ctx, team, p.Slug, products.Reward{Handle: wilHandle, Text: "A kettle", On: &now}))
	launched := products.StageLaunched
	_, err = w.products.Change(ctx, team, p.Slug, products.Change{Stage: &launched})
	w.must(err)
	w.must(w.products.Judge(ctx, me, p.Slug, products.Partly, "It boils, and slowly."))
	w.has("made", p.Slug)
}

// challenge has wil's entry win, and its results be out.
func (w *stage) challenge(entry ideas.ID) {
	w.t.Helper()
	ago := func(days int) time.Time { return time.Now().AddDate(0, 0, -days) }
	c, err := w.page.Challenges.Create(w.t.Context(), challenges.Challenge{
		Slug: "kettles", Title: "Kettles", Ballot: challenges.Support, Sealed: challenges.Unsealed,
		Dates: challenges.Dates{Announced: ago(9), EntriesOpen: ago(8), EntriesClose: ago(4), VotingOpen: ago(7), VotingClose: ago(2), Results: ago(1)},
	})
	w.must(err)
	_, err = w.db.ExecContext(w.t.Context(), `UPDATE ideas SET challenge_id = $2 WHERE id = $1`, entry, c.ID)
	w.must(err)
	w.must(w.page.Challenges.Judge(w.t.Context(), w.actor(anna), c.Slug, challenges.Verdict{Words: "Well done.", Winners: []challenges.Winner{{Idea: int64(entry), Place: 1, Words: "It boils."}}}))
	w.has("challenges", c.Slug)
}

// be sets what others may see of wil.
func (w *stage) be(level accounts.Visibility) {
	w.t.Helper()
	w.must(w.accounts.SetProfile(w.t.Context(), w.actor(wil), accounts.Profile{
		Name: wilName, Handle: wilHandle, Lang: "en", Bio: wilBio, Links: []string{wilLink}, Visibility: level, VotesOpen: true,
		PictureID: &w.pictures[0], CoverID: &w.pictures[1],
	}))
}
