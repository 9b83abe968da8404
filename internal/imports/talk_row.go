package imports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"prosumer/internal/comments"
	"prosumer/internal/pg"
)

// talkRow is one comment of a file.
type talkRow struct {
	line                     int
	id, parent, idea, author string
	text                     string
	created                  time.Time
	pro, con                 int
	refused, lost            bool
}

// talkTargets are what a column of a file of comments can become, each with the
// names that it has elsewhere.
var talkTargets = []struct {
	name  string
	known []string
	must  bool
}{
	{"id", []string{"id", "comment_id", "commentid"}, true},
	{"parent", []string{"parent", "parentid", "parent_id", "in_reply_to"}, false},
	{"idea", []string{"idea", "ideaid", "idea_id", "proposalid", "proposal_id", "post_id"}, true},
	{"author", []string{"author", "userid", "user_id", "user", "name"}, false},
	{"created", []string{"created", "created_at", "date", "timestamp"}, false},
	{"text", []string{"text", "body", "comment", "content"}, true},
	{"for", []string{"for", "numpositivevotes", "upvotes", "likes"}, false},
	{"against", []string{"against", "numnegativevotes", "downvotes"}, false},
}

// maxTalk is how many comments one file may hold: they are all in memory, since
// an answer may stand before what it answers.
const maxTalk = 200_000

// noDays is how some tools write the time of a day.
var noDays = regexp.MustCompile(`\b0 days `)

// talkColumns finds the columns of each target.
func (it *talkRun) columns(header []string) (map[string][]int, error) {
	places := map[string][]int{}
	find := func(name string) int {
		return slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(h, name) })
	}
	for pair := range strings.SplitSeq(it.opts.Map, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		target, from, ok := strings.Cut(pair, "=")
		target = strings.ToLower(strings.TrimSpace(target))
		if !ok {
			return nil, refuse("imports.bad_mapping", "%q is not of the form target=column.", strings.TrimSpace(pair))
		}
		for column := range strings.SplitSeq(from, "+") {
			at := find(strings.TrimSpace(column))
			if at < 0 {
				return nil, refuse("imports.unknown_column", "The file has no column %q for %s; it has %s.", strings.TrimSpace(column), target, listed(header))
			}
			places[target] = append(places[target], at)
		}
	}
	var names, said []string
	for _, t := range talkTargets {
		names = append(names, t.name)
		if _, given := places[t.name]; !given && it.opts.Map == "" {
			for _, name := range t.known {
				if at := find(name); at >= 0 {
					places[t.name] = []int{at}
					if clock := find("time"); name == "date" && clock >= 0 {
						places[t.name] = append(places[t.name], clock)
					}
					break
				}
			}
		}
		if t.must && len(places[t.name]) == 0 {
			return nil, refuse("imports.missing_target", "No column is chosen for %s; the file has %s.", t.name, listed(header))
		}
		var from []string
		for _, at := range places[t.name] {
			from = append(from, header[at])
		}
		if len(from) > 0 {
			said = append(said, t.name+"="+strings.Join(from, "+"))
		}
	}
	for target := range places {
		if !slices.Contains(names, target) {
			return nil, refuse("imports.unknown_target", "There is no target %q; the targets are %s.", target, listed(names))
		}
	}
	it.report.Mapping = strings.Join(said, ",")
	return places, nil
}

// read takes the whole file in. What is wrong with a row is noted with it, so
// that an answer to it still finds what it answered.
func (it *talkRun) read(table *Table) error {
	places, err := it.columns(table.Header)
	if err != nil {
		return err
	}
	for line := 2; ; {
		table.guard.left = rowLimit
		record, err := table.csv.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			line, _ = table.csv.FieldPos(0)
		}
		it.report.Rows++
		if it.report.Rows > maxTalk {
			return refuse("imports.too_many_rows", "The file has more than %d comments.", maxTalk)
		}
		if err != nil {
			refused := unreadable(line, err)
			it.refuse(talkRow{line: refused.Line}, refused.Code, refused.Text)
			if refused.Ends {
				break
			}
			continue
		}
		it.take(line, record, places)
	}
	for i := range it.rows {
		row := &it.rows[i]
		if _, there := it.at[row.parent]; row.parent != "" && !there {
			row.lost = true
			it.report.Lost++
		}
	}
	return nil
}

// take makes a row of a record.
func (it *talkRun) take(line int, record []string, places map[string][]int) {
	cell := func(target string) string {
		var parts []string
		for _, at := range places[target] {
			if at < len(record) && strings.TrimSpace(record[at]) != "" {
				parts = append(parts, strings.TrimSpace(record[at]))
			}
		}
		return strings.Join(parts, " ")
	}
	row := talkRow{line: line, id: oneLine(cell("id")), parent: oneLine(cell("parent")), idea: oneLine(cell("idea")), author: cutAtWord(oneLine(cell("author")), wordLimit), text: paragraphs(cell("text"))}
	if row.parent == "-1" || row.parent == "0" {
		row.parent = ""
	}
	var dated, pro, con bool
	row.created, _, dated = parseDate(noDays.ReplaceAllString(cell("created"), ""))
	row.pro, pro = parseCount(cell("for"))
	row.con, con = parseCount(cell("against"))
	_, repeated := it.at[row.id]
	code, text := "", ""
	switch {
	case slices.ContainsFunc(record, func(s string) bool { return !utf8.ValidString(s) }):
		code, text = "imports.not_utf8", "The row is not in UTF-8."
	case row.id == "":
		code, text = "imports.id_missing", "The row has no id."
	case utf8.RuneCountInString(row.id) > wordLimit || len(row.id) > 4*wordLimit:
		code, text = "imports.id_too_long", fmt.Sprintf("The id has more than %d characters.", wordLimit)
	case repeated:
		code, text = "imports.id_repeated", "The id was in the file already."
	case row.text == "":
		code, text = "imports.text_empty", "The comment is empty."
	case !dated:
		code, text = "imports.date_bad", "The date is none we know."
	case !pro || !con || row.pro < 0 || row.con < 0:
		code, text = "imports.votes_bad", "The votes are no numbers."
	}
	if code != "" {
		it.refuse(row, code, text)
		row.refused = true
	}
	if row.id != "" && !repeated {
		it.at[row.id] = len(it.rows)
		it.rows = append(it.rows, row)
	}
}

// answered finds what a row answers: the nearest above it that is on the board.
// Where there is none, it begins a thread.
func (it *talkRun) answered(ctx context.Context, tx pg.Q, row talkRow, depth int) (comments.ID, error) {
	for range deepest {
		up, there := it.at[row.parent]
		if row.parent == "" || !there {
			return 0, nil
		}
		if it.rows[up].idea != row.idea {
			return 0, nil
		}
		if err := it.row(ctx, tx, up, depth+1); err != nil {
			return 0, err
		}
		if id, here := it.here[row.parent]; here {
			return id, nil
		}
		row = it.rows[up]
	}
	return 0, nil
}
