package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"sync"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Lang is a language that every catalogue speaks.
type Lang string

// The languages on offer.
const (
	EN Lang = "en"
	NL Lang = "nl"
)

// All lists the languages, the fallback first.
var All = []Lang{EN, NL}

//go:embed catalogue
var files embed.FS

// catalogue holds one language: sentences without a hole are answered from a
// map, the others by go-i18n, which knows the plural rules.
type catalogue struct {
	plain     map[string]string
	keys      map[string]bool
	localizer *goi18n.Localizer
}

var catalogues = sync.OnceValue(func() map[Lang]*catalogue {
	loaded, err := load(files)
	if err != nil {
		panic(fmt.Sprintf("the catalogues inside the binary do not parse: %v", err))
	}
	return loaded
})

func load(source fs.FS) (map[Lang]*catalogue, error) {
	bundle := goi18n.NewBundle(language.English)
	all := map[Lang]*catalogue{}
	for _, lang := range All {
		c := &catalogue{plain: map[string]string{}, keys: map[string]bool{}, localizer: goi18n.NewLocalizer(bundle, string(lang))}
		entries, err := Entries(source, lang)
		if err != nil {
			return nil, err
		}
		for key, forms := range entries {
			m := &goi18n.Message{ID: key, One: forms["one"], Other: forms["other"]}
			if err := bundle.AddMessages(language.Make(string(lang)), m); err != nil {
				return nil, fmt.Errorf("%s %s: %w", lang, key, err)
			}
			c.keys[key] = true
			if len(forms) == 1 && !strings.Contains(forms["other"], "{{") {
				c.plain[key] = forms["other"]
			}
		}
		all[lang] = c
	}
	return all, nil
}

// Entries reads every sentence of a language: key to plural form to text. A
// sentence without plural has the form "other" alone.
func Entries(source fs.FS, lang Lang) (map[string]map[string]string, error) {
	names, err := fs.Glob(source, "catalogue/"+string(lang)+"/*.json")
	if err != nil {
		return nil, fmt.Errorf("list catalogue %s: %w", lang, err)
	}
	all := map[string]map[string]string{}
	for _, name := range names {
		raw, err := fs.ReadFile(source, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		var area map[string]any
		if err := json.Unmarshal(raw, &area); err != nil {
			return nil, fmt.Errorf("parse %s: %w", name, err)
		}
		for key, value := range area {
			if _, twice := all[key]; twice {
				return nil, fmt.Errorf("%s: %q stands in two files", name, key)
			}
			switch v := value.(type) {
			case string:
				all[key] = map[string]string{"other": v}
			case map[string]any:
				forms := map[string]string{}
				for form, text := range v {
					forms[form] = fmt.Sprint(text)
				}
				all[key] = forms
			default:
				return nil, fmt.Errorf("%s: %q is neither a sentence nor its plural forms", name, key)
			}
		}
	}
	return all, nil
}

// T says the sentence of key in lang. args are name, value pairs that fill its
// holes; the value named "Count" also chooses the plural form. A key that no
// catalogue holds comes back as itself, so that it shows; a test finds it first.
func T(lang Lang, key string, args ...any) string {
	c := of(lang)
	if len(args) == 0 {
		if text, ok := c.plain[key]; ok {
			return text
		}
	}
	data := make(map[string]any, len(args)/2)
	var count any
	for i := 0; i+1 < len(args); i += 2 {
		name := fmt.Sprint(args[i])
		value := args[i+1]
		if name == "Count" {
			count = value
		}
		if n, ok := value.(int); ok {
			value = Number(lang, n)
		}
		data[name] = value
	}
	text, err := c.localizer.Localize(&goi18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: count})
	if err != nil && text == "" {
		return key
	}
	return text
}

// Has reports whether the catalogues hold key.
func Has(lang Lang, key string) bool { return of(lang).keys[key] }

// Or says the sentence of key in lang, or fallback where no catalogue holds it.
func Or(lang Lang, key, fallback string) string {
	if !Has(lang, key) {
		return fallback
	}
	return T(lang, key)
}

// Under gives the sentences without holes whose key begins with one of the
// prefixes: what a page hands to its script.
func Under(lang Lang, prefixes ...string) map[string]string {
	found := map[string]string{}
	for key, text := range of(lang).plain {
		for _, p := range prefixes {
			if strings.HasPrefix(key, p) {
				found[key] = text
			}
		}
	}
	return maps.Clone(found)
}

func of(lang Lang) *catalogue {
	if c, ok := catalogues()[lang]; ok {
		return c
	}
	return catalogues()[EN]
}
