package products

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gosimple/slug"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Adoption is the decision to make an idea, and what it leads to.
type Adoption struct {
	Answer  string
	Name    string // of the product; the idea's title when empty
	Joins   string // slug of an existing product to join instead
	WhatFor string // what the contributor is credited for; "the idea" when empty

	PipelineSince *time.Time // since when the company was at it already; nil: new to us
}

// Adopt decides that an idea gets made: the idea moves, a product is made or
// joined, its contributor and co-creators are credited on it, and everybody
// concerned is told, all or nothing.
func (s *Service) Adopt(ctx context.Context, actor accounts.Actor, id ideas.ID, a Adoption) (Product, error) {
	var product Product
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		var err error
		product, err = s.AdoptTx(ctx, tx, actor, id, a)
		return err
	})
	return product, err
}

// AdoptTx is Adopt inside the caller's transaction.
func (s *Service) AdoptTx(ctx context.Context, tx pg.Q, actor accounts.Actor, id ideas.ID, a Adoption) (Product, error) {
	idea, err := s.ideas.DecideTx(ctx, tx, actor, id, ideas.Decision{To: ideas.Adopted, Answer: a.Answer})
	if err != nil {
		return Product{}, err
	}
	product, reached, err := home(ctx, tx, actor, idea, a)
	if err != nil {
		return Product{}, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO product_ideas (idea_id, product_id) VALUES ($1, $2)`, idea.ID, product.ID)
	if pg.Violates(err, "product_ideas_one_product") {
		return Product{}, ErrHasOne
	}
	if err != nil {
		return Product{}, fmt.Errorf("idea %d of product %d: %w", idea.ID, product.ID, err)
	}
	if err := creditIdea(ctx, tx, product.ID, idea, a.WhatFor); err != nil {
		return Product{}, err
	}
	if to := product.Stage.status(); to != "" && to != ideas.Adopted {
		if err := s.ideas.Follow(ctx, tx, actor, idea.ID, to); err != nil {
			return Product{}, err
		}
	}
	told := product
	told.Stage = StageAdopted // what this idea reached, however far its product is
	return product, s.tellStage(ctx, tx, actor, told, []ideas.ID{idea.ID}, reached)
}

// home makes the product of an adopted idea, or locks the one that it joins;
// reached tells this adoption apart from every other.
func home(ctx context.Context, tx pg.Q, actor accounts.Actor, idea ideas.Idea, a Adoption) (p Product, reached string, err error) {
	if a.Joins != "" {
		p, err = lockBySlug(ctx, tx, a.Joins)
		return p, "idea-" + idea.ID.String(), err
	}
	if p, err = insert(ctx, tx, idea, a.Name, a.PipelineSince); err != nil {
		return Product{}, "", err
	}
	n, err := keepStage(ctx, tx, p.ID, nil, StageAdopted, actor, "")
	return p, strconv.FormatInt(n, 10), err
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
		if !pg.Missing(err) {
			return Product{}, fmt.Errorf("insert product %q: %w", name, err)
		}
	}
	return Product{}, errInvalid.With("product", "products.name_taken")
}
