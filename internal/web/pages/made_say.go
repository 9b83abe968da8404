package pages

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/fault"
	"prosumer/internal/products"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// This file is what customers do with a product: apply to test it, report, judge.

func betaOf(product board.ProductPage, reader accounts.ID) *views.Beta {
	if product.Call == nil {
		return nil
	}
	call, say := product.Call, product.Say
	b := &views.Beta{
		Words: call.Words, Closes: call.ClosesAt, Open: call.Open, Places: call.Places, Taken: call.Taken, Applied: call.Applied,
		May: say.Has, Status: say.Applied, Offer: say.Words, Mine: views.ReportForm{Public: true},
	}
	for _, r := range product.Reports {
		if reader != 0 && r.Account == reader {
			b.Reported = true
			b.Mine = views.ReportForm{Rating: strconv.Itoa(r.Rating), Body: r.Body, Public: r.Public}
		}
		b.Reports = append(b.Reports, views.Report{By: namedPerson(r.Named), Rating: r.Rating, Body: r.Body, Public: r.Public, At: r.At})
	}
	return b
}

func verdictOf(product board.ProductPage) *views.Verdict {
	if !product.Launched {
		return nil
	}
	v := &views.Verdict{May: product.Say.Has, Mine: string(product.Say.Verdict), Words: product.Say.Because}
	for _, verdict := range products.Verdicts {
		v.Counts = append(v.Counts, views.VerdictCount{Verdict: string(verdict), Count: product.Verdicts[verdict]})
		v.Total += product.Verdicts[verdict]
	}
	for _, s := range product.Said {
		v.Said = append(v.Said, views.Said{By: namedPerson(s.Named), Verdict: string(s.Verdict), Words: s.Words, At: s.At})
	}
	return v
}

// BetaApply offers to test a product.
func (p *Pages) BetaApply(c *fiber.Ctx) error {
	slug, words := request.Slug(c), request.Field(c, "beta_words")
	err := p.Products.Apply(c.UserContext(), request.Actor(c), slug, words)
	return p.said(c, slug, "#beta", "applied", err, func(v *views.ProductView, f *fault.Fault) {
		if v.Beta != nil {
			v.Beta.Offer, v.Beta.Errors = words, p.errorsAt(c, f, "beta_")
		}
	})
}

// BetaReport takes a tester's report.
func (p *Pages) BetaReport(c *fiber.Ctx) error {
	slug := request.Slug(c)
	typed := views.ReportForm{Rating: request.Field(c, "report_rating"), Body: request.Field(c, "report_body"), Public: request.Field(c, "report_public") != ""}
	rating, _ := strconv.Atoi(typed.Rating) // what is no number is no rating either
	err := p.Products.TellReport(c.UserContext(), request.Actor(c), slug, products.Report{Rating: rating, Body: typed.Body, Public: typed.Public})
	return p.said(c, slug, "#beta", "reported", err, func(v *views.ProductView, f *fault.Fault) {
		if v.Beta != nil {
			typed.Errors = p.errorsAt(c, f, "report_")
			v.Beta.Mine = typed
		}
	})
}

// Verdict takes a customer's verdict on a launched product.
func (p *Pages) Verdict(c *fiber.Ctx) error {
	slug, verdict, words := request.Slug(c), request.Field(c, "verdict"), request.Field(c, "verdict_words")
	err := p.Products.Judge(c.UserContext(), request.Actor(c), slug, products.Verdict(verdict), words)
	return p.said(c, slug, "#verdict", "judged", err, func(v *views.ProductView, f *fault.Fault) {
		if v.Verdict == nil {
			return
		}
		v.Verdict.Mine, v.Verdict.Words, v.Verdict.Errors = verdict, words, p.errorsAt(c, f, "verdict_")
		if text, ok := v.Verdict.Errors["verdict_verdict"]; ok {
			delete(v.Verdict.Errors, "verdict_verdict")
			v.Verdict.Errors["verdict"] = text
		}
	})
}

// said answers what a customer sent: back to the page, or where it was refused
// the page as it is now, with the words still in the form.
func (p *Pages) said(c *fiber.Ctx, slug, part, flash string, err error, typed func(*views.ProductView, *fault.Fault)) error {
	if err == nil {
		return p.done(c, views.ProductURL(slug)+part, flash)
	}
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	product, gone := p.Board.ProductPage(c.UserContext(), request.Actor(c), slug)
	if gone != nil {
		return gone
	}
	v := p.productView(c, product)
	if f.Kind == fault.Invalid {
		typed(&v, f)
	} else {
		v.Flash = response.Sentence(request.Lang(c), f)
	}
	return response.HTML(c, response.StatusOf(f), views.Product(v))
}

// done leads back after a form about a product was taken.
func (p *Pages) done(c *fiber.Ctx, path, what string) error {
	switch what {
	case "applied":
		return response.SeeOther(c, path, "made_applied")
	case "reported":
		return response.SeeOther(c, path, "made_reported")
	case "judged":
		return response.SeeOther(c, path, "made_judged")
	case "undone":
		return response.SeeOther(c, path, "undone")
	default:
		return response.SeeOther(c, path, "saved")
	}
}

// errorsAt is errors for a form whose inputs have a prefix before the names of
// the fields.
func (p *Pages) errorsAt(c *fiber.Ctx, f *fault.Fault, prefix string) views.Errors {
	said := views.Errors{}
	for field, text := range p.errors(c, f) {
		if field != "" {
			field = prefix + field
		}
		said[field] = text
	}
	return said
}
