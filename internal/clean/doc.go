// Package clean turns what people type into what pages may show.
//
// It owns the list of elements a story may hold and the type HTML, which no
// other package can fill. It offers Story and Plain for rich and plain text,
// Line for one line of text, readers of HTML (Text, Excerpt, Images), and
// LocalPath, the guard of redirects. It refuses to know who typed, where the
// text is stored, and whether a picture it names exists.
package clean
