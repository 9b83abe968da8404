package comments_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/comments"
	"prosumer/internal/ideas"
)

func TestRepliesHaveTwoLevelsAndWhatIsDeeperJoinsTheSecond(t *testing.T) {
	t.Parallel()
	b := open(t)
	head := b.say(b.bob, 0, "Does it come in red?", comments.Question)
	one := b.say(b.ann, head, "It does.", "")
	two := b.say(b.cat, one, "And in blue?", "")
	three := b.say(b.bob, two, "Blue would be nice.", "")
	other := b.say(b.cat, head, "I would like green.", "")
	four := b.say(b.ann, three, "Blue it is.", "")
	page := b.talk(b.visitor, comments.Query{Thread: head})
	if diff := cmp.Diff([]comments.ID{head, one, two, three, four, other}, ids(page.Threads)); diff != "" {
		t.Error(diff)
	}
	below := page.Threads[0].Below
	if below[0].Parent != head || below[1].Parent != one || below[1].InReply != nil || below[2].Parent != one || below[2].InReply == nil || below[2].InReply.ID != two || below[2].InReply.Name != "Person cat" || below[3].Parent != one {
		t.Errorf("%+v", below)
	}
	if page.Head.Comments != 6 || page.Head.Threads != 1 || page.Head.Questions != 1 || page.Threads[0].Replies != 5 {
		t.Errorf("%+v", page.Head)
	}
	if got := b.talk(b.visitor, comments.Query{}); len(got.Threads[0].Below) != 3 {
		t.Errorf("%d replies at first, want 3", len(got.Threads[0].Below))
	}
	b.counted()
}

