// Package ui holds the parts every page is put together from: buttons, fields,
// badges, pictures, notices, the pager, and Prose, the one place that shows
// HTML somebody else wrote.
//
// It owns how a part looks and how it is read aloud. It refuses to know ideas,
// votes or languages: every sentence comes in ready, in the reader's language.
package ui
