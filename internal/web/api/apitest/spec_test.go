package apitest

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
)

func load(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestTheContractIsValidAndSoAreItsExamples(t *testing.T) {
	err := load(t).Validate(t.Context())
	if err != nil {
		t.Error(err)
	}
}

func TestEveryOperationSaysWhatAStrangerNeeds(t *testing.T) {
	doc := load(t)
	scopes := []string{"none", "read", "write", "vote", "team", "admin"}
	seen := map[string]bool{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			name := method + " " + path
			if op.OperationID == "" || seen[op.OperationID] {
				t.Errorf("%s: operationId %q is empty or taken", name, op.OperationID)
			}
			seen[op.OperationID] = true
			if len(op.Tags) != 1 || doc.Tags.Get(op.Tags[0]) == nil {
				t.Errorf("%s: tags %q, want one that the document describes", name, op.Tags)
			}
			if op.Summary == "" || op.Description == "" {
				t.Errorf("%s lacks a summary or a description", name)
			}
			scope, _ := op.Extensions["x-scope"].(string)
			if !slices.Contains(scopes, scope) {
				t.Errorf("%s: x-scope %q is none of %q", name, scope, scopes)
			}
			security := doc.Security
			if op.Security != nil {
				security = *op.Security
			}
			for _, way := range security {
				if need, ok := way["token"]; ok && !cmp.Equal(need, []string{scope}) {
					t.Errorf("%s: security asks %q of a token, x-scope says %q", name, need, scope)
				}
			}
			if diff := cmp.Diff(refusals(doc, item, op), documented(op)); diff != "" {
				t.Errorf("%s documents other refusals than its kind can give (-want +got):\n%s", name, diff)
			}
		}
	}
}

// refusals are the statuses that an operation of this kind has to document;
// 409 depends on what it does, so it is taken from the operation itself.
func refusals(doc *openapi3.T, item *openapi3.PathItem, op *openapi3.Operation) []string {
	params := append(slices.Clone(item.Parameters), op.Parameters...)
	in := func(where string) bool {
		return slices.ContainsFunc(params, func(p *openapi3.ParameterRef) bool { return p.Value.In == where })
	}
	want := []string{"403", "429", "503"}
	add := func(when bool, statuses ...string) {
		if when {
			want = append(want, statuses...)
		}
	}
	add(!slices.Contains([]string{"createAccount", "signOut"}, op.OperationID), "401")
	add(in("path"), "404")
	add(op.Responses.Value("409") != nil, "409")
	add(op.RequestBody != nil, "413", "415")
	add(op.RequestBody != nil || in("query"), "422")
	slices.Sort(want)
	return want
}

func documented(op *openapi3.Operation) []string {
	var got []string
	for status, answer := range op.Responses.Map() {
		if status >= "400" && strings.HasPrefix(answer.Ref, "#/components/responses/") {
			got = append(got, status)
		}
	}
	slices.Sort(got)
	return got
}

func TestRequestBodiesRefuseUnknownFields(t *testing.T) {
	for name, s := range load(t).Components.Schemas {
		input := strings.HasSuffix(name, "Input") || strings.HasSuffix(name, "Patch")
		if closed := s.Value.AdditionalProperties.Has; input && (closed == nil || *closed) {
			t.Errorf("%s takes unknown fields", name)
		}
	}
}

func TestGeneratedCodeIsUpToDate(t *testing.T) {
	root, err := filepath.Abs("../../../..")
	if err != nil {
		t.Fatal(err)
	}
	generator := filepath.Join(root, ".bin", "oapi-codegen")
	if _, err := os.Stat(generator); err != nil {
		t.Skip("oapi-codegen is not in .bin; make generate puts it there")
	}
	const committed = "internal/web/api/wire/wire.gen.go"
	config, err := os.ReadFile(filepath.Join(root, "internal/web/api/oapi-codegen.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	fresh := filepath.Join(t.TempDir(), "wire.gen.go")
	elsewhere := filepath.Join(t.TempDir(), "oapi-codegen.yaml")
	// The configuration names its output and outranks the flag for it.
	if err := os.WriteFile(elsewhere, []byte(strings.Replace(string(config), committed, fresh, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), generator, "-config", elsewhere, "internal/web/api/openapi.yaml")
	run.Dir = root

	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("generate: %v\n%s", err, out)
	}

	want, err := os.ReadFile(fresh)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(root, committed))
	if err != nil {
		t.Fatal(err)
	}
	if !cmp.Equal(string(want), string(got)) {
		t.Error("wire.gen.go is not what openapi.yaml gives; run make generate")
	}
}
