package web

import (
	"github.com/maypok86/otter/v2"
	"github.com/valyala/fasthttp"

	"prosumer/internal/i18n"
)

// acceptedLangs remembers what the headers of browsers come to: there are few of
// them, and reading one takes longer than sending a kept page.
type acceptedLangs struct {
	seen *otter.Cache[string, i18n.Lang]
}

func newAcceptedLangs() acceptedLangs {
	return acceptedLangs{otter.Must(&otter.Options[string, i18n.Lang]{MaximumSize: languages})}
}

// of is the language of a visitor's answer, as language chooses it.
func (a acceptedLangs) of(head *fasthttp.RequestHeader) i18n.Lang {
	choice := head.Cookie("lang")
	for _, lang := range i18n.All {
		if string(lang) == string(choice) {
			return lang
		}
	}
	accept := head.Peek(fasthttp.HeaderAcceptLanguage)
	if len(accept) == 0 || len(accept) > maxHeading {
		return i18n.Choose("", string(accept))
	}
	if lang, ok := a.seen.GetIfPresent(string(accept)); ok {
		return lang
	}
	lang := i18n.Choose("", string(accept))
	a.seen.Set(string(accept), lang)
	return lang
}
