// Package response writes answers: pages, redirects, JSON, and refusals.
//
// It owns how a kind of refusal becomes a status, and nothing else decides
// that. It refuses to know what the answer is about.
package response
