package views

import "strings"

// apiText reads the little Markdown that the contract is written in:
// paragraphs, headings, lists with dashes, indented examples and code in
// backticks. Anything else stays as it is written.
func apiText(source string) []APIText {
	var blocks []APIText
	for block := range strings.SplitSeq(strings.TrimSpace(source), "\n\n") {
		switch {
		case strings.TrimSpace(block) == "":
		case strings.HasPrefix(block, "    "):
			blocks = append(blocks, APIText{Kind: "pre", Spans: []APITextOf{{Words: unindent(block)}}})
		case strings.HasPrefix(block, "## "):
			blocks = append(blocks, APIText{Kind: "h", Spans: apiSpans(block[3:])})
		case strings.HasPrefix(block, "- "):
			for item := range strings.SplitSeq(block[2:], "\n- ") {
				blocks = append(blocks, APIText{Kind: "li", Spans: apiSpans(item)})
			}
		default:
			blocks = append(blocks, APIText{Kind: "p", Spans: apiSpans(block)})
		}
	}
	return blocks
}

func unindent(block string) string {
	lines := strings.Split(block, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, "    ")
	}
	return strings.Join(lines, "\n")
}

func apiSpans(text string) []APITextOf {
	var spans []APITextOf
	for i, words := range strings.Split(strings.ReplaceAll(text, "\n", " "), "`") {
		if words != "" {
			spans = append(spans, APITextOf{Words: words, Code: i%2 == 1})
		}
	}
	return spans
}

// apiLists puts neighbouring list items together, so that each group is drawn
// as one element.
func apiLists(blocks []APIText) [][]APIText {
	var groups [][]APIText
	for _, b := range blocks {
		last := len(groups) - 1
		if b.Kind == "li" && last >= 0 && groups[last][0].Kind == "li" {
			groups[last] = append(groups[last], b)
			continue
		}
		groups = append(groups, []APIText{b})
	}
	return groups
}
