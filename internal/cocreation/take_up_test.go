package cocreation_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/cocreation"
	"prosumer/internal/comments"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/products"
)

func TestASuggestionTakenUpMakesItsAuthorACoCreatorAndTheProductCreditsThem(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ann, ben := r.person(), r.person()
	idea := r.idea(ann)
	c := r.comment(idea, ben, "suggestion")
	r.takeUp(ann, c, "the hinge")
	r.is("co-creators", r.names(idea), ben.Handle+" suggestion the hinge")
	if n := r.told(notices.TakenUp); n != 1 {
		t.Errorf("told %d times", n)
	}
	p, err := r.products.Adopt(t.Context(), r.boss, idea, products.Adoption{})
	r.ok(err)
	credits, err := r.products.Credits(t.Context(), p.ID)
	r.ok(err)
	if len(credits) != 2 || credits[1].Account != ben.ID || credits[1].Role != products.Suggestion || credits[1].WhatFor != "the hinge" {
		t.Errorf("credits: %+v", credits)
	}
	_, err = r.work.UndoTakeUp(t.Context(), ann, c)
	r.refused(err, cocreation.ErrFrozen)
	r.ok(r.products.Undo(t.Context(), r.boss, idea))
	_, err = r.work.UndoTakeUp(t.Context(), ann, c)
	r.ok(err)
	r.is("co-creators after the undo", r.names(idea), "")
	r.takeUp(r.boss, c, "the hinge again") // the same key: told once in the end
	r.is("co-creators", r.names(idea), ben.Handle+" suggestion the hinge again")
	var keys int
	r.ok(r.db.Get(&keys, `SELECT count(DISTINCT payload->'Fact'->>'Key') FROM outbox WHERE topic = $1 AND payload->'Fact'->>'Kind' = $2`, notices.TopicSpread, notices.TakenUp))
	if keys != 1 {
		t.Errorf("%d facts", keys)
	}
}

func TestWhatCannotBeTakenUp(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ann, ben, eve := r.person(), r.person(), r.person()
	idea := r.idea(ann)
	try := func(by accounts.Actor, c comments.ID, what string) error {
		_, err := r.work.TakeUp(t.Context(), by, c, what, false)
		return err
	}
	suggestion := r.comment(idea, ben, "suggestion")
	r.refused(try(accounts.Actor{}, suggestion, "the hinge"), accounts.ErrSignIn)
	r.refused(try(eve, suggestion, "the hinge"), cocreation.ErrNotYours)
	r.refused(try(ben, suggestion, "the hinge"), cocreation.ErrNotYours)
	if f := fault.Of(try(ann, suggestion, " ")); f.Fields["what_for"] != "cocreation.what_for_length" {
		t.Errorf("without saying what for: %+v", f)
	}
	if f := fault.Of(try(ann, suggestion, strings.Repeat("x", 201))); f.Fields["what_for"] != "cocreation.what_for_length" {
		t.Errorf("at length: %+v", f)
	}
	r.refused(try(ann, r.comment(idea, ann, "suggestion"), "my own"), cocreation.ErrOwn)
	r.refused(try(r.boss, r.comment(idea, ann, "suggestion"), "of the contributor"), cocreation.ErrOwn)
	r.refused(try(r.boss, r.comment(idea, r.boss, "suggestion"), "my own"), cocreation.ErrOwn)
	r.refused(try(ann, r.comment(idea, ben, "praise"), "praise"), cocreation.ErrKind)
	r.refused(try(ann, 4711, "nothing"), comments.ErrNotFound)
	gone := r.comment(idea, ben, "critique")
	r.db.MustExec(`UPDATE comments SET deleted_at = now(), source = '', html = '', text = '' WHERE id = $1`, gone)
	r.refused(try(ann, gone, "what is gone"), comments.ErrNotFound)
	r.ok(try(ann, suggestion, "the hinge"))
	r.refused(try(ann, suggestion, "the hinge"), cocreation.ErrTaken)
	r.refused(try(r.boss, suggestion, "the hinge"), cocreation.ErrTaken)
	_, err := r.work.UndoTakeUp(t.Context(), eve, suggestion)
	r.refused(err, cocreation.ErrNotYours)
	_, err = r.ideas.Decide(t.Context(), r.boss, idea, ideas.Decision{To: ideas.Declined, Reason: "other", Answer: "Not for us."})
	r.ok(err)
	r.refused(try(ann, r.comment(idea, eve, "critique"), "too late"), cocreation.ErrFrozen)
}

