package pg

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/jmoiron/sqlx/reflectx"
)

// Part is a question that can be put to the database together with others, so
// that a page of many parts costs one way there and back, and all of it is of
// one moment.
type Part struct {
	query string
	args  []any
	take  func(rows []byte) error
}

// Ask makes a part. take gets its rows in their order, none if there are none;
// columns go into T by `db` tags, as they do with sqlx. On their way they are
// JSON, so a bytea cannot be asked for, nor a type that reads only what
// PostgreSQL writes.
func Ask[T any](take func([]T), query string, args ...any) Part {
	return Part{query, args, func(rows []byte) error {
		var raw []map[string]json.RawMessage
		if err := json.Unmarshal(rows, &raw); err != nil {
			return err
		}
		list := make([]T, len(raw))
		for i, row := range raw {
			if err := fill(&list[i], row); err != nil {
				return err
			}
		}
		take(list)
		return nil
	}}
}

// Into is a part of which all rows are wanted as they are.
func Into[T any](list *[]T, query string, args ...any) Part {
	return Ask(func(found []T) { *list = found }, query, args...)
}

// Row is what answers a question with one row: the pool, the transaction in
// hand, or Prepared.
type Row interface {
	QueryRowxContext(ctx context.Context, query string, args ...any) *sqlx.Row
}

// Together puts the parts to the database as one question and hands out what it
// answers. No part is handed anything where one of them fails in the database.
func Together(ctx context.Context, q Row, parts ...Part) error {
	if len(parts) == 0 {
		return nil
	}
	query, args := together(parts)
	answers, into := make([][]byte, len(parts)), make([]any, len(parts))
	for i := range answers {
		into[i] = &answers[i]
	}
	if err := q.QueryRowxContext(ctx, query, args...).Scan(into...); err != nil {
		return fmt.Errorf("%d questions together: %w", len(parts), err)
	}
	for i, p := range parts {
		if err := p.take(answers[i]); err != nil {
			return fmt.Errorf("answer to %q: %w", p.query, err)
		}
	}
	return nil
}

var placeholder = regexp.MustCompile(`\$[0-9]+`)

// together writes the one question, the arguments of each part numbered after
// those of the parts before it.
func together(parts []Part) (query string, args []any) {
	columns := make([]string, len(parts))
	for i, p := range parts {
		before := len(args)
		own := placeholder.ReplaceAllStringFunc(p.query, func(name string) string {
			n, _ := strconv.Atoi(name[1:]) // digits, by the pattern
			return "$" + strconv.Itoa(before+n)
		})
		columns[i] = `(SELECT coalesce(json_agg(p), '[]') FROM (` + own + `) AS p)`
		args = append(args, p.args...)
	}
	return "SELECT " + strings.Join(columns, ",\n"), args
}

var mapper = reflectx.NewMapperFunc("db", sqlx.NameMapper)

// fill puts the columns of a row where sqlx would have put them.
func fill(dest any, row map[string]json.RawMessage) error {
	v := reflect.ValueOf(dest).Elem()
	fields := mapper.TypeMap(v.Type())
	for column, value := range row {
		field := fields.GetByPath(column)
		if field == nil {
			return fmt.Errorf("no field of %T for column %q", dest, column)
		}
		to := reflectx.FieldByIndexes(v, field.Index).Addr().Interface()
		if reads, ok := to.(sql.Scanner); ok && len(value) > 0 && value[0] == '"' {
			var text string
			if err := json.Unmarshal(value, &text); err != nil {
				return err
			}
			if err := reads.Scan(text); err != nil {
				return fmt.Errorf("column %q: %w", column, err)
			}
			continue
		}
		if err := json.Unmarshal(value, to); err != nil {
			return fmt.Errorf("column %q: %w", column, err)
		}
	}
	return nil
}
