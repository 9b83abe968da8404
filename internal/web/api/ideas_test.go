package api_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/ideas"
	"prosumer/internal/web/api/wire"
)

func TestAnIdeaGrowsFromADraftToAnOpenOne(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var image wire.Image
	req := form(t, "A sketch", nil)
	s.send(noor, req).read(t, &image)

	created := s.want(201, noor, "POST", "/ideas", `{"title":"A kettle","draft":true,"tags":["#Solar"]}`)

	var draft wire.Idea
	created.read(t, &draft)
	path := fmt.Sprintf("/ideas/%d", draft.ID)
	if draft.Status != wire.StatusDraft || draft.SubmittedAt != nil || created.Header.Get("Location") != "/api/v1"+path {
		t.Errorf("made %+v at %s", draft, created.Header.Get("Location"))
	}
	body := fmt.Sprintf(`{"story_html":"<p onclick=x>The sun shines on my balcony.</p>","topic":"kitchen","pictures":[{"id":%q,"alt":"The kettle"}],"version":1}`, image.ID)
	s.want(200, noor, "PATCH", path, body)
	s.refused(409, "ideas.moved", noor, "PATCH", path, `{"title":"A pot","version":9}`)
	s.refused(422, "invalid", noor, "POST", path+"/submit", "")

	var idea wire.Idea
	s.want(200, noor, "POST", path+"/submit", `{"accept_terms":true}`).read(t, &idea)

	html := "<p>The sun shines on my balcony.</p>"
	if idea.Status != wire.StatusOpen || *idea.StoryHTML != html || idea.Title != "A kettle" || idea.Topic.Slug != "kitchen" {
		t.Errorf("opened %+v", idea)
	}
	if diff := cmp.Diff([]string{"solar"}, idea.Tags); diff != "" {
		t.Error(diff)
	}
	if len(*idea.Pictures) != 1 || idea.Cover == nil || idea.Cover.Alt != "The kettle" || !strings.Contains(idea.Cover.Srcset, " ") {
		t.Errorf("shows %+v with the cover %+v", *idea.Pictures, idea.Cover)
	}
	s.refused(409, "ideas.not_draft", noor, "POST", path+"/submit", `{"accept_terms":true}`)

	s.want(200, noor, "PATCH", path, `{"title":"A sun kettle","tags":[],"version":1}`).read(t, &idea)
	if idea.Edited != 1 || idea.Version != 2 || len(idea.Tags) != 0 || *idea.StoryHTML != html {
		t.Errorf("revised to %+v", idea)
	}
	s.refused(409, "ideas.moved", noor, "PATCH", path, `{"title":"Mine","version":1}`)
}

func TestAnIdeaSaysWhatItBuildsOn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	first, hidden := s.propose(ideas.Open), s.propose(ideas.Held)
	text := `{"title":"A kettle with a lid","story_html":"<p>The sun shines on my balcony.</p>","accept_terms":true,"builds_on":%s}`

	if s.refused(422, "invalid", piet, "POST", "/ideas", fmt.Sprintf(text, hidden))["builds_on"] == "" {
		t.Error("an idea that waits to be let in can be built on")
	}
	var child, parent wire.Idea
	s.want(201, piet, "POST", "/ideas", fmt.Sprintf(text, first)).read(t, &child)
	s.want(200, visitor, "GET", "/ideas/"+first, "").read(t, &parent)

	if child.BuildsOn == nil || child.BuildsOn.ID != parent.ID || child.BuildsOn.URL != parent.URL || child.BuildsOn.Contributor.Handle == nil || len(*child.BuiltOn) != 0 {
		t.Errorf("the new one builds on %+v", child.BuildsOn)
	}
	if parent.BuildsOn != nil || len(*parent.BuiltOn) != 1 || (*parent.BuiltOn)[0].ID != child.ID {
		t.Errorf("on the first one %+v", *parent.BuiltOn)
	}
}

