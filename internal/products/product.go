package products

import (
	"strconv"
	"strings"
	"time"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
)

// ID names a product.
type ID int64

// String writes the ID in decimal.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

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

// The refusals of this package.
var (
	ErrNotFound    = fault.New(fault.NotFound, "products.not_found", "There is no such product.")
	ErrStage       = fault.New(fault.Conflict, "products.stage", "The product cannot go back to that stage; its ideas have moved on.")
	ErrNoUndo      = fault.New(fault.Conflict, "products.no_undo", "There is no step to take back.")
	ErrHasOne      = fault.New(fault.Conflict, "products.has_one", "This idea already has a product.")
	ErrContributor = fault.New(fault.Conflict, "products.contributor_stays", "The contributor of an idea behind the product stays credited.")
	ErrRewarded    = fault.New(fault.Conflict, "products.rewarded", "A reward was given for this credit, so it stays.")
	ErrNotCredited = fault.New(fault.Conflict, "products.not_credited", "Only somebody who is credited can be rewarded.")
	ErrNoSay       = fault.New(fault.Forbidden, "products.no_say", "This is for customers who voted on one of its ideas or are credited.")
	ErrNoCall      = fault.New(fault.Conflict, "products.no_call", "No testers are asked for.")
	ErrCallClosed  = fault.New(fault.Conflict, "products.call_closed", "The call for testers has closed.")
	ErrApplied     = fault.New(fault.Conflict, "products.applied", "Your application was decided already.")
	ErrNotApplied  = fault.New(fault.NotFound, "products.not_applied", "Nobody of that name applied.")
	ErrFull        = fault.New(fault.Conflict, "products.full", "Every place is taken.")
	ErrReported    = fault.New(fault.Conflict, "products.reported", "This tester has reported already.")
	ErrNotTester   = fault.New(fault.Forbidden, "products.not_tester", "Only accepted testers report.")
	ErrNotLaunched = fault.New(fault.Conflict, "products.not_launched", "The product is not out yet.")

	errInvalid = fault.New(fault.Invalid, "invalid", "Some fields need another look.")
)

// lines gives a text of several lines as it may be stored: each line as
// clean.Line has it, and no more than one empty line in a row.
func lines(s string) string {
	var kept []string
	for line := range strings.Lines(strings.ReplaceAll(s, "\r\n", "\n")) {
		line = clean.Line(line)
		if line != "" || len(kept) > 0 && kept[len(kept)-1] != "" {
			kept = append(kept, line)
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}
