// Package drawing draws pictures of words and numbers.
package drawing
