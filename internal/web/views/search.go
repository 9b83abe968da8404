package views

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"prosumer/internal/web/views/ui"
)

// SearchView is what a search found: the best few of every kind, or one kind
// whole.
type SearchView struct {
	Shell
	Q      string
	In     string // one kind; empty for the best of all
	Groups []HitGroup
}

// HitGroup is what was found of one kind.
type HitGroup struct {
	In    string
	Hits  []Hit
	More  string // address of the rest; empty for none
	Close bool   // spelled otherwise than was typed
}

// Hit is one thing found.
type Hit struct {
	In      string
	URL     string
	Title   string
	Words   string // plain text
	Mark    string // an idea's status, a product's stage, a comment's kind
	By      Person
	Picture ui.Image
	At      time.Time
}

// searchKinds are the kinds in the order of their tabs, each with its icon.
var searchKinds = []struct{ in, icon string }{
	{"ideas", "lightbulb"}, {"talk", "message-square"}, {"people", "user"}, {"products", "package-check"}, {"challenges", "flag"},
}

// HitURL is the page of what was found in a kind, by its number or its name in
// addresses.
func HitURL(in string, id int64, slug string) string {
	switch in {
	case "talk":
		return CommentURL(id)
	case "people":
		return PersonURL(slug)
	case "products":
		return ProductURL(slug)
	case "challenges":
		return ChallengeURL(slug)
	default:
		return IdeaURL(id, slug)
	}
}

func searchIcon(in string) string {
	for _, k := range searchKinds {
		if k.in == in {
			return k.icon
		}
	}
	return "search"
}

func (v SearchView) found() int {
	n := 0
	for _, g := range v.Groups {
		n += len(g.Hits)
	}
	return n
}

func (v SearchView) heading() string {
	if v.Q == "" {
		return v.T("views.search.title")
	}
	return v.T("views.search.results", "Query", v.Q)
}

// piece is a part of a text, marked where it is what was looked for.
type piece struct {
	text string
	mark bool
}

// pieces cuts a text so that the words which fit what was typed stand alone. A
// word fits when it holds a typed one, or begins as it does, accents and case
// aside: so an inflected word is marked too.
func pieces(text, typed string) []piece {
	wanted := words(typed)
	var list []piece
	add := func(part string, mark bool) {
		if part == "" {
			return
		}
		if n := len(list); n > 0 && list[n-1].mark == mark {
			list[n-1].text += part
			return
		}
		list = append(list, piece{part, mark})
	}
	for len(text) > 0 {
		end := strings.IndexFunc(text, inWord)
		if end < 0 {
			end = len(text)
		}
		add(text[:end], false)
		text = text[end:]
		if end = strings.IndexFunc(text, func(r rune) bool { return !inWord(r) }); end < 0 {
			end = len(text)
		}
		if end > 0 {
			add(text[:end], fits(plain(text[:end]), wanted))
		}
		text = text[end:]
	}
	return list
}

// excerptOf is the part of a text around the first word that fits, some hundred
// and sixty characters long.
func excerptOf(text, typed string) []piece {
	const before, length = 50, 170
	text = strings.Join(strings.Fields(text), " ")
	at := 0
	for _, p := range pieces(text, typed) {
		if p.mark {
			break
		}
		at += len(p.text)
	}
	if at >= len(text) {
		at = 0
	}
	begin := back(text, at, before)
	end := min(len(text), begin+length)
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	if end < len(text) {
		if space := strings.LastIndexByte(text[begin:end], ' '); space > length/2 {
			end = begin + space
		}
	}
	cut := text[begin:end]
	if begin > 0 {
		cut = "… " + cut
	}
	if end < len(text) {
		cut += " …"
	}
	return pieces(cut, typed)
}

// back goes some way back from a place in a text, to the beginning of a word.
func back(text string, at, most int) int {
	if at <= most {
		return 0
	}
	if space := strings.IndexByte(text[at-most:at], ' '); space >= 0 {
		return at - most + space + 1
	}
	return at
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func words(typed string) []string {
	return strings.FieldsFunc(plain(typed), func(r rune) bool { return !inWord(r) })
}

// plain is a word in small letters and without accents.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// stem is how many letters two words must begin with alike, at least.
const stem = 4

func fits(word string, wanted []string) bool {
	for _, w := range wanted {
		switch {
		case word == w, len(w) >= 3 && strings.Contains(word, w), len(w) == 2 && strings.HasPrefix(word, w):
			return true
		case len(w) >= stem && len(word) >= stem:
			alike := 0
			for alike < min(len(w), len(word)) && w[alike] == word[alike] {
				alike++
			}
			if alike >= max(stem, len(w)-3) && alike >= len(word)-3 {
				return true
			}
		}
	}
	return false
}
