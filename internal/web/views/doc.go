// Package views draws every page: templates, the plain values they take, and
// the addresses they link to.
//
// It owns what a page shows, in which words, and the markup the islands rely
// on. It offers one template a page, each with its view, and a function for
// every address. It refuses to know services, requests and the database: a
// handler fills a view and hands it over.
package views
