package views

import (
	"time"

	"prosumer/internal/web/views/ui"
)

// StudioChallengesView is the team's list of challenges.
type StudioChallengesView struct {
	Shell
	Rows []StudioChallenge
}

// StudioChallenge is a challenge as the team sees it in a list.
type StudioChallenge struct {
	ChallengeCard
	Held   int // entries that wait for a moderator
	Voters int
}

// ChallengeFormView is the form of a challenge; its values come back after a
// refusal.
type ChallengeFormView struct {
	Shell
	Challenge             Challenge // as it is stored; zero for a new one
	Revision              int
	Slug, Name, Question  string
	Brief, Prize, Terms   string // source as typed
	TermsVersion          int    // in force; 0: none
	Demands               string
	Topic                 string
	Topics                []Topic
	Ballot, Seal          string
	Budget                string // as typed
	Premoderated          bool
	Moments               []MomentField
	Pictures              []ui.Image
	Cover                 string
	MaxPictures           int
	Template              FileLink // stored; no name for none
	Entries               int
	SlugStays             bool
	BallotStays           bool
	SealStays, BudgetStay bool
	Errors                Errors

	Jury *JuryForm // nil until voting has closed
}

// MomentField is one of the dates in the form.
type MomentField struct {
	Name  string // of the field
	Value string // as the browser's field writes it
	Over  bool   // it has passed, and stays
}

// JuryForm is the verdict in the form.
type JuryForm struct {
	Words   string // source as typed
	Winners []WinnerField
	Entries []ui.Option // to choose from; empty for a challenge without entries
	Out     bool        // the results are public
	Errors  Errors
}

// WinnerField is one row of the winners.
type WinnerField struct{ Idea, Place, Words string }

func (v ChallengeFormView) isNew() bool { return v.Challenge.Slug == "" }

func (v ChallengeFormView) action() string {
	if v.isNew() {
		return StudioChallengesURL
	}
	return StudioChallengeURL(v.Challenge.Slug)
}

func (v ChallengeFormView) formTitle() string {
	if v.isNew() {
		return v.T("views.challenges.form.new")
	}
	return v.Challenge.Title
}

// fields are the inputs an error summary can link to, in their order.
func (v ChallengeFormView) fields() []string {
	list := []string{"title", "slug", "question", "brief", "demands", "template", "pictures", "topic"}
	for _, m := range v.Moments {
		list = append(list, m.Name)
	}
	return append(list, "ballot", "sealed", "budget", "prize", "terms")
}

// pictureForm is the part of the form that the pictures' own template draws.
func (v ChallengeFormView) pictureForm() IdeaFormView {
	return IdeaFormView{Shell: v.Shell, Pictures: v.Pictures, Cover: v.Cover, MaxPictures: v.MaxPictures, Errors: v.Errors}
}

// clock is how a field of day and time is written, in the zone of the site.
const clock = "2006-01-02T15:04"

// ClockField writes a moment for a field of day and time.
func (s Shell) ClockField(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return s.local(t).Format(clock)
}

func ballotOptions(s Shell) []ui.Option {
	return []ui.Option{{Value: "support", Label: s.T("views.challenges.form.ballot.support")}, {Value: "score", Label: s.T("views.challenges.form.ballot.score")}}
}

func sealOptions(s Shell) []ui.Option {
	return []ui.Option{
		{Value: "", Label: s.T("views.challenges.form.seal.no")},
		{Value: "until_voted", Label: s.T("views.challenges.form.seal.until_voted")},
		{Value: "until_close", Label: s.T("views.challenges.form.seal.until_close")},
	}
}
