package views

import "strconv"

// PersonAsOthersURL is one's own profile as others see it.
func PersonAsOthersURL(handle string) string { return address(PersonURL(handle), "as", "others") }

// StandingLedgerURL is every entry of somebody's standing.
func StandingLedgerURL(handle string) string { return PersonURL(handle) + "/standing" }

// LedgerPageURL is a page of them; the first one is the newest.
func LedgerPageURL(handle string, page int) string {
	if page <= 1 {
		return StandingLedgerURL(handle)
	}
	return address(StandingLedgerURL(handle), "page", strconv.Itoa(page))
}
