package media

import (
	"bytes"
	"encoding/binary"
	"image"
)

// inspectJPEG finds the orientation and counts the scans. What it cannot follow
// it leaves to the decoder, which is stricter.
func inspectJPEG(data []byte, _ image.Config) (orientation int, err error) {
	orientation, scans := upright, 0
	for rest := data[2:]; ; {
		at := bytes.IndexByte(rest, 0xff)
		if at < 0 || at+1 >= len(rest) {
			return orientation, nil
		}
		marker := rest[at+1]
		switch {
		case marker == 0xff: // fill byte: the marker's own 0xff is next
			rest = rest[at+1:]
			continue
		case marker == 0x00, marker == 0x01, marker >= 0xd0 && marker <= 0xd8: // no segment follows
			rest = rest[at+2:]
			continue
		case marker == 0xd9:
			return orientation, nil
		}
		if at+4 > len(rest) {
			return orientation, nil
		}
		end := at + 2 + int(binary.BigEndian.Uint16(rest[at+2:]))
		if end < at+4 || end > len(rest) {
			return orientation, nil
		}
		switch body := rest[at+4 : end]; marker {
		case 0xe1:
			if scans == 0 && bytes.HasPrefix(body, exifMark) {
				orientation = exifOrientation(body)
			}
		case 0xda:
			if scans++; scans > MaxScans {
				return orientation, ErrBroken
			}
		}
		rest = rest[end:]
	}
}

func inspectPNG(data []byte, _ image.Config) (orientation int, err error) {
	for rest := data[8:]; len(rest) >= 12; {
		size := uint64(binary.BigEndian.Uint32(rest))
		if size+12 > uint64(len(rest)) {
			break
		}
		if string(rest[4:8]) == "eXIf" {
			return exifOrientation(rest[8 : 8+size]), nil
		}
		rest = rest[12+size:]
	}
	return upright, nil
}

// inspectWebP refuses animations, which the decoder cannot read.
func inspectWebP(data []byte, _ image.Config) (orientation int, err error) {
	orientation = upright
	for rest := data[12:]; len(rest) >= 8; {
		size := uint64(binary.LittleEndian.Uint32(rest[4:]))
		if size+8 > uint64(len(rest)) {
			break
		}
		switch string(rest[:4]) {
		case "ANIM", "ANMF":
			return orientation, ErrType
		case "EXIF":
			orientation = exifOrientation(rest[8 : 8+size])
		}
		rest = rest[min(8+size+size%2, uint64(len(rest))):]
	}
	return orientation, nil
}

// upright is the orientation of a picture that needs no turning.
const upright = 1

var exifMark = []byte("Exif\x00\x00")

// exifOrientation reads tag 0x0112 of the first directory, 1 to 8; anything
// amiss is upright.
func exifOrientation(exif []byte) int {
	tiff := bytes.TrimPrefix(exif, exifMark)
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(tiff[4:]))
	if order.Uint16(tiff[2:]) != 42 || at+2 > uint64(len(tiff)) {
		return upright
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return upright
		}
		if order.Uint16(entries) == 0x0112 {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return upright
		}
		entries = entries[12:]
	}
	return upright
}
