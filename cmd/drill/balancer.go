package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"time"
)

// balancer is a small reverse proxy before several servers: in turn, only to
// those whose /readyz says yes, and once more to another when one is gone.
type balancer struct {
	Address string

	mu    sync.Mutex
	nodes []string
	up    map[string]bool
	next  int
	proxy *httputil.ReverseProxy
}

// lookEvery is how often the balancer asks /readyz.
const lookEvery = 200 * time.Millisecond

// balance starts one before these addresses; it ends with the drill.
func (l *lab) balance(ctx context.Context, addresses ...string) (*balancer, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	b := &balancer{Address: address, nodes: addresses, up: map[string]bool{}}
	b.proxy = &httputil.ReverseProxy{
		Transport: again{b, &http.Transport{MaxIdleConnsPerHost: 128, IdleConnTimeout: time.Minute}},
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(&url.URL{Scheme: "http", Host: b.pick("")}) },
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) {
			w.WriteHeader(http.StatusBadGateway)
		},
	}
	ctx, stop := context.WithCancel(ctx)
	b.look()
	go b.watch(ctx)
	server := &http.Server{Addr: address, Handler: b.proxy}
	go func() { _ = server.ListenAndServe() }()
	l.after(func() {
		stop()
		_ = server.Close()
	})
	return b, nil
}

func (b *balancer) watch(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			b.look()
		}
	}
}

func (b *balancer) look() {
	for _, address := range b.nodes {
		answer, err := probe.Get("http://" + address + "/readyz")
		ok := err == nil && answer.StatusCode == http.StatusOK
		if err == nil {
			_ = answer.Body.Close()
		}
		b.mu.Lock()
		b.up[address] = ok
		b.mu.Unlock()
	}
}

// pick is the next server that is up and is not the one that just failed.
func (b *balancer) pick(failed string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range b.nodes {
		b.next++
		if address := b.nodes[b.next%len(b.nodes)]; b.up[address] && address != failed {
			return address
		}
	}
	b.next++
	return b.nodes[b.next%len(b.nodes)]
}

// again sends a request once more, to another server, when the first gave no
// answer at all. A vote may be repeated: it says the same.
type again struct {
	b    *balancer
	next http.RoundTripper
}

func (a again) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	first := r.Clone(r.Context())
	first.Body, first.ContentLength = bodyOf(body), int64(len(body))
	answer, err := a.next.RoundTrip(first)
	if err == nil {
		return answer, nil
	}
	second := r.Clone(r.Context())
	second.URL.Host = a.b.pick(r.URL.Host)
	second.Body, second.ContentLength = bodyOf(body), int64(len(body))
	return a.next.RoundTrip(second)
}
