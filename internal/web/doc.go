// Package web is the site on the wire: the application, its middleware, and
// every address with its handler.
//
// It owns the order of middleware, sessions' cookies, the check of foreign
// requests, limits, headers and the route table. It refuses to
// know what an address does: that stands in pages, api and socket.
package web
