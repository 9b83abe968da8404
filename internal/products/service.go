package products

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gosimple/slug"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// Service is what the team does with products.
type Service struct {
	db      *sqlx.DB
	ideas   *ideas.Service
	notices *notices.Service
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, i *ideas.Service, n *notices.Service) *Service {
	return &Service{db: db, ideas: i, notices: n}
}

// Adoption is the decision to make an idea, and what it leads to.
type Adoption struct {
	Answer  string
	Name    string // of the product; the idea's title when empty
	Joins   string // slug of an existing product to join instead
	WhatFor string // what the contributor is credited for; "the idea" when empty

	PipelineSince *time.Time // since when the company was at it already; nil: new to us
}

// Adopt decides that an idea gets made: the idea moves, a product is made or
// joined, and the contributor is credited on it, all or nothing.
func (s *Service) Adopt(ctx context.Context, actor accounts.Actor, id ideas.ID, a Adoption) (Product, error) {
	var product Product
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		idea, err := s.ideas.DecideTx(ctx, tx, actor, id, ideas.Decision{To: ideas.Adopted, Answer: a.Answer})
		if err != nil {
			return err
		}
		if a.Joins != "" {
			product, err = lockBySlug(ctx, tx, a.Joins)
		} else {
			product, err = insert(ctx, tx, idea, a.Name, a.PipelineSince)
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO product_ideas (idea_id, product_id) VALUES ($1, $2)`, idea.ID, product.ID)
		if pg.Violates(err, "product_ideas_one_product") {
			return ErrHasOne
		}
		if err != nil {
			return fmt.Errorf("idea %d of product %d: %w", idea.ID, product.ID, err)
		}
		if err := credit(ctx, tx, product.ID, idea.Contributor, "contributor", a.WhatFor, &idea.ID); err != nil {
			return err
		}
		if to := product.Stage.status(); to != "" && to != ideas.Adopted {
			return s.ideas.Follow(ctx, tx, actor, idea.ID, to)
		}
		return nil
	})
	return product, err
}

// slugTries is how many numbers a taken slug gets before giving up.
const slugTries = 20

func insert(ctx context.Context, tx pg.Q, idea ideas.Idea, name string, since *time.Time) (Product, error) {
	name = clean.Line(name)
	if name == "" {
		name = idea.Title
	}
	if n := utf8.RuneCountInString(name); n < 2 || n > 120 {
		return Product{}, errInvalid.With("product", "products.name_length")
	}
	base := slug.Make(name)
	if base == "" {
		base = "product"
	}
	base = strings.Trim(base[:min(len(base), 80)], "-")
	const query = `
		INSERT INTO products (slug, name, story_source, story_html, policy_version, picture_id, pipeline_since)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (slug) DO NOTHING RETURNING ` + columns
	for n := 1; n <= slugTries; n++ {
		candidate := base
		if n > 1 {
			candidate = base + "-" + strconv.Itoa(n)
		}
		var p Product
		err := sqlx.GetContext(ctx, tx, &p, query, candidate, name, idea.Source, idea.Story, clean.PolicyVersion, idea.Cover, since)
		if err == nil {
			return p, nil
		}
		if !missing(err) {
			return Product{}, fmt.Errorf("insert product %q: %w", name, err)
		}
	}
	return Product{}, errInvalid.With("product", "products.name_taken")
}

func credit(ctx context.Context, tx pg.Q, product ID, account accounts.ID, role, whatFor string, idea *ideas.ID) error {
	whatFor = clean.Line(whatFor)
	if utf8.RuneCountInString(whatFor) > 200 {
		return errInvalid.With("what_for", "products.what_for_long")
	}
	const query = `
		INSERT INTO credits (product_id, account_id, role, what_for, idea_id) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (product_id, account_id) DO UPDATE SET what_for = excluded.what_for, role = GREATEST(credits.role, excluded.role)`
	_, err := tx.ExecContext(ctx, query, product, account, role, whatFor, idea)
	if pg.Violates(err, "credits_account_id_fkey") {
		return accounts.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("credit account %d: %w", account, err)
	}
	return nil
}

// Credit adds a co-creator to a product, or changes what they are credited for.
func (s *Service) Credit(ctx context.Context, actor accounts.Actor, slug string, account accounts.ID, whatFor string) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		p, err := bySlug(ctx, tx, slug)
		if err != nil {
			return err
		}
		return credit(ctx, tx, p.ID, account, "co_creator", whatFor, nil)
	})
}

// Change is what the team edits on a product; nil leaves a field as it is.
type Change struct {
	Name, Story, ShopLink *string
	Picture               *string // id of a picture the actor uploaded
	Stage                 *Stage
	Provenance            *Provenance
}

// Provenance says whether the idea was new, or in the pipeline since a day.
type Provenance struct{ PipelineSince *time.Time }

func (c Change) check() error {
	var check fault.Check
	if c.Name != nil {
		n := utf8.RuneCountInString(clean.Line(*c.Name))
		check.Need(n >= 2 && n <= 120, "name", "products.name_length")
	}
	if c.ShopLink != nil && *c.ShopLink != "" {
		u, err := url.Parse(*c.ShopLink)
		check.Need(err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && clean.ValidText(*c.ShopLink), "shop_link", "products.shop_link")
	}
	if c.Stage != nil {
		check.Need(slices.Contains(Stages, *c.Stage), "stage", "products.stage_unknown")
	}
	if c.Story != nil {
		if _, err := clean.Typed(*c.Story); err != nil {
			check.Need(false, "story", fault.Of(err).Code)
		}
	}
	return check.Err()
}

// Change edits a product. A new stage takes its ideas along.
func (s *Service) Change(ctx context.Context, actor accounts.Actor, slug string, c Change) (Product, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return Product{}, err
	}
	if err := c.check(); err != nil {
		return Product{}, err
	}
	var p Product
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		var err error
		if p, err = lockBySlug(ctx, tx, slug); err != nil {
			return err
		}
		if c.Name != nil {
			p.Name = clean.Line(*c.Name)
		}
		if c.ShopLink != nil {
			p.ShopLink = *c.ShopLink
		}
		if c.Picture != nil {
			p.PictureID = c.Picture
		}
		if c.Provenance != nil {
			p.PipelineSince = c.Provenance.PipelineSince
		}
		if c.Story != nil {
			p.Source = strings.ReplaceAll(strings.ToValidUTF8(*c.Story, ""), "\x00", "")
			if p.Story, err = clean.Typed(p.Source); err != nil {
				return err
			}
		}
		if c.Stage != nil && *c.Stage != p.Stage {
			if err := s.toStage(ctx, tx, actor, p.ID, *c.Stage); err != nil {
				return err
			}
			p.Stage = *c.Stage
		}
		p, err = update(ctx, tx, p)
		return err
	})
	return p, err
}

// toStage takes the ideas of a product along to what the stage means for them.
func (s *Service) toStage(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, to Stage) error {
	status := to.status()
	if status == "" {
		return nil
	}
	list, err := ideasOf(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, idea := range list {
		err := s.ideas.Follow(ctx, tx, actor, idea, status)
		if fault.Of(err).Code == ideas.ErrMove.Code {
			return ErrStage
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// BySlug finds a product; ErrNotFound when there is none.
func (s *Service) BySlug(ctx context.Context, slug string) (Product, error) {
	return bySlug(ctx, s.db, slug)
}

// Credits lists who is credited on a product, the contributors first.
func (s *Service) Credits(ctx context.Context, id ID) ([]Credit, error) {
	return creditsOf(ctx, s.db, id)
}

// Reclean renders every product's story again; see ideas.Recleanable.
func (s *Service) Reclean(ctx context.Context, progress func(done, total int)) (int, error) {
	return ideas.Recleanable{Name: "products", Source: "story_source", HTML: "story_html"}.Run(ctx, s.db, progress)
}
