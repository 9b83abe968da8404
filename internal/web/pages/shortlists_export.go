package pages

import (
	"encoding/csv"
	"math"
	"mime"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/gosimple/slug"
	"github.com/xuri/excelize/v2"

	"prosumer/internal/shortlists"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
)

// ShortlistCSV sends a list as a table. It begins with a byte order mark, without
// which Excel takes UTF-8 for something else.
func (p *Pages) ShortlistCSV(c *fiber.Ctx) error {
	sheet, err := p.exported(c, "csv", "text/csv; charset=utf-8")
	if err != nil {
		return err
	}
	body := c.Response().BodyWriter()
	if _, err := body.Write([]byte("\uFEFF")); err != nil {
		return err
	}
	table := csv.NewWriter(body)
	table.UseCRLF = true
	err = p.exportRows(c, sheet, func(_ int, row []any) error {
		cells := make([]string, len(row))
		for i, cell := range row {
			switch v := cell.(type) {
			case int:
				cells[i] = strconv.Itoa(v)
			case float64:
				cells[i] = strconv.FormatFloat(v, 'f', -1, 64)
			case string:
				cells[i] = v
			}
		}
		return table.Write(cells)
	})
	table.Flush()
	if err != nil {
		return err
	}
	return table.Error()
}

// ShortlistXLSX sends a list as a workbook.
func (p *Pages) ShortlistXLSX(c *fiber.Ctx) error {
	sheet, err := p.exported(c, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	if err != nil {
		return err
	}
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	stream, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	err = p.exportRows(c, sheet, func(n int, row []any) error { return stream.SetRow("A"+strconv.Itoa(n+1), row) })
	if err != nil {
		return err
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	_, err = book.WriteTo(c.Response().BodyWriter())
	return err
}

// exported reads the list and names the file after it.
func (p *Pages) exported(c *fiber.Ctx, kind, mimeType string) (shortlists.Sheet, error) {
	id, err := request.Number(c, "id")
	if err != nil {
		return shortlists.Sheet{}, err
	}
	sheet, err := p.sheet(c, shortlists.ID(id))
	if err != nil {
		return shortlists.Sheet{}, err
	}
	name := slug.Make(sheet.Name)
	if name == "" {
		name = "shortlist-" + sheet.ID.String()
	}
	c.Set(fiber.HeaderContentType, mimeType)
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": name + "." + kind}))
	c.Set(fiber.HeaderCacheControl, "no-store")
	return sheet, nil
}

// exportRows writes the heads and a row for each idea: what its page shows to
// this reader, no more. A cell is an int, a float64, a text, or nil for nothing.
func (p *Pages) exportRows(c *fiber.Ctx, sheet shortlists.Sheet, write func(n int, row []any) error) error {
	s := p.gate(c)
	head := []any{}
	for _, name := range []string{
		"place", "number", "title", "contributor", "status", "address", "voters", "staff", "score", "low", "high", "scores", "mean", "would_buy",
		"would_buy_share", "seen", "support", "days", "young", "lone", "host", "host_share", "cards", "total", "rank", "decision",
	} {
		head = append(head, s.T("views.shortlists.column."+name))
	}
	for _, criterion := range sheet.Criteria {
		for _, name := range []string{"mean", "least", "most"} {
			head = append(head, safeCell(s.T("views.shortlists.column_of."+name, "Name", criterion.Name)))
		}
	}
	if err := write(0, head); err != nil {
		return err
	}
	for i, e := range sheet.Entries {
		if err := write(i+1, p.exportRow(s, sheet, i, e)); err != nil {
			return err
		}
	}
	return nil
}

func (p *Pages) exportRow(s views.Shell, sheet shortlists.Sheet, i int, e shortlists.Entry) []any {
	f, r := e.Figures, e.Review
	row := []any{
		i + 1, int(e.Idea), safeCell(e.Title), safeCell(e.Contributor.Name), s.StatusWord(string(e.Status)), p.BaseURL + views.IdeaURL(int64(e.Idea), e.Slug),
		f.Voters, f.Staff,
	}
	if f.Score != nil {
		row = append(row, roundCell(f.Score.Value), roundCell(f.Score.Low), roundCell(f.Score.High), f.Score.Of, roundCell(f.Score.Mean))
	} else {
		row = append(row, nil, nil, nil, 0, nil)
	}
	days := 0
	for _, n := range f.Trend {
		days += n
	}
	row = append(row, f.WouldBuy.Part, shareCell(f.WouldBuy), f.Support.Of, shareCell(f.Support), days, shareCell(f.Young), shareCell(f.Lone), safeCell(f.From), shareCell(f.Host), r.HandedIn)
	if r.Total.Of > 0 {
		row = append(row, roundCell(r.Total.Mean), r.Rank)
	} else {
		row = append(row, nil, nil)
	}
	if e.Decision != nil {
		row = append(row, s.StatusWord(string(e.Decision.To)))
	} else {
		row = append(row, nil)
	}
	for n := range sheet.Criteria {
		if n < len(r.By) && r.By[n].Of > 0 {
			row = append(row, roundCell(r.By[n].Mean), roundCell(r.By[n].Min), roundCell(r.By[n].Max))
		} else {
			row = append(row, nil, nil, nil)
		}
	}
	return row
}

func shareCell(s shortlists.Share) any {
	if r, ok := s.Rate(); ok {
		return roundCell(r)
	}
	return nil
}

// roundCell keeps four digits behind the point: more is noise in a table.
func roundCell(v float64) float64 { return math.Round(v*1e4) / 1e4 }
