package imports

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// author is how the writer of a row is kept.
type author struct {
	external string // what tells authors of one source apart
	name     string
}

// maxAuthor bounds what of an author's id the database keeps, in bytes.
const maxAuthor = 120

var (
	mailbox  = regexp.MustCompile(`^(.*?)<?([^\s<>@]+@[^\s<>@]+)>?$`)
	machines = regexp.MustCompile(`^[0-9a-fA-F-]{16,}$`) // ids made by machines, such as UUIDs
)

// authorOf makes an author of what the file says: a name stays one. An address
// is never kept or shown, only a hash that tells it from others. A number, or
// nothing, becomes a name that reads the same in every language: "Madrid 9884".
func authorOf(source, written string) author {
	place := placeName(source)
	if written == "" {
		return author{"?", place}
	}
	if m := mailbox.FindStringSubmatch(written); m != nil {
		hash := digest(strings.ToLower(m[2]))
		name := strings.Trim(m[1], " \"'")
		if name == "" {
			name = place + " " + hash[:6]
		}
		return author{"mail-" + hash, name}
	}
	a := author{external: written, name: written}
	if len(written) > maxAuthor || !utf8.ValidString(written) {
		a.external = "long-" + digest(written)
	}
	if !strings.ContainsFunc(written, unicode.IsLetter) || machines.MatchString(written) {
		short := []rune(written)
		a.name = place + " " + string(short[:min(len(short), 12)])
	}
	return a
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:12])
}

// placeName writes a source as a name: "decide-madrid" is "Decide Madrid".
func placeName(source string) string {
	words := strings.FieldsFunc(source, func(r rune) bool { return r == '-' })
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}
