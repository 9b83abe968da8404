package request

import (
	"net/netip"
	"slices"
	"strings"
)

// ClientAddress finds who is really asking: from the right of X-Forwarded-For,
// the first hop that is not a trusted proxy. Without trusted proxies the header
// is not read at all, because anybody can send it.
func ClientAddress(peer netip.Addr, forwarded string, trusted []netip.Prefix) netip.Addr {
	peer = peer.Unmap()
	inside := func(a netip.Addr) bool {
		return slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(a) })
	}
	if !inside(peer) {
		return peer
	}
	hops := strings.Split(forwarded, ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return peer
		}
		if hop = hop.Unmap(); !inside(hop) {
			return hop
		}
		peer = hop
	}
	return peer
}
