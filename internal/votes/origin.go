package votes

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"net/netip"
	"strings"
)

// Origin is where a vote came from, kept with it so that a cluster of votes
// from one place can be seen. It names nobody: addresses are keyed hashes of 64
// bits, browsers are families. Its zero value says nothing.
type Origin struct {
	Address  int64  // hash of the address
	Network  int64  // hash of its /24 or /48
	Browser  string // family, such as "firefox"
	Referrer string // the host whose link led here; empty for none and for our own
}

// maxHost bounds a referrer in bytes, as DNS does.
const maxHost = 253

// OriginOf makes the origin of a request. key is the site's secret, without
// which the hashes cannot be guessed back; it costs two HMACs. An address that
// is none, and a referrer that is no host name, are left out.
func OriginOf(key []byte, address, userAgent, referrer string) Origin {
	o := Origin{Browser: browserFamily(userAgent)}
	if len(referrer) <= maxHost && !strings.ContainsFunc(referrer, notHost) {
		o.Referrer = strings.ToLower(referrer)
	}
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return o
	}
	ip = ip.Unmap().WithZone("")
	bits := 48
	if ip.Is4() {
		bits = 24
	}
	network, err := ip.Prefix(bits)
	if err != nil {
		return o
	}
	o.Address, o.Network = keyed(key, "address "+ip.String()), keyed(key, "network "+network.String())
	return o
}

func notHost(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '.' || r == '-' || r == ':')
}

func keyed(key []byte, text string) int64 {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("votes.origin " + text))
	return int64(binary.BigEndian.Uint64(mac.Sum(nil)))
}

// families are told by a word of the user agent, the first that fits: many
// browsers name those they descend from, too.
var families = []struct{ word, family string }{
	{"Firefox/", "firefox"},
	{"Edg/", "edge"},
	{"OPR/", "opera"},
	{"SamsungBrowser/", "samsung"},
	{"Chrome/", "chrome"},
	{"CriOS/", "chrome"},
	{"FxiOS/", "firefox"},
	{"Safari/", "safari"},
	{"curl/", "curl"},
}

func browserFamily(userAgent string) string {
	for _, f := range families {
		if strings.Contains(userAgent, f.word) {
			return f.family
		}
	}
	if userAgent == "" {
		return ""
	}
	return "other"
}
