// Package drawing draws pictures of words and numbers: the cards by which
// ideas, challenges and people are shown where links are shared.
//
// It owns the looks of a card, its fonts, and a Press that draws few at a time
// and keeps what it drew. It takes plain values, ready to read. It refuses to
// know what an idea is, who may see what, and where the values come from.
//
// The fonts are Bricolage Grotesque and Inter, latin and extended latin, under
// the SIL Open Font License (fonts/*-OFL.txt). What they have no letter for is
// left out.
package drawing