func TestAWithdrawnIdeaIsGoneForOthersAndADraftForGood(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	open, draft := "/ideas/"+s.propose(ideas.Open), "/ideas/"+s.propose(ideas.Draft)

	s.want(204, noor, "DELETE", open, "")
	s.want(204, noor, "DELETE", draft, "")

	s.want(404, piet, "GET", open, "")
	s.want(200, noor, "GET", open, "")
	s.want(404, noor, "GET", draft, "")
	var list wire.IdeaList
	s.want(200, noor, "GET", "/me/ideas", "").read(t, &list)
	if len(list.Items) != 1 || list.Items[0].Status != wire.StatusWithdrawn {
		t.Errorf("my ideas are %+v", list.Items)
	}
}

func TestTheListIsPagedFilteredAndSearched(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for range 5 {
		s.propose(ideas.Open)
	}
	s.propose(ideas.Draft)
	s.propose(ideas.Held)

	for _, order := range []string{"trending", "newest", "votes", "unseen"} {
		var seen []int64
		for after := ""; ; {
			var page wire.IdeaList
			s.want(200, piet, "GET", "/ideas?limit=2&order="+order+"&after="+after, "").read(t, &page)
			for _, idea := range page.Items {
				seen = append(seen, idea.ID)
				if idea.StoryHTML != nil || idea.MayVote != nil || idea.Pictures != nil {
					t.Errorf("a list holds the whole of idea %d", idea.ID)
				}
			}
			if page.Next == nil {
				break
			}
			after = *page.Next
		}
		if len(seen) != 5 {
			t.Errorf("%s lists %v, want five ideas", order, seen)
		}
	}
	for query, want := range map[string]int{
		"q=kettles": 5, "q=balc": 5, "q=umbrella": 0, "tag=solar": 5, "tag=x": 0, "status=adopted": 0, "status=open,parked": 5,
		"author=noor-x": 5, "author=piet-x": 0, "author=nobody": 0, "topic=kitchen": 0,
	} {
		var page wire.IdeaList
		s.want(200, visitor, "GET", "/ideas?"+query, "").read(t, &page)
		if len(page.Items) != want {
			t.Errorf("%s lists %d ideas, want %d", query, len(page.Items), want)
		}
	}
	var page wire.IdeaList
	s.want(200, piet, "GET", "/ideas/similar?title=sun+kettle", "").read(t, &page)
	if len(page.Items) == 0 || page.Next != nil {
		t.Errorf("similar gives %+v", page)
	}
	s.want(204, piet, "POST", "/seen", fmt.Sprintf(`{"ideas":[%d]}`, page.Items[0].ID))
	s.want(200, piet, "GET", "/ideas?order=unseen", "").read(t, &page)
	if len(page.Items) != 4 {
		t.Errorf("%d ideas are unseen, want 4", len(page.Items))
	}
}

func TestAnImportedIdeaShowsItsCountsApart(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	idea := "/ideas/" + s.propose(ideas.Open)
	if _, err := s.db.Exec(`UPDATE ideas SET source = 'madrid', external_id = '1', carried_over = 812`); err != nil {
		t.Fatal(err)
	}

	var got wire.Idea
	s.want(200, visitor, "GET", idea, "").read(t, &got)

	if diff := cmp.Diff(&wire.CarriedOver{Count: 812, Source: "madrid"}, got.CarriedOver); diff != "" {
		t.Error(diff)
	}
	if tally, err := got.Tally.AsOpenTally(); err != nil || tally.Voters != 0 {
		t.Errorf("the tally is %+v with %v", tally, err)
	}
}

func TestPreviewAnswersWithWhatWouldBeStored(t *testing.T) {
	t.Parallel()
	s := newSite(t)

	var got wire.Preview
	s.want(200, noor, "POST", "/preview", `{"html":"<p onclick=\"go()\">Sun <script>x</script><b>and</b> steam</p>"}`).read(t, &got)

	if strings.Contains(got.HTML, "script") || strings.Contains(got.HTML, "onclick") || !strings.Contains(got.HTML, "steam") {
		t.Errorf("answered %q", got.HTML)
	}
}
