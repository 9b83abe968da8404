package ui

import (
	"strconv"
	"strings"
)

// Image is a picture in all its sizes. The zero Image is no picture, and Picture
// then draws printed artwork in its place. Two images that are equal are drawn
// alike.
type Image struct {
	ID            string
	Alt           string
	Width, Height int    // of the largest size; they keep the page from jumping
	Src           string // address for browsers that choose no size themselves
	Small         string // address of the smallest size
	WebP, JPEG    string // srcsets; empty where there is none
}

// Any reports whether there is a picture at all.
func (i Image) Any() bool { return i.Src != "" }

// inks is how many palettes the style sheet has for artwork and faces.
const inks = 8

// ink chooses a palette that stays the same for the same seed.
func ink(seed string) string {
	return "ink-" + strconv.Itoa(int(hash(seed)>>8%inks)+1)
}

func hash(seed string) uint32 {
	sum := uint32(2166136261)
	for i := range len(seed) {
		sum = (sum ^ uint32(seed[i])) * 16777619
	}
	sum = (sum ^ sum>>15) * 0x2c1b3c6d // so that a late letter moves the high bits too
	return sum ^ sum>>12
}

// cut chooses how a composition is turned; it is drawn apart from the ink, so
// that two of one palette rarely look alike.
func cut(seed string) string {
	return "cut-" + strconv.Itoa(int(hash(seed)>>20%4)+1)
}

// Printed numbers the composition that stands for a picture grown from seed: its
// palette from 0, and how it is turned, for whoever draws it elsewhere.
func Printed(seed string) (ink, cut int) {
	return int(hash(seed) >> 8 % inks), int(hash(seed) >> 20 % 4)
}

// initial is the first letter of a name, for a face without a picture.
func initial(name string) string {
	for _, r := range name {
		return strings.ToUpper(string(r))
	}
	return ""
}
