// Package i18n says a sentence in the reader's language.
//
// It owns the catalogues (catalogue/<language>/<area>.json, flat, one key a
// sentence), the choice of language, and how numbers and dates are written. It
// refuses to know where a sentence is shown.
package i18n
