package pages

import (
	"mime"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/notices"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// ChallengeList is the public list; the team also finds what is not announced.
func (p *Pages) ChallengeList(c *fiber.Ctx) error {
	now, actor := p.Now(), request.Actor(c)
	list, err := p.Challenges.List(c.UserContext(), now)
	if actor.Decides() {
		list, err = p.Challenges.All(c.UserContext(), actor)
	}
	if err != nil {
		return err
	}
	faces, err := p.Board.ChallengeFaces(c.UserContext(), idsOf(list), false)
	if err != nil {
		return err
	}
	v := views.ChallengesView{Shell: p.Shell(c), Now: now}
	for _, ch := range list {
		card := challengeCard(ch, faces[ch.ID], now)
		switch ch.Dates.Phase(now) {
		case challenges.Coming, challenges.Announced:
			v.Coming = append(v.Coming, card)
		case challenges.Results:
			v.Past = append(v.Past, card)
		default:
			v.Running = append(v.Running, card)
		}
	}
	return response.HTML(c, fiber.StatusOK, views.Challenges(v))
}

func idsOf(list []challenges.Challenge) []challenges.ID {
	ids := make([]challenges.ID, len(list))
	for i, ch := range list {
		ids[i] = ch.ID
	}
	return ids
}

func viewedChallenge(ch challenges.Challenge, now time.Time) views.Challenge {
	d := ch.Dates
	return views.Challenge{
		Slug: ch.Slug, Title: ch.Title, Score: ch.Ballot == challenges.Score, Seal: string(ch.SealAt(now)), Phase: string(d.Phase(now)),
		EntriesOpen: d.EntriesOpen, EntriesClose: d.EntriesClose, VotingOpen: d.VotingOpen, VotingClose: d.VotingClose, Results: d.Results,
	}
}

func challengeCard(ch challenges.Challenge, face board.ChallengeFace, now time.Time) views.ChallengeCard {
	return views.ChallengeCard{
		Challenge: viewedChallenge(ch, now), Question: ch.Question, Cover: image(face.Cover), Entries: face.Entries, Next: ch.Dates.Next(now),
	}
}

// How many entries the page of a challenge shows.
const (
	inStanding = 5
	inGallery  = 6
)

// ChallengeShow is the page of one challenge.
func (p *Pages) ChallengeShow(c *fiber.Ctx) error {
	ctx, actor, now := c.UserContext(), request.Actor(c), p.Now()
	ch, err := p.Challenges.Seen(ctx, actor, request.Slug(c))
	if err != nil {
		return err
	}
	card, err := p.faced(c, ch)
	if err != nil {
		return err
	}
	text, err := p.Challenges.TextOf(ctx, ch.ID)
	if err != nil {
		return err
	}
	v := views.ChallengeView{
		Shell: p.Shell(c), ChallengeCard: card, Now: now, Announced: ch.Dates.Announced, Brief: text.Brief.HTML, Prize: text.Prize.HTML,
		Demands: text.Demands, Terms: text.Terms.Version > 0, Entering: ch.Dates.Entering(now), Held: ch.Premoderated, Budget: ch.Budget, Left: -1,
	}
	if text.Template != nil {
		v.Template = views.FileLink{Name: text.Template.Name, Size: text.Template.Size}
	}
	if err := p.addTopic(c, &v, text.Topic); err != nil {
		return err
	}
	if err := p.addPictures(c, &v, text); err != nil {
		return err
	}
	if err := p.addEntries(c, &v, ch); err != nil {
		return err
	}
	if ch.Budget > 0 && !actor.Visitor() {
		if v.Left, _, err = p.Challenges.BudgetLeft(ctx, ch.ID, actor.ID); err != nil {
			return err
		}
	}
	if v.Follow, err = p.followOf(c, notices.Challenge, ch.Slug); err != nil {
		return err
	}
	v.Title, v.Description = ch.Title, ch.Question
	v.CanonicalURL = p.BaseURL + views.ChallengeURL(ch.Slug)
	v.NoIndex = ch.Dates.Phase(now) == challenges.Coming
	if !v.NoIndex {
		p.addRound(&v)
	}
	v.Watch = []string{"challenge:" + ch.Slug}
	return response.HTML(c, fiber.StatusOK, views.ChallengePage(v))
}

// faced is a challenge with its picture and how much came of it.
func (p *Pages) faced(c *fiber.Ctx, ch challenges.Challenge) (views.ChallengeCard, error) {
	faces, err := p.Board.ChallengeFaces(c.UserContext(), []challenges.ID{ch.ID}, false)
	return challengeCard(ch, faces[ch.ID], p.Now()), err
}

func (p *Pages) addTopic(c *fiber.Ctx, v *views.ChallengeView, slug *string) error {
	if slug == nil {
		return nil
	}
	_, topics, err := p.Board.Counts(c.UserContext())
	for _, t := range topicCounts(topics, request.Lang(c)) {
		if t.Slug == *slug {
			v.Topic = t
		}
	}
	return err
}

// addPictures shows those that are not the cover, which stands above.
func (p *Pages) addPictures(c *fiber.Ctx, v *views.ChallengeView, text challenges.Text) error {
	list, err := p.pictureOf(c, ofChallenge(text.Pictures))
	for _, shown := range list {
		if shown.ID != text.Cover {
			v.Pictures = append(v.Pictures, shown)
		}
	}
	return err
}

func (p *Pages) addEntries(c *fiber.Ctx, v *views.ChallengeView, ch challenges.Challenge) error {
	if v.Entries == 0 {
		return nil
	}
	ctx, actor, lang := c.UserContext(), request.Actor(c), request.Lang(c)
	page, err := p.Board.List(ctx, actor, board.Query{Challenge: ch.Slug, Order: board.Newest, Limit: inGallery})
	if err != nil {
		return err
	}
	v.Ideas = p.cards(actor, lang, page.Items)
	for i := range v.Ideas {
		v.Ideas[i].Challenge.Title = "" // the heading names it
	}
	if v.Seal != "" || p.Now().Before(ch.Dates.VotingOpen) {
		return nil
	}
	order := board.Votes
	if ch.Ballot == challenges.Score {
		order = board.Score
	}
	best, err := p.Board.List(ctx, actor, board.Query{Challenge: ch.Slug, Order: order, Limit: inStanding})
	v.Standing = p.cards(actor, lang, best.Items)
	return err
}

// ChallengeTerms shows what an entrant accepts, or accepted in an earlier version.
func (p *Pages) ChallengeTerms(c *fiber.Ctx) error {
	ch, err := p.Challenges.Seen(c.UserContext(), request.Actor(c), request.Slug(c))
	if err != nil {
		return err
	}
	terms, err := p.Challenges.TermsOf(c.UserContext(), ch.ID, number(request.Query(c, "version")))
	if err != nil {
		return err
	}
	v := views.TermsView{Shell: p.Shell(c), Challenge: viewedChallenge(ch, p.Now()), Text: terms.HTML, Version: terms.Version, At: terms.At, Current: ch.Terms}
	return response.HTML(c, fiber.StatusOK, views.ChallengeTerms(v))
}

// ChallengeTemplate sends the file that entrants may start from, to be stored
// and never shown as a page of ours.
func (p *Pages) ChallengeTemplate(c *fiber.Ctx) error {
	ch, err := p.Challenges.Seen(c.UserContext(), request.Actor(c), request.Slug(c))
	if err != nil {
		return err
	}
	file, err := p.Challenges.Template(c.UserContext(), ch.ID)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
	c.Set(fiber.HeaderContentType, file.Kind)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	return c.Send(file.Bytes)
}

// ChallengeResults is the report, once there are results; before, when they come.
func (p *Pages) ChallengeResults(c *fiber.Ctx) error {
	ctx, actor, lang := c.UserContext(), request.Actor(c), request.Lang(c)
	ch, err := p.Challenges.Seen(ctx, actor, request.Slug(c))
	if err != nil {
		return err
	}
	out := ch.Dates.Phase(p.Now()) == challenges.Results
	faces, err := p.Board.ChallengeFaces(ctx, []challenges.ID{ch.ID}, out)
	if err != nil {
		return err
	}
	v := views.ResultsView{Shell: p.Shell(c), ChallengeCard: challengeCard(ch, faces[ch.ID], p.Now()), Out: out, Voters: faces[ch.ID].Voters}
	v.Description = ch.Question
	if !out || v.Entries == 0 {
		return response.HTML(c, fiber.StatusOK, views.ChallengeResults(v))
	}
	entries, err := p.Board.Report(ctx, actor, ch)
	if err != nil {
		return err
	}
	v.Ideas = p.cards(actor, lang, entries)
	v.People = everybodyIn(v.Ideas)
	winners, err := p.Challenges.Winners(ctx, ch.ID)
	if err != nil {
		return err
	}
	at := make(map[int64]views.IdeaCard, len(v.Ideas))
	for _, card := range v.Ideas {
		at[card.ID] = card
	}
	for _, w := range winners {
		if card, shown := at[w.Idea]; shown {
			v.Winners = append(v.Winners, views.WinnerCard{IdeaCard: card, Place: w.Place, Words: w.Words})
		}
	}
	text, err := p.Challenges.TextOf(ctx, ch.ID)
	if err != nil {
		return err
	}
	v.Jury = text.Jury.HTML
	return response.HTML(c, fiber.StatusOK, views.ChallengeResults(v))
}

// everybodyIn names every contributor once, in the order of their best entry.
func everybodyIn(cards []views.IdeaCard) []views.Person {
	var people []views.Person
	named := map[int64]bool{}
	for _, card := range cards {
		if !named[card.Contributor.ID] {
			named[card.Contributor.ID] = true
			people = append(people, card.Contributor)
		}
	}
	return people
}

// runningChallenge is what the front page leads to; nil for none.
func (p *Pages) runningChallenge(c *fiber.Ctx) (*views.ChallengeCard, error) {
	ch, found, err := p.Challenges.Running(c.UserContext())
	if err != nil || !found {
		return nil, err
	}
	card, err := p.faced(c, ch)
	return &card, err
}
