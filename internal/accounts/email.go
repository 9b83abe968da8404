package accounts

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxEmail is the longest address SMTP can carry (RFC 5321, 4.5.3.1.3).
const maxEmail = 254

// dotless are the providers that ignore dots in the local part.
var dotless = map[string]bool{"gmail.com": true, "googlemail.com": true}

// parseEmail checks an address and makes its key: the same for every spelling
// that reaches one mailbox (case, +tag, and dots where the provider ignores them).
func parseEmail(typed string) (address, key string, ok bool) {
	address = strings.TrimSpace(typed)
	if len(address) > maxEmail || !utf8.ValidString(address) ||
		strings.ContainsFunc(address, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) }) {
		return "", "", false
	}
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address {
		return "", "", false
	}
	at := strings.LastIndexByte(address, '@')
	local, domain := strings.ToLower(address[:at]), strings.ToLower(address[at+1:])
	if !strings.Contains(domain, ".") && domain != "localhost" || strings.ContainsAny(domain, "[]") {
		return "", "", false
	}
	if base, _, tagged := strings.Cut(local, "+"); tagged && base != "" {
		local = base
	}
	if dotless[domain] {
		local, domain = strings.ReplaceAll(local, ".", ""), "gmail.com"
	}
	return address, local + "@" + domain, true
}
