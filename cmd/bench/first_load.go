package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"prosumer/internal/pg/cluster"
)

// firstLoad is what a browser fetches for the board's first page, compressed.
type firstLoad struct{ HTML, CSS, JS, Fonts int }

func (f firstLoad) page() int { return f.HTML + f.CSS + f.JS }

// measureFirstLoad weighs the board with the demo data on it.
func measureFirstLoad(ctx context.Context, o options, own *cluster.Cluster, dir string, r *report) error {
	dsn, err := prepare(ctx, own, "board")
	if err != nil {
		return err
	}
	fmt.Println("Filling a board with the demo data, to weigh its first page.")
	s, err := startServer(ctx, o.server, dsn, filepath.Join(dir, "board"), "--demo")
	if err != nil {
		return err
	}
	defer s.stop()
	base := "http://" + s.address
	page, size, err := weigh(ctx, base+"/")
	if err != nil {
		return err
	}
	r.FirstLoad.HTML = size
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		return fmt.Errorf("the board's page: %w", err)
	}
	for selector, into := range map[string]*int{
		`link[rel=stylesheet]`: &r.FirstLoad.CSS, `script[src], link[rel=modulepreload]`: &r.FirstLoad.JS, `link[rel=preload][as=font]`: &r.FirstLoad.Fonts,
	} {
		for _, e := range doc.Find(selector).EachIter() {
			address := e.AttrOr("src", e.AttrOr("href", ""))
			_, size, err := weigh(ctx, base+address)
			if err != nil {
				return err
			}
			*into += size
		}
	}
	r.Cards = doc.Find(".idea").Length()
	return nil
}

// weigh fetches an address and says how many bytes came over the wire.
func weigh(ctx context.Context, address string) (body []byte, size int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, 0, err
	}
	req.Header.Set("Accept-Encoding", "gzip") // set by hand, so that the client leaves it compressed
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, 0, fmt.Errorf("fetch %s: %w", address, err)
	}
	defer func() { _ = answer.Body.Close() }()
	wire, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		return nil, 0, fmt.Errorf("fetch %s: %s %w", address, answer.Status, err)
	}
	if !strings.Contains(answer.Header.Get("Content-Encoding"), "gzip") {
		return wire, len(wire), nil
	}
	plain, err := gzip.NewReader(bytes.NewReader(wire))
	if err != nil {
		return nil, 0, fmt.Errorf("unpack %s: %w", address, err)
	}
	body, err = io.ReadAll(plain)
	return body, len(wire), err
}
