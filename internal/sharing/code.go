package sharing

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// Parameter is where a link carries its code.
const Parameter = "via"

// codeLength is how many letters of base 32 a code has: too many for two
// members to share one by chance.
const codeLength = 12

var letters = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// Code is what a member's link to an idea carries. It follows from the site's
// key, so that nothing is stored; it names nobody to whoever has not the key. It
// is no secret: forging one only makes a line wrong that its owner alone reads.
func Code(key []byte, idea ideas.ID, member accounts.ID) string {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "sharing.code %d %d", idea, member)
	return letters.EncodeToString(mac.Sum(nil))[:codeLength]
}

const prefix = "share:"

// Referrer is what a vote keeps of the link that led to it, where others keep a
// host; empty for what is no code.
func Referrer(code string) string {
	if len(code) != codeLength || strings.Trim(code, "abcdefghijkmnpqrstuvwxyz23456789") != "" {
		return ""
	}
	return prefix + code
}
