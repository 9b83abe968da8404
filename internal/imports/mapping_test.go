package imports

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/fault"
)

func TestAMappingReadsBackAsItWasWritten(t *testing.T) {
	const text = "id=id,title=title,story=summary+text,created=date,votes=numSupports,author=userId"
	m, err := ParseMapping(text)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.String(); got != text {
		t.Errorf("got %s", got)
	}
	if diff := cmp.Diff([]string{"summary", "text"}, m.Columns(Story)); diff != "" {
		t.Error(diff)
	}
}

func TestABadMappingIsRefusedByName(t *testing.T) {
	for text, want := range map[string][2]string{
		"id":                   {"imports.bad_mapping", `"id"`},
		"id=a,,title=b":        {"imports.bad_mapping", `""`},
		"id=a,story=b+":        {"imports.bad_mapping", `"story"`},
		"id=a,colour=b":        {"imports.unknown_target", "created"},
		"id=a,title=b,title=c": {"imports.target_twice", `"title"`},
	} {
		_, err := ParseMapping(text)
		if f := fault.Of(err); f.Code != want[0] || !strings.Contains(f.Text, want[1]) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestAMissingColumnIsRefusedWithThoseThereAre(t *testing.T) {
	header := []string{"number", "Headline"}
	for text, code := range map[string]string{
		"id=number,title=subject": "imports.unknown_column",
		"id=number":               "imports.missing_target",
		"":                        "imports.missing_target",
	} {
		m, err := ParseMapping(text)
		if err != nil {
			t.Fatal(err)
		}
		if f := fault.Of(m.Check(header)); f.Code != code || !strings.Contains(f.Text, "number, Headline") {
			t.Errorf("%q: %v", text, f)
		}
	}
	m, _ := ParseMapping("id=NUMBER,title=headline")
	if err := m.Check(header); err != nil {
		t.Errorf("case should not matter: %v", err)
	}
}

func TestDetectKnowsTheExportsOfOtherTools(t *testing.T) {
	for tool, c := range map[string]struct{ header, want string }{
		"fider": {
			"number,title,description,created_at,created_by,votes_count,comments_count,status,responded_by,responded_at,response,original_number,original_title,tags",
			"id=number,title=title,story=description,created=created_at,votes=votes_count,author=created_by,status=status,tags=tags",
		},
		"uservoice": {
			"suggestion.id,suggestion.title,suggestion.body,suggestion.status.name,suggestion.category.name,suggestion.labels.name,suggestion.created_timestamp,suggestion.votes_count,suggestion.creator.name",
			"id=suggestion.id,title=suggestion.title,story=suggestion.body,created=suggestion.created_timestamp,votes=suggestion.votes_count,author=suggestion.creator.name,topic=suggestion.category.name,status=suggestion.status.name,tags=suggestion.labels.name",
		},
		"canny": {
			"Post ID,Title,Details,Author Name,Board,Category,Status,Tags,Votes,Created",
			"id=Post ID,title=Title,story=Details,created=Created,votes=Votes,author=Author Name,topic=Category,status=Status,tags=Tags",
		},
		"madrid": {
			"id,title,userId,date,summary,text,numComments,status,numSupports",
			"id=id,title=title,story=summary+text,created=date,votes=numSupports,author=userId,status=status",
		},
	} {
		header := strings.Split(c.header, ",")
		m := Detect(header)
		if diff := cmp.Diff(c.want, m.String()); diff != "" {
			t.Errorf("%s: %s", tool, diff)
		}
		if err := m.Check(header); err != nil {
			t.Errorf("%s: %v", tool, err)
		}
	}
}
