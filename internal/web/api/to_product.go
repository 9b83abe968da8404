package api

import (
	"time"

	openapi "github.com/oapi-codegen/runtime/types"

	"prosumer/internal/board"
	"prosumer/internal/products"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/views"
)

// toProduct is a product with its ideas and everyone credited.
func toProduct(p board.Product) wire.Product {
	product := wire.Product{
		ID: int64(p.ID), Slug: p.Slug, URL: views.ProductURL(p.Slug), Name: p.Name, StoryHTML: p.Story.String(), Stage: wire.Stage(p.Stage),
		Provenance: toProvenance(p.PipelineSince), Picture: toPicture(p.Picture), ShopLink: p.ShopLink,
		Ideas: each(p.Ideas, toProductIdea), Credits: each(p.Credits, toCredit), CreatedAt: p.CreatedAt.UTC(),
	}
	if p.Stage == products.StageLaunched {
		product.LaunchedAt = inUTC(&p.StageAt)
	}
	return product
}

func toProductIdea(c board.Card) wire.ProductIdea {
	return wire.ProductIdea{ID: int64(c.ID), Title: c.Title, URL: views.IdeaURL(int64(c.ID), c.Slug)}
}

func toCredit(c products.Credit) wire.Credit {
	return wire.Credit{Person: toRef(c.Name, c.Handle, c.Hidden), Role: wire.CreditRole(c.Role), WhatFor: c.WhatFor}
}

func toProvenance(since *time.Time) wire.Provenance {
	if since == nil {
		return wire.Provenance{Kind: wire.ProvenanceKindNewToUs}
	}
	return wire.Provenance{Kind: wire.ProvenanceKindPipeline, Since: &openapi.Date{Time: *since}}
}

// ofProvenance reads what toProvenance writes.
func ofProvenance(p *wire.Provenance) (*products.Provenance, error) {
	switch {
	case p == nil:
		return nil, nil
	case p.Kind == wire.ProvenanceKindNewToUs:
		return &products.Provenance{}, nil
	case p.Kind != wire.ProvenanceKindPipeline:
		return nil, remedy("provenance", remedyParameter)
	case p.Since == nil:
		return nil, remedy("provenance", remedySince)
	case p.Since.Year() < firstYear || p.Since.Year() > lastYear:
		return nil, remedy("provenance", remedyParameter)
	default:
		return &products.Provenance{PipelineSince: &p.Since.Time}, nil
	}
}

// Years that a product can have been planned in, as the form of the studio has them.
const firstYear, lastYear = 1900, 2200
