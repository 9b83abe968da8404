package pages

import (
	"math"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/i18n"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
)

// duty says how well the answer duty was kept in the last days.
func (p *Pages) duty(c *fiber.Ctx, days int) (views.DutyView, error) {
	d, err := p.Triage.Duty(c.UserContext(), p.Now().AddDate(0, 0, -days))
	if err != nil {
		return views.DutyView{}, err
	}
	v := views.DutyView{Waiting: d.Waiting, Overdue: d.Overdue + d.Undecided}
	if d.Answered > 0 {
		v.Median = half(request.Lang(c), d.MedianDays)
	}
	if share, known := d.InTimeShare(); known {
		v.InTime = strconv.Itoa(int(math.Round(share*100))) + "%"
	}
	return v, nil
}

// half writes a median of whole numbers: with a half at most.
func half(lang i18n.Lang, n float64) string {
	text := strconv.FormatFloat(n, 'f', -1, 64)
	if lang == i18n.NL {
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}
