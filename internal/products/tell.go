package products

import (
	"context"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// concerned are all who hear of what becomes of an idea they had a part in.
const concerned = notices.Contributor | notices.Voters | notices.Followers | notices.CoCreators

// about is what every notice of a product says of it.
func about(p Product) map[string]string {
	return map[string]string{"product": p.Slug, "name": p.Name}
}

// tellStage tells everybody concerned that a product reached its stage; n keeps
// one reaching apart from another. Once it is launched, customers are asked.
func (s *Service) tellStage(ctx context.Context, tx pg.Q, actor accounts.Actor, p Product, list []ideas.ID, n string) error {
	data := about(p)
	data["stage"] = string(p.Stage)
	f := notices.Fact{Kind: notices.StageReached, Key: "stage:" + p.ID.String() + ":" + string(p.Stage) + ":" + n, Also: concerned, But: actor.ID, Data: data}
	if err := s.tellAll(ctx, tx, list, f); err != nil || p.Stage != StageLaunched {
		return err
	}
	asked := notices.Fact{Kind: notices.VerdictAsked, Key: "verdict:" + p.ID.String(), Also: notices.Voters | notices.Contributor | notices.CoCreators, But: actor.ID, Data: about(p)}
	return s.tellAll(ctx, tx, list, asked)
}

// tellAll tells one fact to the people of each idea: its key holds that somebody
// of two ideas hears of it once.
func (s *Service) tellAll(ctx context.Context, tx pg.Q, list []ideas.ID, f notices.Fact) error {
	for _, idea := range list {
		f.Idea = idea
		if err := s.notices.Tell(ctx, tx, f); err != nil {
			return err
		}
	}
	return nil
}

// tellOne tells a fact of a product to one person.
func (s *Service) tellOne(ctx context.Context, tx pg.Q, p Product, kind notices.Kind, key string, to accounts.ID, data map[string]string) error {
	list, err := ideasOf(ctx, tx, p.ID)
	if err != nil || len(list) == 0 {
		return err
	}
	return s.notices.Tell(ctx, tx, notices.Fact{Kind: kind, Key: key, Idea: list[0], To: []accounts.ID{to}, Data: data})
}
