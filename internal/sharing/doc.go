// Package sharing is how word of an idea travels, and what came of it.
package sharing
