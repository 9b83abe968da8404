package clean

import (
	"regexp"
	"strings"

	"prosumer/internal/fault"
)

const (
	// MaxSource is the length in bytes of the longest text Story and Typed take.
	MaxSource = 64 << 10
	// Escaping may lengthen a text; more than this is markup made to grow.
	maxMarkup = 4 * MaxSource
	// A text settles in a few rounds; one that does not is refused.
	maxRounds = 8
)

var (
	// ErrTooLong refuses a text above MaxSource.
	ErrTooLong = fault.New(fault.Invalid, "clean.too_long", "This text is too long. Shorten it and try again.")
	// ErrTooDeep refuses elements within elements beyond reason.
	ErrTooDeep = fault.New(fault.Invalid, "clean.too_deep", "This text is nested too deeply. Take some levels out and try again.")
)

// Story gives the safe form of typed markup. Cleaning it again changes nothing.
func Story(source string) (HTML, error) {
	if len(source) > MaxSource {
		return HTML{}, ErrTooLong
	}
	markup := scrub(source)
	for range maxRounds {
		next, err := secondGate(firstGate().Sanitize(markup))
		if err != nil {
			return HTML{}, ErrTooDeep
		}
		if len(next) > maxMarkup {
			return HTML{}, ErrTooLong
		}
		next = strings.TrimSpace(next)
		if next == markup {
			return HTML{markup: markup}, nil
		}
		markup = next
	}
	return HTML{}, ErrTooDeep
}

var leadingTag = regexp.MustCompile(`^\s*<([A-Za-z][A-Za-z0-9]*)(?:[\s/][^<]*)?>`)

// Typed cleans a text that comes either from the editor or, where no script
// runs, from a plain textarea.
//
// The rule: when the first thing that is not white space is a complete start
// tag of an element a story may hold (<p>, <h2 ...>, <img .../>), the text is
// markup and goes to Story. The editor's text always begins so. Anything else
// is plain text, and its angle brackets are shown: "<3 this", "a < b",
// "Hello <b>you</b>", and "<script> is a tag" too.
func Typed(source string) (HTML, error) {
	if len(source) > MaxSource {
		return HTML{}, ErrTooLong
	}
	if m := leadingTag.FindStringSubmatch(source); m != nil {
		if _, ok := allowed[strings.ToLower(m[1])]; ok {
			return Story(source)
		}
	}
	return Plain(source), nil
}
