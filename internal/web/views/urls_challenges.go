package views

import "strconv"

// Addresses of challenges that take nothing.
const (
	StudioChallengeNewURL = StudioChallengesURL + "/new"
)

// ChallengeURL is the page of a challenge.
func ChallengeURL(slug string) string { return ChallengesURL + "/" + slug }

// ChallengeBoardURL is the board of one challenge, in the order that suits it.
func ChallengeBoardURL(slug string) string { return BoardURL(BoardQuery{Challenge: slug}) }

// ChallengeTermsURL is what an entrant accepts; version 0 asks for the terms in
// force.
func ChallengeTermsURL(slug string, version int) string {
	if version == 0 {
		return ChallengeURL(slug) + "/terms"
	}
	return ChallengeURL(slug) + "/terms?version=" + strconv.Itoa(version)
}

// ChallengeTemplateURL sends the file that entrants may start from.
func ChallengeTemplateURL(slug string) string { return ChallengeURL(slug) + "/template" }

// ChallengeResultsURL is the report of a challenge.
func ChallengeResultsURL(slug string) string { return ChallengeURL(slug) + "/results" }

// ProposeForURL is the form of an idea that is meant for a challenge.
func ProposeForURL(slug string) string { return address(ProposeURL, "challenge", slug) }

// EnterURL enters an idea into a challenge (POST).
func EnterURL(id int64) string { return ideaBase(id) + "/enter" }

// LeaveURL takes an entry out of its challenge (POST).
func LeaveURL(id int64) string { return ideaBase(id) + "/leave" }

// StudioChallengeURL is the form of a challenge, which posts to it.
func StudioChallengeURL(slug string) string { return StudioChallengesURL + "/" + slug }

// JuryURL takes the jury's verdict (POST).
func JuryURL(slug string) string { return StudioChallengeURL(slug) + "/jury" }

// DeleteChallengeURL removes a challenge without entries (POST).
func DeleteChallengeURL(slug string) string { return StudioChallengeURL(slug) + "/delete" }
