package pages

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/i18n"
	"prosumer/internal/insights"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// Shares above these are worth a look.
const (
	highTenth    = 0.5
	highYoung    = 0.3
	highReferrer = 0.4
)

// Insights is the report of a period.
func (p *Pages) Insights(c *fiber.Ctx) error {
	r, err := p.report(c)
	if err != nil {
		return err
	}
	lang := request.Lang(c)
	v := views.InsightsView{Shell: p.gate(c), Days: int(r.Days), At: r.At}
	for _, days := range insights.Periods {
		v.Periods = append(v.Periods, int(days))
	}
	for _, step := range steps(r.Funnel) {
		share := 0.0
		if r.Funnel.Proposed > 0 {
			share = float64(step.ideas) / float64(r.Funnel.Proposed)
		}
		v.Steps = append(v.Steps, views.FunnelStep{Name: step.name, Ideas: step.ideas, Share: share})
	}
	for _, d := range r.Daily {
		v.Daily = append(v.Daily, views.DailyFigure{Day: d.Day, Ideas: d.Ideas, Votes: d.Votes})
	}
	for _, t := range r.Topics {
		v.Topics = append(v.Topics, views.TopicFigure{Name: topicIn(lang, t), Ideas: t.Ideas, Voters: t.Voters, Adopted: t.Adopted})
	}
	s := r.Spread
	v.Spread = []views.SpreadFigure{
		{Name: "top_tenth", Share: s.TopTenth, High: s.TopTenth > highTenth},
		{Name: "once", Share: s.Once},
		{Name: "top_ideas", Share: s.TopIdeas},
		{Name: "contributors", Share: s.Contributors, High: s.Contributors > highTenth},
		{Name: "young", Share: s.Young, High: s.Young > highYoung},
	}
	if s.Referrer != "" {
		v.Spread = append(v.Spread, views.SpreadFigure{Name: "referrer", Share: s.TopReferrer, Of: s.Referrer, High: s.TopReferrer > highReferrer})
	}
	if v.Duty, err = p.duty(c, int(r.Days)); err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.Insights(v))
}

func (p *Pages) report(c *fiber.Ctx) (insights.Report, error) {
	days := insights.Periods[0]
	if typed := request.Query(c, "days"); typed != "" {
		n, err := strconv.Atoi(typed)
		if err != nil {
			return insights.Report{}, insights.ErrPeriod
		}
		days = insights.Period(n)
	}
	return p.Reports.Report(c.UserContext(), request.Actor(c), days)
}

type step struct {
	name  string
	ideas int
}

func steps(f insights.Funnel) []step {
	return []step{{"proposed", f.Proposed}, {"answered", f.Answered}, {"shortlisted", f.Shortlisted}, {"adopted", f.Adopted}, {"launched", f.Launched}}
}

func topicIn(lang i18n.Lang, t insights.Topic) string {
	if lang == i18n.NL {
		return t.NameNL
	}
	return t.NameEN
}

// InsightsFile is one table of the report as CSV.
func (p *Pages) InsightsFile(c *fiber.Ctx) error {
	r, err := p.report(c)
	if err != nil {
		return err
	}
	var rows [][]string
	switch table := c.Params("table"); table {
	case "days":
		rows = append(rows, []string{"day", "ideas", "votes"})
		for _, d := range r.Daily {
			rows = append(rows, []string{d.Day.Format(time.DateOnly), strconv.Itoa(d.Ideas), strconv.Itoa(d.Votes)})
		}
	case "funnel":
		rows = append(rows, []string{"step", "ideas"})
		for _, s := range steps(r.Funnel) {
			rows = append(rows, []string{s.name, strconv.Itoa(s.ideas)})
		}
	case "topics":
		rows = append(rows, []string{"topic", "ideas", "voters", "adopted"})
		for _, t := range r.Topics {
			rows = append(rows, []string{safeCell(topicIn(request.Lang(c), t)), strconv.Itoa(t.Ideas), strconv.Itoa(t.Voters), strconv.Itoa(t.Adopted)})
		}
	default:
		return insights.ErrPeriod
	}
	var out bytes.Buffer
	out.WriteString("\uFEFF") // without it Excel takes UTF-8 for something else
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		return err
	}
	c.Attachment("insights-" + c.Params("table") + "-" + strconv.Itoa(int(r.Days)) + ".csv")
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	return c.Send(out.Bytes())
}

// safeCell keeps a spreadsheet from taking a text for a formula.
func safeCell(text string) string {
	if text != "" && bytes.IndexByte([]byte("=+-@\t\r"), text[0]) >= 0 {
		return "'" + text
	}
	return text
}
