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
		hop, ok := hopAddress(strings.TrimSpace(hops[i]))
		if !ok {
			return peer
		}
		if !inside(hop) {
			return hop
		}
		peer = hop
	}
	return peer
}

// hopAddress reads an address, with or without a port: some proxies add it.
func hopAddress(s string) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(s); err == nil {
		return a.Unmap().WithZone(""), true
	}
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone(""), true
	}
	return netip.Addr{}, false
}
