package pages

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/clean"
	"prosumer/internal/media"
	"prosumer/internal/shortlists"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// This file turns shortlists into what their pages show.

func shortlistHead(l shortlists.List) views.ShortlistHead {
	h := views.ShortlistHead{
		ID: int64(l.ID), Name: l.Name, Maker: l.Maker, CreatedAt: l.CreatedAt, Closed: l.Closed(), Revision: l.Revision,
		Ideas: l.Ideas, Cards: l.Cards, Mine: l.Mine, Criteria: l.Criteria, Prepared: l.Prepared,
	}
	if l.ChallengeTitle != nil {
		h.Challenge, h.ChallengeSlug = *l.ChallengeTitle, *l.ChallengeSlug
	}
	if l.PublishedBy != nil {
		h.PublishedBy, h.PublishedAt = *l.PublishedBy, *l.PublishedAt
	}
	return h
}

func shortlistCriteria(sheet shortlists.Sheet) []views.ShortlistCriterion {
	var list []views.ShortlistCriterion
	for _, c := range sheet.Criteria {
		list = append(list, views.ShortlistCriterion{ID: int64(c.ID), Name: c.Name, Weight: c.Weight, Marks: c.Marks})
	}
	return list
}

func (p *Pages) shortlistEntries(c *fiber.Ctx, sheet shortlists.Sheet) []views.ShortlistEntry {
	ranked := 0
	for _, e := range sheet.Entries {
		if e.Review.Rank > 0 {
			ranked++
		}
	}
	why := map[int64]string{}
	for _, problem := range sheet.Problems() {
		why[int64(problem.Idea)] = p.problemWord(c, problem)
	}
	list := make([]views.ShortlistEntry, len(sheet.Entries))
	for i, e := range sheet.Entries {
		list[i] = views.ShortlistEntry{
			Idea: int64(e.Idea), Slug: e.Slug, Title: e.Title, Status: string(e.Status), Contributor: reviewer(e.Contributor),
			Cover: image(e.Cover), Crowd: crowdOf(e.Figures), Team: teamOf(sheet.Criteria, e.Review, ranked),
		}
		if e.Decision != nil {
			d := preparedOf(*e.Decision)
			if d.Waits() {
				d.Why = why[int64(e.Idea)]
			}
			list[i].Prepared = &d
		}
	}
	return list
}

// problemWord says why a decision cannot be published, by the remedies of its
// fields where there are any.
func (p *Pages) problemWord(c *fiber.Ctx, problem shortlists.Problem) string {
	if len(problem.Why.Fields) == 0 {
		return response.Sentence(request.Lang(c), problem.Why)
	}
	text := ""
	for _, said := range response.Remedies(request.Lang(c), problem.Why) {
		if text != "" {
			text += " "
		}
		text += said
	}
	return text
}

func reviewer(who shortlists.Person) views.Person {
	return views.Person{ID: int64(who.ID), Name: who.Name, Handle: who.Handle, Picture: image(media.Face(who.Picture))}
}

func crowdOf(f shortlists.Figures) views.CrowdFigures {
	shown := views.CrowdFigures{
		Voters: f.Voters, Staff: f.Staff, WouldBuy: views.CrowdShare(f.WouldBuy), Support: views.CrowdShare(f.Support), Trend: f.Trend[:],
		Young: views.CrowdShare(f.Young), Lone: views.CrowdShare(f.Lone), Host: views.CrowdShare(f.Host), From: f.From,
	}
	if f.Score != nil {
		score := views.ScoreEstimate(*f.Score)
		shown.Score = &score
	}
	return shown
}

func teamOf(criteria []shortlists.Criterion, r shortlists.Review, ranked int) views.TeamReview {
	shown := views.TeamReview{HandedIn: r.HandedIn, Shown: r.Shown, Total: spreadOf(r.Total), Rank: r.Rank, Of: ranked}
	if r.Mine != nil {
		mine := cardOf(criteria, *r.Mine)
		shown.Mine = &mine
	}
	for _, card := range r.Cards {
		shown.Cards = append(shown.Cards, cardOf(criteria, card))
	}
	for _, by := range r.By {
		shown.By = append(shown.By, spreadOf(by))
	}
	return shown
}

func cardOf(criteria []shortlists.Criterion, card shortlists.Card) views.ScoreCard {
	v := views.ScoreCard{By: reviewer(card.Reviewer), Marks: map[int64]int{}, Note: card.Note, HandedIn: card.HandedIn, Changed: card.Changed}
	for criterion, mark := range card.Marks {
		v.Marks[int64(criterion)] = mark
	}
	v.Total, _ = shortlists.Total(criteria, card.Marks)
	v.First, _ = shortlists.Total(criteria, card.First)
	return v
}

func spreadOf(s shortlists.Spread) views.MarkSpread {
	return views.MarkSpread{Mean: s.Mean, Min: s.Min, Max: s.Max, Of: s.Of, Apart: s.Apart()}
}

func preparedOf(d shortlists.Prepared) views.PreparedDecision {
	v := views.PreparedDecision{
		To: string(d.To), From: string(d.From), Answer: d.Answer, Reason: string(d.Reason), ProductName: d.ProductName, Joins: d.Joins, By: d.By, At: d.At,
	}
	if text, err := clean.Typed(d.Answer); err == nil { // one that cannot be read is told as a problem
		v.Text = text
	}
	if d.PipelineSince != nil {
		v.PipelineSince = d.PipelineSince.Format(time.DateOnly)
	}
	if d.PublishedAt != nil {
		v.PublishedAt = *d.PublishedAt
	}
	return v
}
