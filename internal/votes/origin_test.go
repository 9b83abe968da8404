package votes_test

import (
	"strings"
	"testing"

	"prosumer/internal/votes"
)

func TestAnOriginTellsPlacesApartAndNamesNone(t *testing.T) {
	t.Parallel()
	key := []byte("a key of the site")
	of := func(address string) votes.Origin { return votes.OriginOf(key, address, "", "") }
	a, b, c := of("192.0.2.1"), of("192.0.2.200"), of("198.51.100.1")
	if a.Address == b.Address || a.Network != b.Network || a.Network == c.Network {
		t.Errorf("%+v %+v %+v", a, b, c)
	}
	if of("::ffff:192.0.2.1") != a {
		t.Error("an address in another dress is another place")
	}
	if x, y := of("2001:db8:1:2::3"), of("2001:db8:1:ffff::9"); x.Network != y.Network || x.Address == y.Address {
		t.Error("one /48 is not one network")
	}
	if votes.OriginOf([]byte("another key"), "192.0.2.1", "", "").Address == a.Address {
		t.Error("the hash does not depend on the key")
	}
	if of("unknown") != (votes.Origin{}) {
		t.Error("what is no address left a trace")
	}
}

func TestAnOriginKeepsFamiliesAndHosts(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]string{
		"": "", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": "firefox",
		"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36":             "chrome",
		"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0":   "edge",
		"Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15": "safari",
		"something new": "other",
	} {
		if got := votes.OriginOf(nil, "", agent, "").Browser; got != want {
			t.Errorf("%q: %q, want %q", agent, got, want)
		}
	}
	for host, want := range map[string]string{
		"News.Example.com": "news.example.com", "a b": "", "<script>": "", strings.Repeat("a", 300): "", "xn--bcher-kva.example:8080": "xn--bcher-kva.example:8080",
	} {
		if got := votes.OriginOf(nil, "", "", host).Referrer; got != want {
			t.Errorf("%q: %q, want %q", host, got, want)
		}
	}
}
