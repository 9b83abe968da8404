package api

import (
	"strconv"

	"prosumer/internal/board"
	"prosumer/internal/fault"
)

// defaultLimit is how many items a page holds unless it is asked for another
// number; openapi.yaml names it.
const defaultLimit = 30

// limitOf is how many items are asked for.
func limitOf(limit *int) (int, error) {
	if limit == nil {
		return defaultLimit, nil
	}
	if *limit < 1 || *limit > board.MaxLimit {
		return 0, board.ErrLimit
	}
	return *limit, nil
}

// ofAfter puts the refusal of a cursor beside the parameter that holds it.
func ofAfter(err error) error {
	if f := fault.Of(err); f.Code == board.ErrCursor.Code {
		return f.With("after", f.Code)
	}
	return err
}

// each writes a list; one without items is empty, not null.
func each[From, To any](list []From, write func(From) To) []To {
	written := make([]To, len(list))
	for i, item := range list {
		written[i] = write(item)
	}
	return written
}

// cut takes one page out of a list that is short enough to be had whole. The
// cursor is the number of the page's last item.
func cut[T any](list []T, number func(T) int64, after *string, limit *int) (page []T, next *string, err error) {
	n, err := limitOf(limit)
	if err != nil {
		return nil, nil, err
	}
	if given(after) != "" {
		at := -1
		for i, item := range list {
			if strconv.FormatInt(number(item), 10) == *after {
				at = i
			}
		}
		if at < 0 {
			return nil, nil, ofAfter(board.ErrCursor)
		}
		list = list[at+1:]
	}
	if len(list) <= n {
		return list, nil, nil
	}
	last := strconv.FormatInt(number(list[n-1]), 10)
	return list[:n], &last, nil
}
