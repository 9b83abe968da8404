package pages

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/standing"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// StandingLedger is every entry of somebody's standing, for whoever finds their
// profile.
func (p *Pages) StandingLedger(c *fiber.Ctx) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	profile, err := p.Board.Profile(ctx, actor, request.Handle(c), "")
	if err != nil {
		return err
	}
	page, err := strconv.Atoi(request.Query(c, "page"))
	if err != nil || page < 1 {
		page = 1
	}
	list, more, err := p.Standing.Ledger(ctx, profile.ID, page)
	if err != nil {
		return err
	}
	v := views.LedgerView{Shell: p.Shell(c), Person: person(profile.Person), Points: profile.Standing}
	if profile.Visibility != accounts.Full {
		v.NoIndex = true
	}
	v.Person.Handle = profile.Handle
	if page == 1 {
		if v.Badges, err = p.badges(c, profile.ID); err != nil {
			return err
		}
	} else {
		v.Newer = views.LedgerPageURL(profile.Handle, page-1)
	}
	if more {
		v.Older = views.LedgerPageURL(profile.Handle, page+1)
	}
	for _, e := range list {
		v.Days = addEntry(v.Shell, v.Days, e)
	}
	if v.Table, err = p.pointsTable(c); err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.StandingLedger(v))
}

// addEntry puts an entry under its day, as the site counts days.
func addEntry(s views.Shell, days []views.LedgerDay, e standing.Entry) []views.LedgerDay {
	if n := len(days); n == 0 || s.Date(days[n-1].Day) != s.Date(e.At) {
		days = append(days, views.LedgerDay{Day: e.At})
	}
	day := &days[len(days)-1]
	day.Sum += e.Points
	day.Lines = append(day.Lines, ledgerLine(e))
	return days
}

func ledgerLine(e standing.Entry) views.LedgerLine {
	line := views.LedgerLine{Kind: string(e.Kind), Points: e.Points, Worth: e.Worth, At: e.At, Counter: e.Counter, Undone: e.Undone}
	switch {
	case e.Product != "":
		line.Title, line.URL = e.Name, views.ProductURL(e.Product)
	case e.Idea != nil:
		line.Title, line.URL = e.Title, views.IdeaURL(int64(*e.Idea), e.Slug)
		if e.Comment != nil {
			line.URL = views.CommentURL(*e.Comment)
		}
	}
	return line
}

func (p *Pages) badges(c *fiber.Ctx, account accounts.ID) ([]views.EarnedBadge, error) {
	list, err := p.Standing.Badges(c.UserContext(), account)
	if err != nil {
		return nil, err
	}
	shown := make([]views.EarnedBadge, len(list))
	for i, b := range list {
		shown[i] = views.EarnedBadge{Name: b.Name, At: b.At}
	}
	return shown, nil
}

func (p *Pages) pointsTable(c *fiber.Ctx) ([]views.PointsRow, error) {
	table, err := p.Standing.Table(c.UserContext())
	if err != nil {
		return nil, err
	}
	rows := make([]views.PointsRow, len(table))
	for i, w := range table {
		rows[i] = views.PointsRow{Kind: string(w.Kind), Points: w.Points, Per: w.Per}
		if w.Most != nil {
			rows[i].Most = *w.Most
		}
		if w.DayCap != nil {
			rows[i].DayCap = *w.DayCap
		}
	}
	return rows, nil
}