func TestOneOfTwentyTakesItUp(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ann, ben := r.person(), r.person()
	idea := r.idea(ann)
	c := r.comment(idea, ben, "suggestion")
	var taken atomic.Int32
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if _, err := r.work.TakeUp(t.Context(), ann, c, "the hinge", true); err == nil {
				taken.Add(1)
			}
		})
	}
	wait.Wait()
	if taken.Load() != 1 || r.told(notices.TakenUp) != 1 {
		t.Errorf("taken up %d times, told %d times", taken.Load(), r.told(notices.TakenUp))
	}
}

func TestACreditStaysWhereThereIsAnotherReasonForIt(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ann, ben := r.person(), r.person()
	idea, own := r.idea(ann), r.idea(ben)
	first, second := r.comment(idea, ben, "suggestion"), r.comment(idea, ben, "critique")
	r.takeUp(ann, first, "the hinge")
	r.takeUp(ann, second, "the cord")
	r.is("two things taken up", r.names(idea), ben.Handle+" suggestion the cord; the hinge")
	_, err := r.merges.Merge(t.Context(), r.boss, own, idea, "")
	r.ok(err)
	r.is("and merged", r.names(idea), ben.Handle+" co_creator the cord; the hinge")
	for _, c := range []comments.ID{first, second} {
		_, err := r.work.UndoTakeUp(t.Context(), ann, c)
		r.ok(err)
	}
	r.is("merged alone", r.names(idea), ben.Handle+" co_creator A lamp")
	r.takeUp(ann, first, "the hinge")
	r.ok(r.merges.Unmerge(t.Context(), r.boss, own))
	r.is("taken up alone", r.names(idea), ben.Handle+" suggestion the hinge")
	r.db.MustExec(`INSERT INTO co_creators (idea_id, account_id, what_for) VALUES ($1, $2, 'by hand')`, idea, r.boss.ID)
	_, err = r.work.UndoTakeUp(t.Context(), ann, first)
	r.ok(err)
	r.is("named by hand", r.names(idea), r.boss.Handle+" co_creator by hand")
}

func TestWhatIsTakenUpIntoAnIdeaGoesAlongWhenItIsMerged(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ann, ben, eve := r.person(), r.person(), r.person()
	idea, into := r.idea(ann), r.idea(eve)
	r.takeUp(ann, r.comment(idea, ben, "suggestion"), "the hinge")
	_, err := r.merges.Merge(t.Context(), r.boss, idea, into, "")
	r.ok(err)
	r.is("merged", r.names(into), ann.Handle+" co_creator A lamp, "+ben.Handle+" co_creator the hinge")
	r.ok(r.merges.Unmerge(t.Context(), r.boss, idea))
	r.is("taken apart", r.names(into), "")
	r.is("as before", r.names(idea), ben.Handle+" suggestion the hinge")
}

func TestTheVersionThatWorksItInNamesItAndVotersHearOfAMaterialEdit(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ann, ben := r.person(), r.person()
	idea := r.idea(ann)
	taken := r.takeUp(ann, r.comment(idea, ben, "suggestion"), "the hinge")
	edit := func(title, text string) ideas.Idea {
		after, err := r.work.Revise(t.Context(), ann, idea, 0, ideas.Text{Title: title, Story: text}, taken.ID)
		r.ok(err)
		return after
	}
	version := func() int {
		got, err := r.work.TakenByID(t.Context(), taken.ID)
		r.ok(err)
		if got.Version == nil {
			return 0
		}
		return *got.Version
	}
	edit("A lamp", story) // nothing changed
	if v := version(); v != 0 {
		t.Errorf("named version %d", v)
	}
	if after := edit("A lamp", story+" With a hinge."); version() != after.Version || after.Version != 2 {
		t.Errorf("version %d, named %d", after.Version, version())
	}
	if n := r.told(notices.Changed); n != 0 {
		t.Errorf("%d told of three words", n)
	}
	edit("A lamp that folds", story)
	if n := r.told(notices.Changed); n != 1 || version() != 2 {
		t.Errorf("%d told of another title, version %d", n, version())
	}
	_, err := r.work.Revise(t.Context(), ben, idea, 0, ideas.Text{Title: "A lamp", Story: story}, taken.ID)
	r.refused(err, ideas.ErrNotYours)
}
