// Package comments is the talk about ideas.
package comments
