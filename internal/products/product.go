package products

import (
	"strconv"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
)

// ID names a product.
type ID int64

// String writes the ID in decimal.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// Stage is how far the making of a product is.
type Stage string

// The stages, in order; stopped may follow any of them.
const (
	StageAdopted  Stage = "adopted"
	Designing     Stage = "designing"
	Prototype     Stage = "prototype"
	Beta          Stage = "beta"
	StageMaking   Stage = "in_production"
	StageLaunched Stage = "launched"
	Stopped       Stage = "stopped"
)

// Stages lists every stage in order.
var Stages = []Stage{StageAdopted, Designing, Prototype, Beta, StageMaking, StageLaunched, Stopped}

// status is what the ideas of a product in this stage show; empty for stopped,
// which leaves them where they are.
func (s Stage) status() ideas.Status {
	switch s {
	case StageMaking:
		return ideas.InProduction
	case StageLaunched:
		return ideas.Launched
	case Stopped:
		return ""
	default:
		return ideas.Adopted
	}
}

// Product is what gets made, from one or more ideas.
type Product struct {
	ID            ID         `db:"id"`
	Slug          string     `db:"slug"`
	Name          string     `db:"name"`
	Source        string     `db:"story_source"`
	Story         clean.HTML `db:"story_html"`
	PictureID     *string    `db:"picture_id"`
	Stage         Stage      `db:"stage"`
	PipelineSince *time.Time `db:"pipeline_since"` // nil: new to us
	ShopLink      string     `db:"shop_link"`
	CreatedAt     time.Time  `db:"created_at"`
	StageAt       time.Time  `db:"stage_at"`
}

// Credit is a person's public due on a product.
type Credit struct {
	Account accounts.ID `db:"account_id"`
	Name    string      `db:"name"`
	Handle  string      `db:"handle"`
	Role    string      `db:"role"` // contributor or co_creator
	WhatFor string      `db:"what_for"`
	Hidden  bool        `db:"hidden"` // has no profile page to link to
	Face    *string     `db:"face"`   // profile picture; nil for none
}

// The refusals of this package.
var (
	ErrNotFound = fault.New(fault.NotFound, "products.not_found", "There is no such product.")
	ErrStage    = fault.New(fault.Conflict, "products.stage", "The product cannot go back to that stage; its ideas have moved on.")
	ErrHasOne   = fault.New(fault.Conflict, "products.has_one", "This idea already has a product.")

	errInvalid = fault.New(fault.Invalid, "invalid", "Some fields need another look.")
)
