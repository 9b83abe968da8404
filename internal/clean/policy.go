package clean

import (
	"regexp"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// PolicyVersion numbers the rules of this package. It is stored beside every
// rendered story; raising it tells which stories to render again.
const PolicyVersion = 1

// attributes maps the name of an attribute to the values it may have.
type attributes map[string]*regexp.Regexp

var (
	imageName = regexp.MustCompile(`^/media/[a-z0-9]{2}/[a-z0-9]{16,64}\.(webp|png|jpg|gif)$`)
	// A link names its host and carries neither user part nor mail headers. A
	// host in another script arrives percent-encoded on the second reading.
	linkTarget = regexp.MustCompile(`^(?i:https?)://[\p{L}\p{N}\p{M}%\[][\p{L}\p{N}\p{M}%._~:\[\]-]*([/?#][^\s<>"` + "`" + `\\]*)?$` +
		`|^(?i:mailto):[\p{L}\p{N}.!$*+=_~'-]+@[\p{L}\p{N}.-]+$`)

	description = regexp.MustCompile(`^[^\x00]{0,500}$`)
	pixels      = regexp.MustCompile(`^[1-9][0-9]{0,3}$`)
	cells       = regexp.MustCompile(`^[1-9][0-9]?$`)
	number      = regexp.MustCompile(`^[0-9]{1,5}$`)
	heading     = regexp.MustCompile(`^(row|col)$`)
	language    = regexp.MustCompile(`^language-[a-z0-9+#-]{1,20}$`)
)

// allowed is the list both gates hold to: what is not on it does not get through.
var allowed = map[string]attributes{
	"p": nil, "br": nil, "hr": nil, "h2": nil, "h3": nil, "h4": nil, "div": nil, "blockquote": nil, "pre": nil,
	"strong": nil, "b": nil, "em": nil, "i": nil, "u": nil, "s": nil, "del": nil, "ins": nil, "sub": nil, "sup": nil,
	"mark": nil, "small": nil, "kbd": nil, "samp": nil,
	"ul": nil, "li": nil, "dl": nil, "dt": nil, "dd": nil, "figure": nil, "figcaption": nil,
	"table": nil, "thead": nil, "tbody": nil, "tfoot": nil, "tr": nil,
	"ol":   {"start": number},
	"td":   {"colspan": cells, "rowspan": cells},
	"th":   {"colspan": cells, "rowspan": cells, "scope": heading},
	"code": {"class": language},
	"a":    {"href": linkTarget},
	"img":  {"src": imageName, "alt": description, "title": description, "width": pixels, "height": pixels},
}

// essential names the attribute without which an element says nothing.
var essential = map[string]string{"a": "href", "img": "src"}

// parents names where an element belongs. Anywhere else it becomes a div,
// because a browser lets it close the list or table that the page put it in.
var parents = map[string][]string{
	"li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "figcaption": {"figure"},
	"thead": {"table"}, "tbody": {"table"}, "tfoot": {"table"},
	"tr": {"thead", "tbody", "tfoot"}, "td": {"tr"}, "th": {"tr"},
}

// firstGate is the list as a bluemonday policy. It starts from nothing, not
// from UGCPolicy, which lets ids, foreign pictures and relative links through.
var firstGate = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	for element, attrs := range allowed {
		if essential[element] == "" {
			p.AllowElements(element)
		}
		for name, values := range attrs {
			p.AllowAttrs(name).Matching(values).OnElements(element)
		}
	}
	p.AllowURLSchemes("http", "https", "mailto")
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(true) // for our own pictures; links are absolute by their pattern
	return p
})
