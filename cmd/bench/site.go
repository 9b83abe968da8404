package main

import (
	"context"
	"fmt"
	"path/filepath"
)

// measureSite is what pages cost on a board with the demo data: requests a
// second, and the bytes of the first load.
func measureSite(ctx context.Context, l *lab) ([]section, error) {
	db, dsn, err := l.database(ctx, "site")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	fmt.Println("Filling a board with the demo data.")
	s, err := startServer(ctx, l.server, dsn, filepath.Join(l.dir, "site"), "--demo")
	if err != nil {
		return nil, err
	}
	defer s.stop()
	if err := settle(ctx, db); err != nil {
		return nil, err
	}
	sections, err := measurePages(ctx, l.self, s.address)
	if err != nil {
		return nil, err
	}
	first, err := weighBoard(ctx, s.address)
	return append(sections, first), err
}
