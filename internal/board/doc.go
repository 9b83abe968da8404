// Package board reads across nouns: lists, orders, search, and the data of
// whole pages.
//
// It owns no table and writes nothing. It offers one method for each page or
// list. It refuses to know HTTP, HTML pages and languages.
package board
