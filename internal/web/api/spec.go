package api

import _ "embed"

//go:embed openapi.yaml
var spec []byte

// Spec is the API's contract as it is served: OpenAPI 3.1 in YAML. Callers
// must not change it.
func Spec() []byte { return spec }
