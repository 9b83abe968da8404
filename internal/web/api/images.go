package api

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/clean"
	"prosumer/internal/media"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

const (
	formOverhead = 64 << 10 // of a form around its picture
	maxAltBytes  = 8 << 10  // media counts the characters
)

// UploadImage stores a picture of the caller.
func (a *API) UploadImage(c *fiber.Ctx) error {
	if c.Request().Header.ContentLength() > media.MaxBytes+formOverhead {
		c.Context().SetConnectionClose() // the rest is never read
		return media.ErrTooLarge
	}
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEMultipartForm || params["boundary"] == "" {
		return errNotMultipart
	}
	image, alt, err := readForm(body(c), params["boundary"])
	if err != nil {
		return err
	}
	p, err := a.Media.Upload(c.UserContext(), int64(request.Actor(c).ID), bytes.NewReader(image), alt)
	if err != nil {
		return err
	}
	return response.JSON(c, fiber.StatusCreated, wire.Image{ID: p.ID, URL: p.URL(), Width: p.Width, Height: p.Height, Alt: p.Alt})
}

// body reads the request as it arrives, or as it lies there where the server
// has read it already.
func body(c *fiber.Ctx) io.Reader {
	if stream := c.Context().RequestBodyStream(); stream != nil {
		return stream
	}
	return bytes.NewReader(c.Request().Body())
}

// readForm takes the picture and its description out of a form, and holds no
// more of it than a picture may have. Names and types of files are not read.
func readForm(r io.Reader, boundary string) (image []byte, alt string, err error) {
	bounded := &io.LimitedReader{R: r, N: media.MaxBytes + formOverhead}
	form := multipart.NewReader(bounded, boundary)
	for {
		part, err := form.NextRawPart()
		if errors.Is(err, io.EOF) && bounded.N > 0 {
			break
		}
		if err == nil {
			err = readPart(part, &image, &alt)
		}
		switch {
		case errors.Is(err, media.ErrTooLarge), bounded.N <= 0:
			return nil, "", media.ErrTooLarge
		case errors.Is(err, media.ErrAltTooLong):
			return nil, "", err
		case err != nil:
			return nil, "", errMultipart
		}
	}
	if !clean.ValidText(alt) {
		return nil, "", remedy("alt", request.ErrBadText.Code)
	}
	if len(image) == 0 {
		return nil, "", media.ErrEmpty
	}
	return image, alt, nil
}

func readPart(part *multipart.Part, image *[]byte, alt *string) error {
	switch part.FormName() {
	case "image":
		read, err := io.ReadAll(io.LimitReader(part, media.MaxBytes+1))
		if len(read) > media.MaxBytes {
			return media.ErrTooLarge
		}
		*image = read
		return err
	case "alt":
		read, err := io.ReadAll(io.LimitReader(part, maxAltBytes+1))
		if len(read) > maxAltBytes {
			return media.ErrAltTooLong
		}
		*alt = string(read)
		return err
	default:
		return nil // the next part skips what is left of this one
	}
}
