package i18n

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
)

var matcher = language.NewMatcher([]language.Tag{language.English, language.Dutch})

// Choose picks the language: a known choice wins, else the best match of an
// Accept-Language header, else English. Any string is accepted.
func Choose(choice, accept string) Lang {
	for _, lang := range All {
		if string(lang) == choice {
			return lang
		}
	}
	if len(accept) > 500 { // a header no browser sends; parsing it is work for nothing
		return EN
	}
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(tags) == 0 {
		return EN
	}
	if _, i, confidence := matcher.Match(tags...); confidence != language.No {
		return All[i]
	}
	return EN
}

// Number writes n with the language's separator: 12,479 or 12.479.
func Number(lang Lang, n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	separator := ","
	if lang == NL {
		separator = "."
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(separator)
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

// Date writes a day: 12 Nov 2026 or 12 nov 2026.
func Date(lang Lang, t time.Time) string {
	return fmt.Sprintf("%d %s %d", t.Day(), month(lang, t.Month()), t.Year())
}

// DateTime writes a day and a time of the clock: 12 Nov 2026, 14:05.
func DateTime(lang Lang, t time.Time) string {
	return Date(lang, t) + ", " + t.Format("15:04")
}

func month(lang Lang, m time.Month) string {
	return T(lang, fmt.Sprintf("month.%d", int(m)))
}
