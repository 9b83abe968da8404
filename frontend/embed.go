package frontend

import "embed"

// dist holds nothing but .gitkeep until the frontend has been built, so that
// the server compiles without Node.
//
//go:embed all:dist
var dist embed.FS
