package pages

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/media"
	"prosumer/internal/products"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// Made lists the products that came of ideas.
func (p *Pages) Made(c *fiber.Ctx) error {
	stage := products.Stage(request.Query(c, "stage"))
	if !slices.Contains(products.Stages, stage) {
		stage = ""
	}
	page, err := p.Board.ProductsAt(c.UserContext(), request.Actor(c), stage, request.Query(c, "after"), productsOnPage)
	if err != nil {
		return err
	}
	counts, err := p.Board.StageCounts(c.UserContext())
	if err != nil {
		return err
	}
	v := views.MadeView{Shell: p.Shell(c), Stage: string(stage), Next: page.Next, Stages: []views.StageCount{{}}}
	for _, s := range slices.Backward(products.Stages) {
		if n := counts[s]; n > 0 {
			v.Stages[0].Products += n
			v.Stages = append(v.Stages, views.StageCount{Stage: string(s), Products: n})
		}
	}
	for _, product := range page.Items {
		v.Products = append(v.Products, productCard(product))
	}
	v.Alternates = p.madeFeeds(v.Shell)
	return response.HTML(c, fiber.StatusOK, views.Made(v))
}

func productCard(product board.Product) views.ProductCard {
	card := views.ProductCard{
		ID: int64(product.ID), Slug: product.Slug, Name: product.Name, Stage: string(product.Stage), Cover: image(product.Picture), TestedBy: product.TestedBy,
	}
	for _, credit := range creditsOf(product.Credits) {
		card.By = append(card.By, credit.Person)
	}
	for _, idea := range product.Ideas {
		if idea.Tally.Seal == challenges.Unsealed {
			card.Voters += idea.Tally.Voters
		}
	}
	return card
}

// Product is the page of one product.
func (p *Pages) Product(c *fiber.Ctx) error {
	product, err := p.Board.ProductPage(c.UserContext(), request.Actor(c), request.Slug(c))
	if err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.Product(p.productView(c, product)))
}

func (p *Pages) productView(c *fiber.Ctx, product board.ProductPage) views.ProductView {
	actor := request.Actor(c)
	v := views.ProductView{
		Shell: p.Shell(c), ID: int64(product.ID), Slug: product.Slug, Name: product.Name, Stage: string(product.Stage), Cover: image(product.Picture),
		Story: product.Story, Beats: p.beats(product), Ideas: p.cards(actor, request.Lang(c), product.Ideas), Credits: creditsOf(product.Credits),
		AdoptedAt: product.CreatedAt, ShopURL: product.ShopLink, Terms: product.Terms, TestedBy: product.TestedBy,
	}
	v.Title, v.Path = product.Name, views.ProductURL(product.Slug)
	v.CanonicalURL = p.BaseURL + v.Path
	v.Data = views.ProductData(v, p.BaseURL)
	v.ShareImage = p.productImage(product)
	v.Sharing = &views.Sharing{URL: v.CanonicalURL, Title: v.Name}
	if product.PipelineSince != nil {
		v.PipelineSince = *product.PipelineSince
	}
	for i := range v.Credits {
		if credit := &v.Credits[i]; !actor.Visitor() && credit.Person.ID == int64(actor.ID) {
			credit.Mine, credit.Person.Handle = true, actor.Handle // who hides sees their own all the same
			credit.Person.Name = actor.Name
		}
	}
	for _, r := range product.Rewards {
		v.Rewards = append(v.Rewards, rewardRow(r, r.Account == actor.ID))
	}
	v.Beta, v.Verdict = betaOf(product, actor.ID), verdictOf(product)
	return v
}

// beats are the stages and milestones of a product in order of their days.
func (p *Pages) beats(product board.ProductPage) []views.Beat {
	var list []views.Beat
	for _, r := range product.Road {
		list = append(list, views.Beat{At: r.At, Stage: string(r.Stage), Text: r.Words})
	}
	now := p.Now()
	for _, m := range product.Milestones {
		list = append(list, views.Beat{At: m.On, Title: m.Title, Text: m.Text, Picture: image(m.Picture), Ahead: m.On.After(now)})
	}
	slices.SortStableFunc(list, func(a, b views.Beat) int { return dayOf(a.At, p.Zone).Compare(dayOf(b.At, p.Zone)) })
	return list
}

// dayOf is the day of a moment, so that a milestone's date and a stage's time can
// be told in order.
func dayOf(t time.Time, zone *time.Location) time.Time {
	if zone != nil && !midnight(t) {
		t = t.In(zone)
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func midnight(t time.Time) bool { return t.UTC().Truncate(24 * time.Hour).Equal(t) }

func namedPerson(n board.Named) views.Person {
	who := views.Person{ID: int64(n.Account), Name: n.Name, Picture: image(media.Face(n.Face))}
	if !n.Hidden {
		who.Handle = n.Handle
	}
	return who
}

func rewardRow(r board.Reward, mine bool) views.RewardRow {
	row := views.RewardRow{ID: r.ID, Person: namedPerson(r.Named), Text: r.Text, On: r.On, Mine: mine}
	if r.Amount != "" {
		row.Amount = r.Currency + " " + r.Amount
	}
	return row
}