func TestTheMostUsefulComesFirst(t *testing.T) {
	t.Parallel()
	b := open(t)
	plain := b.say(b.bob, 0, "First.", "")
	answered := b.say(b.bob, 0, "Answered.", "")
	thanked := b.say(b.bob, 0, "Thanked.", "")
	taken := b.say(b.bob, 0, "Taken up.", comments.Suggestion)
	newest := b.say(b.cat, 0, "Newest.", comments.Critique)
	b.say(b.ann, answered, "An answer.", "")
	if _, err := b.Thank(t.Context(), b.ann, thanked, "useful"); err != nil {
		t.Fatal(err)
	}
	if err := comments.SetTakenUp(t.Context(), b.db, taken, true); err != nil {
		t.Fatal(err)
	}
	order := func(q comments.Query) []comments.ID {
		var list []comments.ID
		for _, c := range b.talk(b.visitor, q).Threads {
			list = append(list, c.ID)
		}
		return list
	}
	for name, c := range map[string]struct {
		q    comments.Query
		want []comments.ID
	}{
		"useful":   {comments.Query{}, []comments.ID{taken, thanked, answered, newest, plain}},
		"newest":   {comments.Query{Order: comments.Newest}, []comments.ID{newest, taken, thanked, answered, plain}},
		"oldest":   {comments.Query{Order: comments.Oldest}, []comments.ID{plain, answered, thanked, taken, newest}},
		"critique": {comments.Query{Kind: comments.Critique}, []comments.ID{newest}},
		"plain":    {comments.Query{Kind: comments.Plain}, []comments.ID{thanked, answered, plain}},
		"praise":   {comments.Query{Kind: comments.Praise}, nil},
	} {
		if diff := cmp.Diff(c.want, order(c.q)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	if _, err := b.Pin(t.Context(), b.eva, plain, true); err != nil {
		t.Fatal(err)
	}
	page := b.talk(b.visitor, comments.Query{})
	if len(page.Pinned) != 1 || page.Pinned[0].ID != plain || slices.Contains(ids(page.Threads), plain) {
		t.Errorf("%v above %v", ids(page.Pinned), ids(page.Threads))
	}
	for _, q := range []comments.Query{{Order: "best"}, {Kind: "x"}, {After: "1"}, {After: "1-0"}, {After: "99999999999999999999-1"}, {Stance: "x"}} {
		if _, err := b.Talk(t.Context(), b.visitor, b.idea, q); err == nil {
			t.Errorf("%+v was taken", q)
		}
	}
}

func TestPagesFollowEachOtherInEveryOrder(t *testing.T) {
	t.Parallel()
	b := open(t)
	const threads = 53
	for range threads {
		b.say(b.bob, 0, "Something.", "")
	}
	for _, order := range comments.Orders {
		seen := map[comments.ID]bool{}
		q := comments.Query{Order: order}
		for {
			page := b.talk(b.visitor, q)
			for _, c := range page.Threads {
				if seen[c.ID] {
					t.Errorf("%s: %d comes twice", order, c.ID)
				}
				seen[c.ID] = true
			}
			if page.Next == "" {
				break
			}
			q.After = page.Next
		}
		if len(seen) != threads {
			t.Errorf("%s: %d of %d", order, len(seen), threads)
		}
	}
}

func TestBothSidesStandBesideEachOther(t *testing.T) {
	t.Parallel()
	b := open(t)
	for stance, who := range map[comments.Stance]accounts.Actor{comments.For: b.bob, comments.Against: b.cat} {
		if _, err := b.Say(t.Context(), who, b.idea, 0, comments.Text{Body: "Because " + string(stance), Stance: stance}); err != nil {
			t.Fatal(err)
		}
	}
	b.say(b.bob, 0, "Neither.", "")
	sides, err := b.Sides(t.Context(), b.visitor, b.idea)
	if err != nil || len(sides.For) != 1 || len(sides.Against) != 1 || sides.Head.Fors != 1 || sides.Head.Againsts != 1 {
		t.Errorf("%+v (%v)", sides, err)
	}
}

func TestWhatIsDeletedKeepsItsThreadAndLosesItsWords(t *testing.T) {
	t.Parallel()
	b := open(t)
	head, alone := b.say(b.bob, 0, "Secret words for @cat", comments.Suggestion), b.say(b.bob, 0, "Alone.", "")
	if _, err := b.Edit(t.Context(), b.bob, head, 1, comments.Text{Body: "Other secret words for @cat"}); err != nil {
		t.Fatal(err)
	}
	reply := b.say(b.ann, head, "An answer.", "")
	for _, id := range []comments.ID{head, alone, head} {
		if _, err := b.Delete(t.Context(), b.bob, id); err != nil {
			t.Fatal(err)
		}
	}
	for name, who := range map[string]accounts.Actor{"visitor": b.visitor, "author": b.bob, "moderator": b.mod} {
		page := b.talk(who, comments.Query{})
		if diff := cmp.Diff([]comments.ID{head, reply}, ids(page.Threads)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if c := page.Threads[0]; !c.Deleted || !c.HTML.Empty() || c.Author.Name != "" || c.Source != "" {
			t.Errorf("%s sees %+v", name, c)
		}
	}
	if _, err := b.Versions(t.Context(), b.bob, head); err == nil {
		t.Error("what it said before can still be read")
	}
	var left int
	if err := b.db.Get(&left, `SELECT count(*) FROM comments WHERE source || html || text LIKE '%ecret%'`); err != nil || left > 0 {
		t.Errorf("%d rows keep the words (%v)", left, err)
	}
	_, err := b.Say(t.Context(), b.cat, b.idea, head, comments.Text{Body: "Too late."})
	wants(t, "reply to a deleted comment", err, comments.ErrGone)
	_, err = b.Thank(t.Context(), b.ann, head, "useful")
	wants(t, "thanks for a deleted comment", err, comments.ErrGone)
	if page := b.talk(b.visitor, comments.Query{}); page.Head.Comments != 1 || page.Head.Suggestions != 0 {
		t.Errorf("%+v", page.Head)
	}
	b.counted()
}

func TestWhatIsHiddenIsReadByModeratorsAndItsAuthorAlone(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.say(b.bob, 0, "Rude words.", comments.Critique)
	_, err := b.Hide(t.Context(), b.cat, id)
	wants(t, "a member hides", err, comments.ErrModerators)
	if _, err := b.Hide(t.Context(), b.mod, id); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		who  accounts.Actor
		want []comments.ID
	}{"visitor": {b.visitor, nil}, "other": {b.cat, nil}, "author": {b.bob, []comments.ID{id}}, "moderator": {b.mod, []comments.ID{id}}} {
		page := b.talk(c.who, comments.Query{})
		if diff := cmp.Diff(c.want, ids(page.Threads)); diff != "" || page.Head.Comments != 0 {
			t.Errorf("%s: %+v\n%s", name, page.Head, diff)
		}
		_, err := b.ByID(t.Context(), c.who, id)
		if got := err == nil; got != (c.want != nil) {
			t.Errorf("%s by its id: %v", name, err)
		}
		if _, err := b.Versions(t.Context(), c.who, id); (err == nil) != (c.want != nil) {
			t.Errorf("%s its versions: %v", name, err)
		}
	}
	_, err = b.Edit(t.Context(), b.bob, id, 0, comments.Text{Body: "Kind words."})
	wants(t, "edit of what is hidden", err, comments.ErrGone)
	if _, err := b.Restore(t.Context(), b.mod, id); err != nil {
		t.Fatal(err)
	}
	if page := b.talk(b.visitor, comments.Query{}); page.Head.Critiques != 1 {
		t.Errorf("%+v", page.Head)
	}
	b.counted()
}

func TestAClosedTalkTakesNothingMore(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.say(b.bob, 0, "Before.", "")
	wants(t, "a member closes", b.Lock(t.Context(), b.ann, b.idea, true), comments.ErrModerators)
	wants(t, "close", b.Lock(t.Context(), b.mod, b.idea, true), nil)
	_, err := b.Edit(t.Context(), b.bob, id, 0, comments.Text{Body: "After."})
	wants(t, "an edit of what was just locked", err, comments.ErrLocked)
	_, err = b.Say(t.Context(), b.bob, b.idea, id, comments.Text{Body: "After."})
	wants(t, "a reply", err, comments.ErrLocked)
	_, err = b.Say(t.Context(), b.bob, b.idea, 0, comments.Text{Body: ""})
	wants(t, "an empty comment", err, comments.ErrLocked)
	if _, err := b.Delete(t.Context(), b.bob, id); err != nil {
		t.Errorf("one's own words can go: %v", err)
	}
	b.say(b.mod, 0, "We closed it because it went in circles.", "")
	wants(t, "open", b.Lock(t.Context(), b.eva, b.idea, false), nil)
	b.say(b.bob, 0, "After all.", "")
}

func TestWhoMaySpeakAndAboutWhat(t *testing.T) {
	t.Parallel()
	b := open(t)
	in := comments.Text{Body: "Hello."}
	unconfirmed := b.bob
	unconfirmed.Confirmed = false
	_, err := b.Say(t.Context(), b.visitor, b.idea, 0, in)
	wants(t, "visitor", err, comments.ErrSignIn)
	_, err = b.Say(t.Context(), unconfirmed, b.idea, 0, in)
	wants(t, "unconfirmed", err, comments.ErrUnconfirmed)
	draft, err := b.ideas.SaveDraft(t.Context(), b.ann, 0, ideas.Text{Title: "Draft"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Say(t.Context(), b.bob, draft, 0, in)
	wants(t, "a draft of another", err, ideas.ErrNotFound)
	_, err = b.Say(t.Context(), b.ann, draft, 0, in)
	wants(t, "one's own draft", err, comments.ErrClosed)
	id := b.say(b.bob, 0, "Hello.", "")
	b.exec(`UPDATE ideas SET hidden = true WHERE id = $1`, b.idea)
	_, err = b.Say(t.Context(), b.bob, b.idea, 0, in)
	wants(t, "a hidden idea", err, ideas.ErrNotFound)
	_, err = b.ByID(t.Context(), b.bob, id)
	wants(t, "a comment on a hidden idea", err, comments.ErrNotFound)
	_, err = b.Say(t.Context(), b.eva, b.idea, 0, in)
	wants(t, "a hidden idea, by the team", err, comments.ErrClosed)
	b.exec(`UPDATE ideas SET hidden = false WHERE id = $1`, b.idea)
	other, err := b.ideas.Propose(t.Context(), b.cat, 0, ideas.Text{Title: "Another", Story: strings.Repeat("words ", 10), Accept: true})
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Say(t.Context(), b.bob, other.ID, id, in)
	wants(t, "a reply to a comment on another idea", err, comments.ErrNotFound)
	for name, c := range map[string]struct {
		text        comments.Text
		reply       comments.ID
		field, code string
	}{
		"empty":            {comments.Text{Body: "<p></p>"}, 0, "body", "comments.empty"},
		"long":             {comments.Text{Body: strings.Repeat("x", 5001)}, 0, "body", "comments.long"},
		"kind":             {comments.Text{Body: "x", Kind: "rant"}, 0, "kind", "comments.kind_unknown"},
		"stance":           {comments.Text{Body: "x", Stance: "maybe"}, 0, "stance", "comments.stance_unknown"},
		"a reply's kind":   {comments.Text{Body: "x", Kind: comments.Praise}, id, "kind", "comments.kind_of_reply"},
		"a reply's stance": {comments.Text{Body: "x", Stance: comments.For}, id, "stance", "comments.kind_of_reply"},
		"others' picture":  {comments.Text{Body: `<p>x</p><img src="/media/ab/0123456789abcdef.jpg">`}, 0, "body", "media.not_yours"},
	} {
		_, err := b.Say(t.Context(), b.bob, b.idea, c.reply, c.text)
		if err == nil {
			t.Errorf("%s was taken", name)
		}
		field(t, err, c.field, c.code)
	}
	b.pictures["0123456789abcdef"] = b.bob.ID
	b.say(b.bob, 0, `<p>Look</p><img src="/media/ab/0123456789abcdef.jpg">`, "")
}

func TestThanksCountOncePerPersonAndNeverFromOneself(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.say(b.bob, 0, "Use a smaller spout.", comments.Suggestion)
	_, err := b.Thank(t.Context(), b.bob, id, "useful")
	wants(t, "thanks to oneself", err, comments.ErrOwnThanks)
	_, err = b.Thank(t.Context(), b.visitor, id, "useful")
	wants(t, "a visitor's thanks", err, comments.ErrSignIn)
	_, err = b.Thank(t.Context(), b.ann, id, "because")
	field(t, err, "reason", "comments.reason_unknown")
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			if _, err := b.Thank(t.Context(), []accounts.Actor{b.ann, b.cat, b.eva}[i%3], id, comments.Reasons[i%5]); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	c, err := b.ByID(t.Context(), b.ann, id)
	if err != nil || c.Thanks != 3 || c.Thanked == "" {
		t.Errorf("%+v (%v)", c, err)
	}
	for range 2 {
		if c, err = b.Unthank(t.Context(), b.ann, id); err != nil || c.Thanks != 2 || c.Thanked != "" {
			t.Errorf("taken back: %+v (%v)", c, err)
		}
	}
	b.counted()
}

func TestManySpeakAtOnceAndNothingIsMiscounted(t *testing.T) {
	t.Parallel()
	b := open(t)
	head := b.say(b.ann, 0, "Speak.", comments.Question)
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			who := []accounts.Actor{b.ann, b.bob, b.cat}[i%3]
			id, err := b.Say(t.Context(), who, b.idea, []comments.ID{0, head}[i%2], comments.Text{Body: "Words."})
			if err == nil && i%5 == 0 {
				_, err = b.Delete(t.Context(), who, id)
			}
			if err == nil && i%4 == 1 {
				_, err = b.Thank(t.Context(), b.eva, head, "clear")
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	b.counted()
	if page := b.talk(b.visitor, comments.Query{}); page.Head.Comments != 33 {
		t.Errorf("%d are counted", page.Head.Comments)
	}
}
