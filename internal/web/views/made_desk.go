package views

import (
	"time"

	"prosumer/internal/web/views/ui"
)

// ProductDesk is where the team works on a product, section by section.
type ProductDesk struct {
	Shell
	Slug, Name, Stage string
	UndoTo            string // the stage an undo would go back to; empty when its time is over
	Move              StageForm
	About             AboutForm
	Credits           []Credit
	Credit            CreditForm
	Milestones        []MilestoneForm
	Milestone         MilestoneForm // a new one
	Terms             string
	TermsErrors       Errors
	Rewards           []RewardRow
	Reward            RewardForm
	Call              CallForm
	Called            *Beta // nil: no testers were asked for
	Testers           []Tester
}

// StageForm moves a product on.
type StageForm struct {
	To, Words string
	Next      []string
	Errors    Errors
}

// AboutForm is what a product says of itself.
type AboutForm struct {
	Name          string
	Story         string // source HTML
	ShopURL       string
	PipelineSince string // yyyy-mm-dd; empty: new to us
	Errors        Errors
}

// CreditForm credits somebody by hand.
type CreditForm struct {
	Handle, Role, For string
	Errors            Errors
}

// MilestoneForm is a milestone as typed.
type MilestoneForm struct {
	ID              int64 // 0 for a new one
	Title, Text, On string
	Picture         ui.Image
	Errors          Errors
}

// RewardForm records a reward.
type RewardForm struct {
	Handle, Text, Amount, Currency, On string
	Errors                             Errors
}

// CallForm asks for testers.
type CallForm struct {
	Words, Closes, Places string
	Errors                Errors
}

// Tester is somebody who applied.
type Tester struct {
	Person   Person
	Words    string
	Status   string
	Reported bool
	At       time.Time
}

// at names an input of this milestone: several forms stand on one page.
func (m MilestoneForm) at(field string) string {
	if m.ID == 0 {
		return "milestone_" + field
	}
	return "milestone_" + id64(m.ID) + "_" + field
}
