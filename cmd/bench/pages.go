package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/valyala/fasthttp"

	"prosumer/internal/fixture"
)

// How pages are measured: short rounds, one load after the other, so that all
// of them see the same machine.
const (
	pageClients = 32
	pageRounds  = 5
	pageRound   = 1200 * time.Millisecond
	pageWarmUp  = 400 * time.Millisecond
)

// What goal 10 asks of a page, as a share of what "hello" reaches.
const (
	goalBoardShare  = 0.025
	goalPublicShare = 0.30
)

// pageLoad is one page as one kind of reader asks for it.
type pageLoad struct {
	name    string
	host    string
	uri     string
	cookie  string
	size    int
	results []outcome
}

// measurePages compares pages with a bare "hello": the board and an idea as
// visitors get them, from the cache, and as a member gets them, from the
// database. The server at address has the demo data and no limits; program is
// this bench, which serves "hello" as a process of its own.
func measurePages(ctx context.Context, program, address string) ([]section, error) {
	hello, stop, err := startHello(ctx, program)
	if err != nil {
		return nil, err
	}
	defer stop()
	cookie, err := signInDemo(address)
	if err != nil {
		return nil, err
	}
	idea, err := someIdea(address)
	if err != nil {
		return nil, err
	}
	loads := []*pageLoad{
		{name: `"hello" of a bare Fiber`, host: hello, uri: "/"},
		{name: "board, a visitor (cache)", host: address, uri: "/"},
		{name: "idea, a visitor (cache)", host: address, uri: idea},
		{name: "board, a member (database)", host: address, uri: "/", cookie: cookie},
		{name: "idea, a member (database)", host: address, uri: idea, cookie: cookie},
	}
	for round := range pageRounds + 1 {
		for _, l := range loads {
			lasts := pageRound
			if round == 0 {
				lasts = pageWarmUp
			}
			o := l.run(ctx, lasts)
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if o.perSecond == 0 {
				return nil, fmt.Errorf("pages: %s answered nothing", l.name)
			}
			if round > 0 {
				l.results = append(l.results, o)
			}
		}
	}
	return []section{pageSection(loads)}, nil
}

// run asks for the page over keep-alive connections, each the next time when
// the last answer was there.
func (l *pageLoad) run(ctx context.Context, lasts time.Duration) outcome {
	client := &fasthttp.HostClient{Addr: l.host, MaxConns: pageClients, ReadTimeout: 10 * time.Second, ReadBufferSize: 8 << 10}
	defer client.CloseIdleConnections()
	end := time.Now().Add(lasts)
	var mu sync.Mutex
	var times []time.Duration
	failed, size := 0, 0
	begun := time.Now()
	var all sync.WaitGroup
	for range pageClients {
		all.Go(func() {
			own, bad, bytes := l.client(ctx, client, end)
			mu.Lock()
			defer mu.Unlock()
			times, failed, size = append(times, own...), failed+bad, max(size, bytes)
		})
	}
	all.Wait()
	took := time.Since(begun)
	l.size = size
	if len(times) == 0 {
		return outcome{failed: failed}
	}
	slices.Sort(times)
	return outcome{perSecond: float64(len(times)) / took.Seconds(), p50: times[len(times)/2], p99: times[len(times)*99/100], failed: failed}
}

func (l *pageLoad) client(ctx context.Context, client *fasthttp.HostClient, end time.Time) (times []time.Duration, failed, size int) {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	req.SetRequestURI("http://" + l.host + l.uri)
	req.Header.Set("Accept-Encoding", "gzip")
	if l.cookie != "" {
		req.Header.Set("Cookie", l.cookie)
	}
	for sent := time.Now(); sent.Before(end) && ctx.Err() == nil; sent = time.Now() {
		if err := client.Do(req, res); err != nil || res.StatusCode() != fasthttp.StatusOK {
			failed++
			continue
		}
		times, size = append(times, time.Since(sent)), len(res.Body())
	}
	return times, failed, size
}

// signInDemo gives the session's cookie of a member of the demo.
func signInDemo(address string) (string, error) {
	content, err := fixture.Demo()
	if err != nil {
		return "", err
	}
	for _, person := range content.People {
		if person.Role != "" {
			continue
		}
		form := url.Values{"email": {fixture.Email(person.Handle)}, "password": {fixture.Password}}
		req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		req.SetRequestURI("http://" + address + "/sign-in")
		req.Header.SetMethod(fasthttp.MethodPost)
		req.Header.SetContentType("application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "none")
		req.SetBodyString(form.Encode())
		err := fasthttp.DoTimeout(req, res, 10*time.Second)
		status, set := res.StatusCode(), string(res.Header.PeekCookie("session"))
		fasthttp.ReleaseRequest(req)
		fasthttp.ReleaseResponse(res)
		if err != nil {
			return "", fmt.Errorf("sign in as %s: %w", person.Handle, err)
		}
		if cookie, _, _ := strings.Cut(set, ";"); cookie != "" {
			return cookie, nil
		}
		return "", fmt.Errorf("sign in as %s: answered %d without a session", person.Handle, status)
	}
	return "", errors.New("the demo has no member to sign in as")
}

var ideaLink = regexp.MustCompile(`href="(/ideas/[0-9]+-[a-z0-9-]+)"`)

// someIdea is the address of the first idea on the board.
func someIdea(address string) (string, error) {
	status, body, err := fasthttp.GetTimeout(nil, "http://"+address+"/", 10*time.Second)
	if err != nil {
		return "", fmt.Errorf("the board: %w", err)
	}
	if status != fasthttp.StatusOK {
		return "", fmt.Errorf("the board answered %d", status)
	}
	found := ideaLink.FindSubmatch(body)
	if found == nil {
		return "", errors.New("the board shows no idea: is the demo data there")
	}
	return string(found[1]), nil
}
