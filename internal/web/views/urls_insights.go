package views

import "strconv"

// InsightsURL is the report of a period in days; 0 is the usual one.
func InsightsURL(days int) string {
	if days == 0 {
		return StudioInsightsURL
	}
	return StudioInsightsURL + "?days=" + strconv.Itoa(days)
}

// InsightsFileURL is a table of that report as CSV: "days", "funnel" or "topics".
func InsightsFileURL(table string, days int) string {
	return StudioInsightsURL + "/" + table + ".csv?days=" + strconv.Itoa(days)
}
