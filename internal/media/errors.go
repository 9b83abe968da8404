package media

import (
	"time"

	"prosumer/internal/fault"
)

// The refusals.
var (
	ErrEmpty         = refuse("media.empty", "The picture has no content.")
	ErrTooLarge      = fault.New(fault.TooLarge, "media.too_large", "The picture is larger than 10 MB.")
	ErrType          = fault.New(fault.Unsupported, "media.type", "This is not a JPEG, PNG, GIF or still WebP picture.")
	ErrTooManyPixels = refuse("media.too_many_pixels", "The picture is too big: at most 12,000 pixels a side and 25 megapixels in all.")
	ErrTooManyFrames = refuse("media.too_many_frames", "The animation is too long: at most 200 frames and 50 megapixels in all.")
	ErrBroken        = refuse("media.broken", "The picture is damaged and cannot be read.")
	ErrQuota         = fault.New(fault.TooMany, "media.quota", "You have sent as many pictures as fit in one day.")
	ErrBusy          = fault.New(fault.Busy, "media.busy", "Many pictures are being worked on. Try again in a moment.").After(5 * time.Second)
	ErrNotYours      = fault.New(fault.Forbidden, "media.not_yours", "One of the pictures is not yours to use.")
	ErrNotFound      = fault.New(fault.NotFound, "media.not_found", "This picture does not exist.")
	ErrAltTooLong    = fault.New(fault.Invalid, "media.alt_too_long", "Describe the picture in at most 500 characters.").With("alt", "media.alt_too_long")
)

// refuse makes the refusal of a picture one can mend by choosing another.
func refuse(code, text string) *fault.Fault {
	return fault.New(fault.Invalid, code, text).With("image", code)
}
