package views

import (
	"net/url"
)

// ShortlistURL is a shortlist; POST renames it.
func ShortlistURL(id int64) string { return StudioShortlistsURL + "/" + id64(id) }

// ShortlistStateURL closes a list or opens it again (POST state).
func ShortlistStateURL(id int64) string { return ShortlistURL(id) + "/state" }

// ShortlistEntriesURL puts an idea on a list (POST idea, with move and back).
func ShortlistEntriesURL(id int64) string { return ShortlistURL(id) + "/entries" }

// PutOnShortlistURL puts an idea on the list that the form names (POST
// shortlist, idea, with move and back).
const PutOnShortlistURL = StudioShortlistsURL + "/entries"

// ShortlistTopURL puts the best of a challenge on its list (POST n).
func ShortlistTopURL(id int64) string { return ShortlistURL(id) + "/top" }

// ShortlistTakeURL takes an idea off a list (POST idea).
func ShortlistTakeURL(id int64) string { return ShortlistURL(id) + "/take" }

// ShortlistOrderURL arranges a list (POST order of all, or idea and by).
func ShortlistOrderURL(id int64) string { return ShortlistURL(id) + "/order" }

// ShortlistCriteriaURL adds or changes a criterion (POST).
func ShortlistCriteriaURL(id int64) string { return ShortlistURL(id) + "/criteria" }

// ShortlistCompareURL shows ideas side by side; the form adds the ideas.
func ShortlistCompareURL(id int64, ideas ...int64) string {
	values := url.Values{}
	for _, idea := range ideas {
		values.Add("idea", id64(idea))
	}
	if len(values) == 0 {
		return ShortlistURL(id) + "/compare"
	}
	return ShortlistURL(id) + "/compare?" + values.Encode()
}

// ShortlistDecisionsURL previews the prepared decisions; POST publishes them.
func ShortlistDecisionsURL(id int64) string { return ShortlistURL(id) + "/decisions" }

// ShortlistExportURL is the file of a list, "csv" or "xlsx".
func ShortlistExportURL(id int64, kind string) string { return ShortlistURL(id) + "/export." + kind }

// ShortlistIdeaURL is one idea of a list: the reader's card, and what is prepared.
func ShortlistIdeaURL(id, idea int64) string { return ShortlistURL(id) + "/ideas/" + id64(idea) }

// ShortlistCardURL keeps the reader's card or hands it in (POST).
func ShortlistCardURL(id, idea int64) string { return ShortlistIdeaURL(id, idea) + "/card" }

// ShortlistPreparedURL prepares a decision, or drops it (POST).
func ShortlistPreparedURL(id, idea int64) string { return ShortlistIdeaURL(id, idea) + "/decision" }
