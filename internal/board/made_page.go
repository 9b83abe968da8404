package board

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/media"
	"prosumer/internal/products"
)

// ProductPage is a product with all that its page tells, as its reader may know it.
type ProductPage struct {
	Product
	Road       []Reached
	Milestones []Milestone
	Terms      clean.HTML // what the credited get
	Call       *Call      // nil: no testers were asked for
	Reports    []Report   // the public ones, and the reader's own
	Verdicts   map[products.Verdict]int
	Said       []Said
	Launched   bool     // it has been, even where it is stopped by now
	Rewards    []Reward // for the team all, for others their own
	Say        Say
}

// Reached is a stage that a product reached.
type Reached struct {
	Stage products.Stage `db:"stage"`
	At    time.Time      `db:"at"`
	Words string         `db:"words"`
}

// Milestone is a day worth telling of in the making of a product.
type Milestone struct {
	ID          int64
	Title, Text string
	On          time.Time
	Picture     *media.Picture
}

// Call is the call for testers of a product.
type Call struct {
	Words    string    `db:"words"`
	ClosesAt time.Time `db:"closes_at"`
	Open     bool      `db:"open"`
	Places   int       `db:"places"`
	Taken    int       `db:"taken"`
	Applied  int       `db:"applied"`
}

// Named is somebody beside what they did; without a name they hide.
type Named struct {
	Account accounts.ID `db:"account_id"`
	Name    string      `db:"name"`
	Handle  string      `db:"handle"`
	Hidden  bool        `db:"hidden"`
	Face    *string     `db:"face"`
}

// Report is what a tester found.
type Report struct {
	Named
	Rating int       `db:"rating"`
	Body   string    `db:"body"`
	Public bool      `db:"public"`
	At     time.Time `db:"at"`
}

// Said is a verdict with words.
type Said struct {
	Named
	Verdict products.Verdict `db:"verdict"`
	Words   string           `db:"words"`
	At      time.Time        `db:"at"`
}

// Reward is what somebody credited was given.
type Reward struct {
	ID int64 `db:"id"`
	Named
	Text     string    `db:"text"`
	Amount   string    `db:"amount"` // empty for none
	Currency string    `db:"currency"`
	On       time.Time `db:"given_on"`
}

// Say is what a reader has to do with a product.
type Say struct {
	Has     bool             `db:"has"`    // may apply and judge
	Applied string           `db:"status"` // of their application; empty for none
	Words   string           `db:"words"`  // of their application
	Verdict products.Verdict `db:"verdict"`
	Because string           `db:"because"` // the words of their verdict
}

// saidOnPage and reportsOnPage bound what a page shows of each.
const (
	saidOnPage    = 50
	reportsOnPage = 50
)

// ProductPage gives the page of a product; products.ErrNotFound when there is none.
func (b *Board) ProductPage(ctx context.Context, actor accounts.Actor, slug string) (ProductPage, error) {
	product, err := b.Product(ctx, actor, slug)
	if err != nil {
		return ProductPage{}, err
	}
	p := ProductPage{Product: product, Verdicts: map[products.Verdict]int{}}
	for _, read := range []func(context.Context, accounts.Actor, *ProductPage) error{b.readRoad, b.readMilestones, b.readCall, b.readReports, b.readVerdicts, b.readSay} {
		if err := read(ctx, actor, &p); err != nil {
			return ProductPage{}, fmt.Errorf("page of product %q: %w", slug, err)
		}
	}
	return p, nil
}

