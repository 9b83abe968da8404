// Package migrations carries the database's history inside the program.
//
// It owns the SQL files, in order of their number, upwards only. It offers FS.
// It refuses to know how or when they are run: that is pg's.
package migrations

import "embed"

// FS holds every migration, named NNNN_subject.sql.
//
//go:embed *.sql
var FS embed.FS
