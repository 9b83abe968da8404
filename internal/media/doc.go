// Package media takes pictures in: checks, decodes, writes again, stores.
//
// It owns the images table and the media folder. It offers Upload, MakeWebP,
// ByIDs, SetAlt, MarkUsed, Sweep and File. It refuses to know HTTP, ideas, and
// the name or type a browser gave a file: both are never read.
package media
