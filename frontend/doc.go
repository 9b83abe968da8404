// Package frontend carries the built scripts, styles, fonts and icons.
//
// It owns the folder dist, which Vite writes and the binary embeds, and reads
// Vite's manifest to say what each file is called now. It refuses to know how
// files are served and what a page looks like.
package frontend
