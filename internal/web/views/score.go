package views

import "strconv"

// MeanIn is the mean of scores in parts of one, such as tenths or hundredths,
// with halves rounded up, and false while there are none. It is counted in whole
// numbers, and by the islands in the same way, so that no two places tell
// another mean of the same scores.
func MeanIn(parts int, scores [5]int) (int, bool) {
	n, points := countScores(scores), 0
	for i, given := range scores {
		points += (i + 1) * given
	}
	if n == 0 {
		return 0, false
	}
	return (2*parts*points + n) / (2 * n), true
}

func countScores(scores [5]int) int {
	return scores[0] + scores[1] + scores[2] + scores[3] + scores[4]
}

// noMean stands where a mean will be.
const noMean = "–"

// MeanWord writes the mean of scores with one decimal: 4.3 or 4,3.
func (s Shell) MeanWord(scores [5]int) string {
	tenths, ok := MeanIn(10, scores)
	if !ok {
		return noMean
	}
	return s.N(tenths/10) + s.T("views.number.point") + s.N(tenths%10)
}

// share is a part of a whole in percent, halves rounded up; 0 of nothing.
func share(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return (200*part + whole) / (2 * whole)
}

// barOf is how long the bar of a score is, in percent of the longest.
func barOf(scores [5]int, score int) int {
	return share(scores[score-1], max(scores[0], scores[1], scores[2], scores[3], scores[4]))
}

// openly is what stands in the page for one that may not be seen: nothing.
func openly(sealed bool, text string) string {
	if sealed {
		return ""
	}
	return text
}

func (v VoteBox) sealed() bool { return v.Seal != "" }

func (v VoteBox) sealKind() string {
	if v.Challenge.Seal == "until_close" {
		return "sealed_close"
	}
	return "sealed_voted"
}

func (v VoteBox) figure(text string) string { return openly(v.sealed(), text) }

func (v VoteBox) bar(score int) string { return strconv.Itoa(barOf(v.Scores, score)) }

func (s Shell) percent(part, whole int) string { return strconv.Itoa(share(part, whole)) + "%" }

// scoresWord says how many scores there are: 1,204 scores.
func (s Shell) scoresWord(scores [5]int) string {
	return s.T("views.score.count", "Count", countScores(scores))
}

// meanOfWord says what a mean is of.
func (s Shell) meanOfWord(scores [5]int) string {
	n := countScores(scores)
	if n == 0 {
		return s.T("views.score.none")
	}
	return s.T("views.score.of", "Count", n)
}

// votesWord says how many voted on an idea, or that this is sealed.
func votesWord(s Shell, c IdeaCard) string {
	if c.Sealed {
		return s.T("views.score.sealed_word")
	}
	return s.T("views.vote.voters", "Count", c.Voters)
}
