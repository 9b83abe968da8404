package cocreation_test

import (
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/cocreation"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

func (r *room) remix(by accounts.Actor, of ideas.ID) ideas.ID {
	r.t.Helper()
	draft, err := r.ideas.SaveDraft(r.t.Context(), by, 0, ideas.Text{Title: "Another lamp", BuildsOn: &of})
	r.ok(err)
	idea, err := r.ideas.Propose(r.t.Context(), by, draft, ideas.Text{Title: "Another lamp", Story: story, Accept: true})
	r.ok(err)
	return idea.ID
}

func (r *room) family(id ideas.ID) cocreation.Family {
	r.t.Helper()
	var f cocreation.Family
	r.ok(pg.Together(r.t.Context(), r.db, cocreation.FamilyPart(id, &f)))
	return f
}

func TestAFamilyIsSeenFromEachOfIt(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ann, ben := r.person(), r.person()
	first := r.idea(ann)
	second, third := r.remix(ben, first), r.remix(r.person(), first)
	grandchild := r.remix(ann, second)
	draft, err := r.ideas.SaveDraft(t.Context(), ben, 0, ideas.Text{Title: "Not yet", BuildsOn: &second})
	r.ok(err)
	f := r.family(second)
	if f.Parent == nil || f.Parent.ID != first || f.Parent.Name != ann.Name || len(f.Siblings) != 1 || f.Siblings[0].ID != third || len(f.Children) != 1 || f.Children[0].ID != grandchild {
		t.Errorf("%+v", f)
	}
	if f := r.family(first); f.Parent != nil || len(f.Siblings) != 0 || len(f.Children) != 2 {
		t.Errorf("%+v", f)
	}
	_, text, err := r.ideas.TextOf(t.Context(), ben, draft)
	if err != nil || text.BuildsOn == nil || *text.BuildsOn != second {
		t.Errorf("the draft forgot what it builds on: %+v, %v", text, err)
	}
	r.db.MustExec(`UPDATE ideas SET hidden = true WHERE id = $1`, first)
	if f := r.family(second); f.Parent != nil || len(f.Siblings) != 0 || len(f.Children) != 1 {
		t.Errorf("through what is hidden: %+v", f)
	}
}

func TestACircleOfRemixesIsRefused(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ann, ben := r.person(), r.person()
	old, err := r.ideas.SaveDraft(t.Context(), ann, 0, ideas.Text{Title: "An old draft"})
	r.ok(err)
	first := r.idea(ann)
	second := r.remix(ben, first)
	for _, of := range []ideas.ID{old, first, second} {
		if _, err := r.ideas.SaveDraft(t.Context(), ann, old, ideas.Text{Title: "An old draft", BuildsOn: &of}); fault.Of(err).Fields["of"] != "ideas.builds_on_gone" {
			t.Errorf("an older draft builds on %d: %v", of, err)
		}
	}
	if _, err := r.db.Exec(`INSERT INTO remixes (idea_id, of_idea) VALUES ($1, $2)`, first, second); !pg.Violates(err, "remixes_of_older") {
		t.Errorf("a circle: %v", err)
	}
	if _, err := r.db.Exec(`UPDATE remixes SET of_idea = idea_id`); !pg.Violates(err, "remixes_of_older") {
		t.Errorf("of itself: %v", err)
	}
	r.db.MustExec(`UPDATE ideas SET hidden = true WHERE id = $1`, first)
	if _, err := r.ideas.SaveDraft(t.Context(), ben, 0, ideas.Text{Title: "On what is hidden", BuildsOn: &first}); fault.Of(err).Fields["of"] != "ideas.builds_on_gone" {
		t.Errorf("builds on what is hidden: %v", err)
	}
}

func TestTheEarlierContributorIsToldOnceTheIdeaIsOpen(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ann, ben := r.person(), r.person()
	first := r.idea(ann)
	second, own := r.remix(ben, first), r.remix(ann, first)
	for _, m := range []ideas.Moved{
		{Idea: second, Contributor: ben.ID, From: ideas.Draft, To: ideas.Held},
		{Idea: second, Contributor: ben.ID, From: ideas.Held, To: ideas.Open},
		{Idea: own, Contributor: ann.ID, From: ideas.Draft, To: ideas.Open},
		{Idea: second, Contributor: ben.ID, From: ideas.Draft, To: ideas.Open, Past: true},
	} {
		r.ok(r.work.Opened(t.Context(), m))
	}
	if n := r.told(notices.Remixed); n != 1 {
		t.Errorf("told %d times", n)
	}
}
