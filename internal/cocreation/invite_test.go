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

// open is the one invitation to an idea that somebody sees.
func (r *room) open(who accounts.Actor, idea ideas.ID) int64 {
	r.t.Helper()
	var list []cocreation.Invitation
	r.ok(pg.Together(r.t.Context(), r.db, cocreation.InvitationsPart(who, idea, &list)))
	if len(list) != 1 {
		r.t.Fatalf("%s sees %d invitations", who.Handle, len(list))
	}
	return list[0].ID
}

func TestAnInvitationIsAcceptedAndLeft(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ann, ben, eve := r.person(), r.person(), r.person()
	idea := r.idea(ann)
	r.ok(r.work.Invite(t.Context(), ann, idea, "@"+ben.Handle, "drawing it"))
	r.refused(r.work.Invite(t.Context(), ann, idea, ben.Handle, "drawing it"), cocreation.ErrInvited)
	r.is("before the answer", r.names(idea), "")
	id := r.open(ben, idea)
	_, err := r.work.Answer(t.Context(), eve, id, true)
	r.refused(err, cocreation.ErrNotFound)
	_, err = r.work.Answer(t.Context(), ben, id, true)
	r.ok(err)
	_, err = r.work.Answer(t.Context(), ben, id, false)
	r.refused(err, cocreation.ErrAnswered)
	r.is("accepted", r.names(idea), ben.Handle+" co_creator drawing it")
	if r.told(notices.Invited) != 1 || r.told(notices.CoCreatorJoined) != 1 {
		t.Error("not told once each")
	}
	r.refused(r.work.Invite(t.Context(), ann, idea, ben.Handle, "drawing it"), cocreation.ErrWithUs)
	r.ok(r.work.Leave(t.Context(), ben, idea))
	r.is("left", r.names(idea), "")
	r.refused(r.work.Invite(t.Context(), ann, idea, ben.Handle, "drawing it"), cocreation.ErrDeclined)
}

func TestLeavingTakesOffWhatWasTakenUpButNotWhatWasMerged(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ann, ben := r.person(), r.person()
	idea, own := r.idea(ann), r.idea(ben)
	r.takeUp(ann, r.comment(idea, ben, "suggestion"), "the hinge")
	r.ok(r.work.Leave(t.Context(), ben, idea))
	r.is("left", r.names(idea), "")
	_, err := r.merges.Merge(t.Context(), r.boss, own, idea, "")
	r.ok(err)
	r.refused(r.work.Leave(t.Context(), ben, idea), cocreation.ErrStays)
}

func TestWhoIsNotInvited(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ann, ben, hidden, named, barred := r.person(), r.person(), r.person(), r.person(), r.person()
	r.db.MustExec(`UPDATE accounts SET visibility = 'hidden' WHERE id = $1`, hidden.ID)
	r.db.MustExec(`UPDATE accounts SET visibility = 'name' WHERE id = $1`, named.ID)
	r.db.MustExec(`UPDATE accounts SET barred_until = now() + interval '1 day' WHERE id = $1`, barred.ID)
	idea := r.idea(ann)
	for _, handle := range []string{hidden.Handle, named.Handle, barred.Handle, "nobody", "", "\x00", "a b"} {
		if f := fault.Of(r.work.Invite(t.Context(), ann, idea, handle, "drawing it")); f.Fields["handle"] != "cocreation.handle_unknown" {
			t.Errorf("%q: %+v", handle, f)
		}
	}
	if f := fault.Of(r.work.Invite(t.Context(), ann, idea, ann.Handle, "drawing it")); f.Fields["handle"] != "cocreation.oneself" {
		t.Errorf("oneself: %+v", f)
	}
	r.refused(r.work.Invite(t.Context(), ben, idea, ben.Handle, "drawing it"), cocreation.ErrNotYours)
	r.refused(r.work.Invite(t.Context(), accounts.Actor{}, idea, ben.Handle, "drawing it"), accounts.ErrSignIn)
	r.ok(r.work.Invite(t.Context(), ann, idea, ben.Handle, "drawing it"))
	_, err := r.work.Answer(t.Context(), ben, r.open(ben, idea), false)
	r.ok(err)
	r.refused(r.work.Invite(t.Context(), ann, idea, ben.Handle, "drawing it"), cocreation.ErrDeclined)
	for range cocreation.MaxOpen {
		r.ok(r.work.Invite(t.Context(), ann, idea, r.person().Handle, "drawing it"))
	}
	late := r.person()
	r.refused(r.work.Invite(t.Context(), ann, idea, late.Handle, "drawing it"), cocreation.ErrMany)
	var list []cocreation.Invitation
	r.ok(pg.Together(t.Context(), r.db, cocreation.InvitationsPart(ann, idea, &list)))
	_, err = r.work.Withdraw(t.Context(), ben, list[1].ID)
	r.refused(err, cocreation.ErrNotFound)
	_, err = r.work.Withdraw(t.Context(), ann, list[1].ID)
	r.ok(err)
	r.ok(r.work.Invite(t.Context(), ann, idea, late.Handle, "drawing it"))
	_, err = r.ideas.Decide(t.Context(), r.boss, idea, ideas.Decision{To: ideas.Declined, Reason: "other", Answer: "Not for us."})
	r.ok(err)
	_, err = r.work.Answer(t.Context(), late, r.open(late, idea), true)
	r.refused(err, cocreation.ErrFrozen)
}
