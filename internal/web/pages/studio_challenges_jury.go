package pages

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
	"prosumer/internal/web/views/ui"
)

// How many rows the form has for winners: some to spare, always.
const (
	winnerRows = 5
	spareRows  = 2
)

func (p *Pages) addJury(c *fiber.Ctx, v *views.ChallengeFormView, ch challenges.Challenge, text challenges.Text) error {
	entries, err := p.Board.Report(c.UserContext(), request.Actor(c), ch)
	if err != nil {
		return err
	}
	winners, err := p.Challenges.Winners(c.UserContext(), ch.ID)
	if err != nil {
		return err
	}
	j := &views.JuryForm{Words: text.Jury.Source, Out: ch.Dates.Phase(p.Now()) == challenges.Results}
	for _, card := range p.cards(request.Actor(c), request.Lang(c), entries) {
		label := card.Title + " · " + card.Contributor.Name
		if card.Challenge.Score {
			label += " · " + v.MeanWord(card.Scores)
		}
		j.Entries = append(j.Entries, ui.Option{Value: strconv.FormatInt(card.ID, 10), Label: label + " · " + v.T("views.challenges.voters", "Count", card.Voters)})
	}
	for _, w := range winners {
		j.Winners = append(j.Winners, views.WinnerField{Idea: strconv.FormatInt(w.Idea, 10), Place: strconv.Itoa(w.Place), Words: w.Words})
	}
	for len(j.Winners) < max(winnerRows, len(winners)+spareRows) {
		j.Winners = append(j.Winners, views.WinnerField{Place: strconv.Itoa(len(j.Winners) + 1)})
	}
	v.Jury = j
	return nil
}

// ChallengeJudge takes the jury's verdict.
func (p *Pages) ChallengeJudge(c *fiber.Ctx) error {
	ch, plan, err := p.planned(c)
	if err != nil {
		return err
	}
	typed, verdict := typedVerdict(c)
	err = p.Challenges.Judge(c.UserContext(), request.Actor(c), ch.Slug, verdict)
	if err == nil {
		return response.SeeOther(c, views.StudioChallengeURL(ch.Slug), "jury_saved")
	}
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	v, failed := p.challengeFormView(c, ch, plan)
	if failed != nil {
		return failed
	}
	if v.Jury == nil { // the form was sent before its time
		v.Errors = p.errors(c, f)
	} else {
		v.Jury.Words, v.Jury.Errors = verdict.Words, p.errors(c, f)
		if len(typed) > 0 {
			v.Jury.Winners = typed
		}
	}
	return response.HTML(c, response.StatusOf(f), views.ChallengeForm(v))
}

// maxWinners bounds the rows that a form is read for.
const maxWinners = 100

// typedVerdict reads the form: as typed, and what is meant by it. A row without
// an entry is none.
func typedVerdict(c *fiber.Ctx) ([]views.WinnerField, challenges.Verdict) {
	verdict := challenges.Verdict{Words: request.Field(c, "jury")}
	places, words := request.Fields(c, "place"), request.Fields(c, "words")
	var typed []views.WinnerField
	for i, idea := range request.Fields(c, "winner") {
		if i == maxWinners {
			break // more than a person fills in
		}
		row := views.WinnerField{Idea: idea}
		if i < len(places) {
			row.Place = places[i]
		}
		if i < len(words) {
			row.Words = words[i]
		}
		typed = append(typed, row)
		if idea != "" {
			id, _ := strconv.ParseInt(idea, 10, 64) // what is no number is no entry
			verdict.Winners = append(verdict.Winners, challenges.Winner{Idea: id, Place: number(row.Place), Words: row.Words})
		}
	}
	return typed, verdict
}
