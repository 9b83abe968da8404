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
	NewIdea          Kind = "new_idea"          // somebody one follows proposed an idea, or there is one in a topic or challenge that one follows
	PersonCredited   Kind = "person_credited"   // somebody one follows is credited, with Data "product" and "name"
	EntriesOpen      Kind = "entries_open"      // a challenge takes ideas, with Data "challenge" (slug) and "title"
	VotingOpen       Kind = "voting_open"       // its voting began, with the same
	ClosesSoon       Kind = "closes_soon"       // its voting ends soon, with the same and Data "until" (RFC 3339)
	Commented        Kind = "commented"         // somebody spoke about an idea of yours, with Data "comment" (id)
	Replied          Kind = "replied"           // somebody answered your comment, with Data "comment" (id of the answer)
	TakenUp          Kind = "taken_up"          // what one said went into an idea, with Data "comment" (id)
	CoCreatorJoined  Kind = "co_creator_joined" // somebody co-creates one's idea now
	Invited          Kind = "invited"           // to co-create an idea
	Remixed          Kind = "remixed"           // an idea builds on one's own
	Changed          Kind = "changed"           // an idea became something else than one voted for
	NamedInTalk      Kind = "mentioned_in_talk" // a comment names you, with Data "comment" (id)
)

// Kinds lists them all.
var Kinds = []Kind{
	Decided, StageReached, BetaCalled, BetaAccepted, VerdictAsked, Rewarded, Merged, Unmerged,
	MilestoneReached, ExpiresSoon, Expired, Mentioned, Assigned, ResultsOut, BudgetBack, NewIdea, PersonCredited, EntriesOpen, VotingOpen, ClosesSoon, Commented, Replied, NamedInTalk,
	TakenUp, CoCreatorJoined, Invited, Remixed, Changed,
}

// Audience is who hears of a fact beside those it names.
type Audience int

// The audiences; they can be added up.
const (
	Contributor        Audience = 1 << iota // of Idea
	Voters                                  // whoever has a vote on Idea, staff included
	Followers                               // of Idea
	CoCreators                              // of Idea
	PersonFollowers                         // of Who
	TopicFollowers                          // of the topic that Idea is in
	EntryFollowers                          // of the challenge that Idea is in
	ChallengeFollowers                      // of the challenge that Data "challenge" names
)

// Fact is something to tell people of.
type Fact struct {
	Kind Kind
	Key  string // names the fact: nobody hears of one key twice, e.g. "stage:12:beta"
	Idea ideas.ID
	To   []accounts.ID // by name, besides the audience
	Also Audience
	But  accounts.ID // who did it, and knows already
	Who  accounts.ID // whom it speaks of: their name is written as they allow when it is read. Of a comment it is known.
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