func (b *Board) readRoad(ctx context.Context, _ accounts.Actor, p *ProductPage) error {
	const query = `SELECT stage, at, words FROM product_stages WHERE product_id = $1 AND undone_at IS NULL ORDER BY id`
	if err := b.db.SelectContext(ctx, &p.Road, query, p.ID); err != nil {
		return err
	}
	for _, r := range p.Road {
		p.Launched = p.Launched || r.Stage == products.StageLaunched
	}
	err := b.db.GetContext(ctx, &p.Terms, `SELECT html FROM reward_terms WHERE id = $1`, p.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

func (b *Board) readMilestones(ctx context.Context, _ accounts.Actor, p *ProductPage) error {
	var rows []struct {
		MilestoneID int64     `db:"milestone_id"`
		Title       string    `db:"title"`
		Text        string    `db:"text"`
		On          time.Time `db:"on_date"`
		imageRow
	}
	const query = `
		SELECT n.id AS milestone_id, n.title, n.text, n.on_date, m.id AS image_id, m.width, m.height, m.alt, m.sizes, m.webp
		FROM product_milestones n LEFT JOIN images m ON m.id = n.picture_id WHERE n.product_id = $1 ORDER BY n.on_date, n.id LIMIT 100`
	if err := b.db.SelectContext(ctx, &rows, query, p.ID); err != nil {
		return err
	}
	for _, r := range rows {
		p.Milestones = append(p.Milestones, Milestone{ID: r.MilestoneID, Title: r.Title, Text: r.Text, On: r.On, Picture: r.picture()})
	}
	return nil
}

func (b *Board) readCall(ctx context.Context, _ accounts.Actor, p *ProductPage) error {
	const query = `
		SELECT words, closes_at, closes_at > clock_timestamp() AND $2 NOT IN ('launched', 'stopped') AS open, places, taken,
		       (SELECT count(*) FROM beta_applications a WHERE a.product_id = b.product_id) AS applied
		FROM beta_calls b WHERE product_id = $1`
	var call Call
	err := b.db.GetContext(ctx, &call, query, p.ID, string(p.Stage))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	p.Call = &call
	return err
}

func (b *Board) readReports(ctx context.Context, actor accounts.Actor, p *ProductPage) error {
	if p.TestedBy == 0 {
		return nil
	}
	const query = `
		SELECT r.account_id, r.rating, r.body, r.public, r.at, ` + namedOf + `
		FROM beta_reports r JOIN accounts a ON a.id = r.account_id
		WHERE r.product_id = $1 AND (r.public OR $2 OR r.account_id = $3) ORDER BY r.account_id = $3 DESC, r.at DESC LIMIT $4`
	return b.db.SelectContext(ctx, &p.Reports, query, p.ID, actor.Decides(), actor.ID, reportsOnPage)
}

func (b *Board) readVerdicts(ctx context.Context, _ accounts.Actor, p *ProductPage) error {
	if !p.Launched {
		return nil
	}
	var counts []struct {
		Verdict products.Verdict `db:"verdict"`
		N       int              `db:"n"`
	}
	if err := b.db.SelectContext(ctx, &counts, `SELECT verdict, count(*) AS n FROM verdicts WHERE product_id = $1 GROUP BY verdict`, p.ID); err != nil {
		return err
	}
	for _, c := range counts {
		p.Verdicts[c.Verdict] = c.N
	}
	const query = `
		SELECT v.account_id, v.verdict, v.words, v.at, ` + namedOf + `
		FROM verdicts v JOIN accounts a ON a.id = v.account_id WHERE v.product_id = $1 AND v.words <> '' ORDER BY v.at DESC LIMIT $2`
	return b.db.SelectContext(ctx, &p.Said, query, p.ID, saidOnPage)
}

// readSay reads what is the reader's own; a visitor has nothing.
func (b *Board) readSay(ctx context.Context, actor accounts.Actor, p *ProductPage) error {
	if actor.Visitor() {
		return nil
	}
	const mine = `
		SELECT has_say($1, $2) AS has, coalesce(a.status, '') AS status, coalesce(a.words, '') AS words, coalesce(v.verdict, '') AS verdict, coalesce(v.words, '') AS because
		FROM (SELECT 1) AS one
		LEFT JOIN beta_applications a ON a.product_id = $1 AND a.account_id = $2
		LEFT JOIN verdicts v ON v.product_id = $1 AND v.account_id = $2`
	if err := b.db.GetContext(ctx, &p.Say, mine, p.ID, actor.ID); err != nil {
		return err
	}
	const rewards = `
		SELECT r.id, r.account_id, ` + namedOf + `, r.text, coalesce(r.amount::text, '') AS amount, coalesce(r.currency, '') AS currency, r.given_on
		FROM rewards r JOIN accounts a ON a.id = r.account_id WHERE r.product_id = $1 AND ($2 OR r.account_id = $3) ORDER BY r.given_on DESC, r.id DESC`
	return b.db.SelectContext(ctx, &p.Rewards, rewards, p.ID, actor.Decides(), actor.ID)
}
