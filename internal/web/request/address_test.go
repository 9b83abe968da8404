package request_test

import (
	"net/netip"
	"testing"

	"prosumer/internal/web/request"
)

func TestTheClientIsTheFirstFromTheRightThatIsNoProxyOfOurs(t *testing.T) {
	ours := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for name, tc := range map[string]struct {
		peer, forwarded string
		trusted         []netip.Prefix
		want            string
	}{
		"nobody is trusted":          {"10.0.0.1", "6.6.6.6", nil, "10.0.0.1"},
		"not through a proxy":        {"9.9.9.9", "6.6.6.6", ours, "9.9.9.9"},
		"through one":                {"10.0.0.1", "9.9.9.9", ours, "9.9.9.9"},
		"through one, forged before": {"10.0.0.1", "6.6.6.6, 9.9.9.9", ours, "9.9.9.9"},
		"through two":                {"10.0.0.1", "6.6.6.6, 9.9.9.9,10.2.2.2", ours, "9.9.9.9"},
		"a proxy alone":              {"10.0.0.1", "", ours, "10.0.0.1"},
		"nothing but proxies":        {"10.0.0.1", "10.3.3.3, 10.2.2.2", ours, "10.3.3.3"},
		"nonsense on the right":      {"10.0.0.1", "9.9.9.9, unknown", ours, "10.0.0.1"},
		"nonsense behind a proxy":    {"10.0.0.1", "<script>, 10.2.2.2", ours, "10.2.2.2"},
		"IPv4 in IPv6":               {"::ffff:10.0.0.1", "::ffff:9.9.9.9", ours, "9.9.9.9"},
		"IPv6":                       {"fd00::1", "2001:db8::7", ours, "2001:db8::7"},
		"a zone":                     {"fd00::1", "2001:db8::7%eth0", ours, "2001:db8::7"},
		"a port":                     {"10.0.0.1", "9.9.9.9:4711", ours, "9.9.9.9"},
		"IPv6 with a port":           {"10.0.0.1", "[2001:db8::7]:4711", ours, "2001:db8::7"},
		"an octal that some read so": {"10.0.0.1", "9.9.9.010", ours, "10.0.0.1"},
	} {
		if got := request.ClientAddress(netip.MustParseAddr(tc.peer), tc.forwarded, tc.trusted); got.String() != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}
