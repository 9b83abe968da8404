package media

import "time"

// Decodable is what Upload takes, as the accept list of a file field. SVG is
// a program, TIFF and HEIC are too rich to decode safely.
const Decodable = "image/jpeg,image/png,image/gif,image/webp"

const (
	// MaxBytes is the largest file taken: a phone's photo fits, a film does not.
	MaxBytes = 10 << 20
	// MaxSide and MaxPixels bound what a decoder may allocate, up to eight
	// bytes a pixel. 91 bytes are enough to claim 3.6 gigapixels.
	MaxSide   = 12_000
	MaxPixels = 25_000_000
	// MaxFrames and MaxFramePixels (frames times pixels) bound an animation, of
	// which only the first frame is kept.
	MaxFrames      = 200
	MaxFramePixels = 50_000_000
	// MaxScans bounds a progressive JPEG. Cameras and optimisers write about
	// ten; thousands of empty ones cost minutes of decoding.
	MaxScans = 24
	// MaxAlt is the longest description, in characters.
	MaxAlt = 500

	// DayFiles and DayBytes are what one person may send within a day.
	DayFiles = 50
	DayBytes = 100 << 20
	// UnusedFor is how long a picture may wait to be used. It equals the
	// quota's day, so that a swept picture was no longer counted.
	UnusedFor = day
	// Decodes is how many pictures one server works on at once: each may hold
	// a few hundred megabytes for a moment.
	Decodes = 4
	// Wait is how long an upload waits for its turn before Busy.
	Wait = 10 * time.Second

	day = 24 * time.Hour
)

// widths are the sizes every picture exists in: a card, a phone or a column,
// a full page on a sharp screen. The last one is the largest.
var widths = [...]int{faceWidth, 400, 800, 1600}

// faceWidth is the least size: a face beside a name, on a sharp screen.
const faceWidth = 128

const (
	jpegQuality = 82 // no visible loss after one more encoding; 1600 px is about 240 kB
	webpQuality = 78 // looks like the JPEG at two thirds of its bytes
)
