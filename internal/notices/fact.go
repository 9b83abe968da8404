package notices

import (
	"context"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/outbox"
	"prosumer/internal/pg"
)

// Kind is what a notice speaks of; the catalogues have a sentence for each.
type Kind string

// The kinds of notices.
const (
	Decided          Kind = "decided"           // the team moved an idea, with Data "status" and "reason"
	StageReached     Kind = "stage_reached"     // a product reached a stage, with Data "product", "name" and "stage"
	BetaCalled       Kind = "beta_called"       // voters may apply to test, with Data "product" and "name"
	BetaAccepted     Kind = "beta_accepted"     // one of them was taken, with Data "product" and "name"
	VerdictAsked     Kind = "verdict_asked"     // launched: what do you say, with Data "product" and "name"
	Rewarded         Kind = "rewarded"          // a reward was given, with Data "product", "name" and "reward"
	Merged           Kind = "merged"            // an idea was merged, with Data "into" (id) and "title" of where to
	Unmerged         Kind = "unmerged"          // and taken out again
	MilestoneReached Kind = "milestone_reached" // with Data "voters", "longer" where it stays open longer for it, and "review" where it went under review
	ExpiresSoon      Kind = "expires_soon"      // its time is nearly over, with Data "until" (RFC 3339)
	Expired          Kind = "expired"           // an idea's time is over
	Mentioned        Kind = "mentioned"         // a colleague named you in a private note
	Assigned         Kind = "assigned"          // an idea is yours to look after
	ResultsOut       Kind = "results_out"       // a challenge has its results, with Data "challenge" (slug) and "title"
	BudgetBack       Kind = "budget_back"       // a vote of the budget came back, with Data "challenge" and "title"
)

// Kinds lists them all.
var Kinds = []Kind{
	Decided, StageReached, BetaCalled, BetaAccepted, VerdictAsked, Rewarded, Merged, Unmerged,
	MilestoneReached, ExpiresSoon, Expired, Mentioned, Assigned, ResultsOut, BudgetBack,
}

// Audience is who hears of a fact beside those it names.
type Audience int

// The audiences; they can be added up.
const (
	Contributor Audience = 1 << iota // of Idea
	Voters                           // whoever has a vote on Idea, staff included
	Followers                        // of Idea
	CoCreators                       // of Idea
)

// Fact is something to tell people of.
type Fact struct {
	Kind Kind
	Key  string // names the fact: nobody hears of one key twice, e.g. "stage:12:beta"
	Idea ideas.ID
	To   []accounts.ID // by name, besides the audience
	Also Audience
	But  accounts.ID // who did it, and knows already
	Data map[string]string
}

// The facts of the outbox that this package writes for its own relay: a Page of
// readers to tell, and the ID of a notice to mail.
const (
	TopicSpread = "notices.spread"
	TopicMail   = "notices.mail"
)

// Tell notes a fact in the caller's transaction; the relay spreads it after the
// commit.
func (s *Service) Tell(ctx context.Context, tx pg.Q, f Fact) error {
	if s.silent {
		return nil
	}
	return outbox.Put(ctx, tx, TopicSpread, Page{Fact: f})
}
