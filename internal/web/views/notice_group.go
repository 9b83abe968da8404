package views

import (
	"slices"
	"time"

	"prosumer/internal/i18n"
)

// NoticeDay is what was told on one day.
type NoticeDay struct {
	At     time.Time
	Groups []NoticeGroup
}

// NoticeGroup is what was told of one thing on a day: an idea, a product, a
// challenge.
type NoticeGroup struct {
	Title string // of the idea; empty where the lines name it
	URL   string
	Lines []NoticeLine
}

// Fresh reports whether any of it is unread.
func (g NoticeGroup) Fresh() bool {
	return slices.ContainsFunc(g.Lines, func(n NoticeLine) bool { return n.Fresh })
}

// IDs names all that the group holds.
func (g NoticeGroup) IDs() []int64 {
	var ids []int64
	for _, n := range g.Lines {
		ids = append(ids, n.IDs...)
	}
	return ids
}

// Days groups notices, the newest first, by day in the site's zone and by what
// they speak of. Several of a kind that has words for it become one line.
func (s Shell) Days(list []NoticeLine) []NoticeDay {
	var days []NoticeDay
	last := ""
	for _, n := range list {
		if day := s.local(n.At).Format(time.DateOnly); day != last {
			days, last = append(days, NoticeDay{At: n.At}), day
		}
		d := &days[len(days)-1]
		d.Groups = s.group(d.Groups, n)
	}
	return days
}

// Group groups notices by what they speak of alone, for a digest.
func (s Shell) Group(list []NoticeLine) []NoticeGroup {
	var groups []NoticeGroup
	for _, n := range list {
		groups = s.group(groups, n)
	}
	return groups
}

func (s Shell) group(groups []NoticeGroup, n NoticeLine) []NoticeGroup {
	n.IDs, n.Count = []int64{n.ID}, 1
	url := n.URL()
	if n.Idea != 0 {
		url = toIdea(n)
	}
	at := slices.IndexFunc(groups, func(g NoticeGroup) bool { return g.URL == url })
	if at < 0 {
		return append(groups, NoticeGroup{Title: n.Title, URL: url, Lines: []NoticeLine{n}})
	}
	g := &groups[at]
	same := slices.IndexFunc(g.Lines, func(o NoticeLine) bool { return o.Kind == n.Kind && o.Why == n.Why })
	if same >= 0 && i18n.Has(s.Lang, "views.notices."+n.Kind+"_many") {
		line := &g.Lines[same]
		line.IDs, line.Count, line.Fresh = append(line.IDs, n.ID), line.Count+1, line.Fresh || n.Fresh
		return groups
	}
	g.Lines = append(g.Lines, n)
	return groups
}
