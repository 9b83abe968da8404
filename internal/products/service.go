package products

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

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

// Change is what the team edits on a product; nil leaves a field as it is.
type Change struct {
	Name, Story, ShopLink *string
	Picture               *string // id of a picture the actor uploaded
	Stage                 *Stage
	StageWords            string // what the public reads about the new stage
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
	check.Need(utf8.RuneCountInString(lines(c.StageWords)) <= 500, "stage_words", "products.words_long")
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
			if err := s.toStage(ctx, tx, actor, p, *c.Stage, lines(c.StageWords)); err != nil {
				return err
			}
			p.Stage = *c.Stage
		}
		p, err = update(ctx, tx, p)
		return err
	})
	return p, err
}

// BySlug finds a product; ErrNotFound when there is none.
func (s *Service) BySlug(ctx context.Context, slug string) (Product, error) {
	return bySlug(ctx, s.db, slug)
}

// Reclean renders every product's story and reward terms again; see ideas.Recleanable.
func (s *Service) Reclean(ctx context.Context, progress func(done, total int)) (int, error) {
	changed, err := ideas.Recleanable{Name: "products", Source: "story_source", HTML: "story_html"}.Run(ctx, s.db, progress)
	if err != nil {
		return changed, err
	}
	terms, err := ideas.Recleanable{Name: "reward_terms", Source: "source", HTML: "html"}.Run(ctx, s.db, progress)
	return changed + terms, err
}
