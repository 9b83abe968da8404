// Package socket opens the websocket endpoint on the web server's own port.
//
// It owns the way from a request to a websocket: the handshake, the Origin, the
// viewer's admission, and the bridge from fasthttp to gorilla. It offers
// Handler, Prepare and Upgrade. It refuses to know topics and messages: those
// are the hub's, in package live. It is the only package that knows both fiber
// and gorilla.
//
// Prepare must be called on the app: with KeepHijackedConns the request's
// buffers are given back as soon as the connection is a websocket, and in return
// fasthttp never closes it. The hub does, also at shutdown, of which fasthttp
// tells hijacked connections nothing.
package socket
