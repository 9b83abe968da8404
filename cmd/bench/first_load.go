package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// firstLoad is what a browser fetches for the board's first page, compressed.
type firstLoad struct{ HTML, CSS, JS, Fonts int }

func (f firstLoad) page() int { return f.HTML + f.CSS + f.JS }

// weighBoard weighs the first page of a server with the demo data on it.
func weighBoard(ctx context.Context, address string) (section, error) {
	var f firstLoad
	base := "http://" + address
	page, size, err := weigh(ctx, base+"/")
	if err != nil {
		return section{}, err
	}
	f.HTML = size
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		return section{}, fmt.Errorf("the board's page: %w", err)
	}
	for selector, into := range map[string]*int{
		`link[rel=stylesheet]`: &f.CSS, `script[src], link[rel=modulepreload]`: &f.JS, `link[rel=preload][as=font]`: &f.Fonts,
	} {
		for _, e := range doc.Find(selector).EachIter() {
			address := e.AttrOr("src", e.AttrOr("href", ""))
			_, size, err := weigh(ctx, base+address)
			if err != nil {
				return section{}, err
			}
			*into += size
		}
	}
	const goalPage, goalFonts = 40 << 10, 90 << 10
	return section{
		Title:   "First load of the board",
		Text:    fmt.Sprintf("With %d ideas on the page; gzip, bytes on the wire.", doc.Find(".idea").Length()),
		Columns: []string{"HTML", "CSS", "JS", "together", "fonts"},
		Rows:    [][]string{{fmt.Sprint(f.HTML), fmt.Sprint(f.CSS), fmt.Sprint(f.JS), fmt.Sprint(f.page()), fmt.Sprint(f.Fonts)}},
		Goals:   []goal{weight("11a", "HTML, CSS and JS of the board's first load", f.page(), goalPage), weight("11b", "its fonts", f.Fonts, goalFonts)},
	}, nil
}

func weight(number, what string, bytes, most int) goal {
	kib := func(n int) string { return fmt.Sprintf("%.1f KiB", float64(n)/1024) }
	return goal{Number: number, What: what, Goal: "at most " + kib(most), Seen: kib(bytes), Value: float64(bytes), Met: bytes <= most}
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
