package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/challenges"
	"prosumer/internal/milestones"
	"prosumer/internal/web/views"
)

// addMilestone fills how far votes have brought it: the way ahead while it takes
// votes, and what it reached for good.
func (p *Pages) addMilestone(c *fiber.Ctx, v *views.IdeaView, page *ideaPage) error {
	if !page.Status.Public() {
		return nil
	}
	progress := page.progress
	m := &views.IdeaMilestone{Voters: page.Tally.Voters, Sealed: page.Challenge != nil && page.Challenge.SealNow != challenges.Unsealed}
	for _, r := range progress.Reached {
		m.Reached = append(m.Reached, views.MilestoneStep{Voters: r.Voters, Days: r.Days, At: r.At})
	}
	if progress.Next != nil && page.Status.Votable() {
		m.Next = milestoneStep(*progress.Next, progress.Until != nil)
	}
	if progress.Until != nil {
		m.Until, m.Over = *progress.Until, progress.Until.Before(p.Now())
	}
	if m.Next.Voters > 0 || len(m.Reached) > 0 || !m.Until.IsZero() {
		v.Milestone = m
	}
	return nil
}

// milestoneStep is one ahead. More time is no news for an idea whose time does
// not run.
func milestoneStep(s milestones.Step, timed bool) views.MilestoneStep {
	shown := views.MilestoneStep{Voters: s.Voters, Review: s.Review}
	if timed {
		shown.Days = s.Days
	}
	return shown
}
