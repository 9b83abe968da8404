package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// client speaks HTTP to one address and never repeats anything by itself.
type client struct {
	http *http.Client
	base string
}

// dial is a client for an address, with room for so many connections.
func (l *lab) dial(address string, connections int, timeout time.Duration) *client {
	transport := &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections, IdleConnTimeout: 30 * time.Second}
	l.after(transport.CloseIdleConnections)
	return &client{http: &http.Client{Transport: transport, Timeout: timeout}, base: "http://" + address}
}

// reply is an answer; Status is 0 when there was none.
type reply struct {
	Status int
	Again  bool // it carried Retry-After
	Body   []byte
	Took   time.Duration
}

func (r reply) read(dst any) error {
	if r.Status < 200 || r.Status > 299 {
		return fmt.Errorf("status %d: %.300s", r.Status, r.Body)
	}
	return json.Unmarshal(r.Body, dst)
}

// wanted is the error of an answer that is not as it should be.
func (r reply) wanted(status int, err error) error {
	if err == nil && r.Status != status {
		return fmt.Errorf("status %d: %.300s", r.Status, r.Body)
	}
	return err
}

// ask sends one request.
func (c *client) ask(ctx context.Context, method, path, token, body string) (reply, error) {
	begun := time.Now()
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, io.NopCloser(bytes.NewReader([]byte(body))))
	if err != nil {
		return reply{}, err
	}
	request.ContentLength = int64(len(body))
	if body == "" {
		request.Body = http.NoBody
	} else {
		request.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return reply{Took: time.Since(begun)}, err
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(answer.Body)
	r := reply{Status: answer.StatusCode, Again: answer.Header.Get("Retry-After") != "", Body: raw, Took: time.Since(begun)}
	if err != nil {
		r.Status = 0 // half an answer is none
	}
	return r, err
}

// tally reads how many voters an idea has.
func (c *client) tally(ctx context.Context, idea int64) (voters int, err error) {
	got, err := c.ask(ctx, http.MethodGet, fmt.Sprintf("/api/v1/ideas/%d/tally", idea), "", "")
	if err != nil {
		return 0, err
	}
	var t struct {
		Voters *int `json:"voters"`
	}
	if err := got.read(&t); err != nil {
		return 0, err
	}
	if t.Voters == nil {
		return 0, errors.New("the tally has no voters")
	}
	return *t.Voters, nil
}

func bodyOf(raw []byte) io.ReadCloser {
	if len(raw) == 0 {
		return http.NoBody
	}
	return io.NopCloser(bytes.NewReader(raw))
}
