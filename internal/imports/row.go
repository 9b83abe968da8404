package imports

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// row adds one idea behind a savepoint. What is wrong with the row goes into
// the result; an error is anything else, and ends the batch.
func (it *run) row(ctx context.Context, tx pg.Q, row Row, b *result, authors map[string]accounts.ID) error {
	now := it.opts.Now()
	if row.Created.After(now.Add(widestZone)) {
		b.errors = append(b.errors, RowError{Line: row.Line, ExternalID: row.ExternalID, Code: "imports.date_future", Text: "The date lies in the future."})
		return nil
	}
	if row.Created.After(now) {
		row.Created = now
	}
	if err := savepoint(ctx, tx); err != nil {
		return err
	}
	in, author, err := it.idea(ctx, tx, &row, b.Import, authors)
	added := false
	if err == nil {
		_, added, err = ideas.Import(ctx, tx, in)
	}
	if refused := rowRefused(row, err); refused != nil {
		b.errors = append(b.errors, *refused)
		return rollbackToSavepoint(ctx, tx)
	}
	if err != nil {
		return err
	}
	authors[author] = in.Contributor
	if !added { // another run was quicker
		b.skipped++
		return releaseSavepoint(ctx, tx)
	}
	b.added++
	b.carriedOver += in.CarriedOver
	for _, code := range row.Notices {
		b.notices[code]++
	}
	return releaseSavepoint(ctx, tx)
}

// widestZone is how far ahead of UTC a day may begin: a bare date is no moment
// of the future as long as that day has come somewhere.
const widestZone = 14 * time.Hour

// idea turns a row into what ideas takes, and finds or makes its author.
func (it *run) idea(ctx context.Context, tx pg.Q, row *Row, importID int64, authors map[string]accounts.ID) (ideas.Imported, string, error) {
	a := authorOf(it.opts.Source, row.Author)
	id, ok := it.authors[a.external]
	if !ok {
		id, ok = authors[a.external]
	}
	if !ok {
		var err error
		if id, err = accounts.Imported(ctx, tx, it.opts.Source, a.external, a.name); err != nil {
			return ideas.Imported{}, "", err
		}
	}
	topic := it.topics[plainName(row.Topic)]
	if topic == "" {
		topic = it.topics[plainName(it.opts.Topic)]
		if row.Topic != "" {
			row.Notices = append(row.Notices, "imports.topic_unknown")
		}
	}
	tags := tidyTags(row.Tags)
	if len(tags) < len(row.Tags) {
		row.Notices = append(row.Notices, "imports.tags_dropped")
	}
	return ideas.Imported{
		Source: it.opts.Source, ExternalID: row.ExternalID, Import: importID, Contributor: id,
		Title: row.Title, Story: row.Story, Topic: topic, Tags: tags,
		CarriedOver: row.Votes, Created: row.Created, Status: it.opts.Status,
	}, a.external, nil
}

// tidyTags keeps the tags an idea can have. One that is too short or too long
// is no reason to leave the idea out.
func tidyTags(typed []string) []string {
	var tags []string
	for _, t := range typed {
		t = clean.Line(strings.ToLower(strings.TrimLeft(clean.Line(t), "# ")))
		if n := utf8.RuneCountInString(t); n >= 2 && n <= 30 && !slices.Contains(tags, t) && len(tags) < ideas.MaxTags {
			tags = append(tags, t)
		}
	}
	return tags
}

// rowRefused makes of an error what is wrong with the row, or nil when it is
// not about the row.
func rowRefused(row Row, err error) *RowError {
	if err == nil {
		return nil
	}
	e := &RowError{Line: row.Line, ExternalID: row.ExternalID, Code: "imports.row_refused", Text: "The board cannot hold this row.", cause: err}
	f := refusal(err)
	switch {
	case f != nil && f.Kind == fault.Invalid:
		e.inRowWords(f)
		return e
	case badValue(err):
		return e
	}
	return nil
}

// inRowWords says the refusals of an idea that a row can earn in words about
// rows. The first of them is enough.
func (e *RowError) inRowWords(f *fault.Fault) {
	for _, field := range slices.Sorted(maps.Keys(f.Fields)) {
		switch f.Fields[field] {
		case "ideas.title_short":
			e.Code, e.Text = "imports.title_short", "The title has fewer than 3 characters that can be seen."
		case "ideas.title_long":
			e.Code, e.Text = "imports.title_long", "The title has more than 120 characters."
		case clean.ErrTooLong.Code:
			e.Code, e.Text = "imports.story_too_long", "The story is longer than 64 KiB."
		case "ideas.external_shape":
			e.Code, e.Text = "imports.id_too_long", "The id has more than 200 bytes."
		default:
			continue
		}
		return
	}
}
