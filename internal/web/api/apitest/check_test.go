package apitest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const openTally = `{"idea":42,"voters":3,"staff":1,"scores":[0,0,0,0,0],"would_buy":2,"mean":null,"revision":7}`

func TestCheckTellsAnswersOfTheContractFromOthers(t *testing.T) {
	const problem = `{"type":"about:blank","title":"Too Many Requests","status":429,"code":"too_many","detail":"Wait."}`
	for name, tc := range map[string]struct {
		method, path string
		status       int
		header       []string // Content-Type, then pairs
		body         string
		wrong        string // part of the complaint; empty when the answer is right
	}{
		"an open tally":                 {"GET", "/api/v1/ideas/42/tally", 200, nil, openTally, ""},
		"a tally with a mean":           {"GET", "/api/v1/ideas/42/tally", 200, nil, strings.Replace(openTally, "null", "4.5", 1), ""},
		"a sealed tally":                {"GET", "/api/v1/ideas/42/tally", 200, nil, `{"idea":42,"sealed":true}`, ""},
		"a sealed tally with figures":   {"GET", "/api/v1/ideas/42/tally", 200, nil, strings.Replace(openTally, "{", `{"sealed":true,`, 1), "doesn't match"},
		"a tally with four scores":      {"GET", "/api/v1/ideas/42/tally", 200, nil, strings.Replace(openTally, "0,", "", 1), "doesn't match"},
		"a mean left out":               {"GET", "/api/v1/ideas/42/tally", 200, nil, strings.Replace(openTally, `"mean":null,`, "", 1), "doesn't match"},
		"a retracted vote":              {"DELETE", "/api/v1/ideas/42/vote", 200, nil, `{"vote":null,"tally":` + openTally + `}`, ""},
		"a field nobody documented":     {"GET", "/api/v1/topics", 200, nil, `{"items":[],"next":null,"total":0}`, "doesn't match"},
		"a list":                        {"GET", "/api/v1/topics", 200, nil, `{"items":[],"next":null}`, ""},
		"a list that is null":           {"GET", "/api/v1/topics", 200, nil, `{"items":null,"next":null}`, "doesn't match"},
		"nothing, as promised":          {"POST", "/api/v1/seen", 204, nil, "", ""},
		"something instead of nothing":  {"POST", "/api/v1/seen", 204, nil, "{}", "no body"},
		"a refusal with its wait":       {"GET", "/api/v1/topics", 429, []string{"application/problem+json", "Retry-After", "30"}, problem, ""},
		"a refusal without its wait":    {"GET", "/api/v1/topics", 429, []string{"application/problem+json"}, problem, "Retry-After"},
		"a refusal as plain JSON":       {"GET", "/api/v1/topics", 429, []string{"application/json", "Retry-After", "30"}, problem, "Content-Type"},
		"a status nobody documented":    {"GET", "/api/v1/topics", 500, []string{"application/problem+json"}, problem, "does not document"},
		"the literal path before an id": {"GET", "/api/v1/ideas/similar?title=x", 200, nil, `{"items":[],"next":null}`, ""},
		"an address nobody documented":  {"GET", "/api/v1/nothing", 200, nil, `{}`, "find the operation"},
		"a method nobody documented":    {"PUT", "/api/v1/topics", 200, nil, `{}`, "find the operation"},
		"the document itself":           {"GET", "/api/v1/openapi.yaml", 200, []string{"application/yaml"}, "openapi: 3.1.0\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			req := httptest.NewRequest(tc.method, tc.path, http.NoBody)
			res := &http.Response{StatusCode: tc.status, Header: http.Header{}}
			if tc.header == nil && tc.body != "" {
				tc.header = []string{"application/json"}
			}
			for i, value := range tc.header {
				if i == 0 {
					res.Header.Set("Content-Type", value)
				} else if i%2 == 0 {
					res.Header.Set(tc.header[i-1], value)
				}
			}

			err := check(req, res, []byte(tc.body))

			switch {
			case tc.wrong == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tc.wrong != "" && err == nil:
				t.Error("passed")
			case tc.wrong != "" && !strings.Contains(err.Error(), tc.wrong):
				t.Errorf("complained of %q, want %q in it", err, tc.wrong)
			}
		})
	}
}
