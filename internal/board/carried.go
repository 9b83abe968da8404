package board

import (
	"strconv"
	"strings"
)

// carry adds newcomers to a cursor: those that it had, and these.
func carry(after string, carried []int64, fresh []pick) string {
	for _, p := range fresh {
		carried = append(carried, int64(p.ID))
	}
	carried = carried[max(len(carried)-mostCarried, 0):]
	names := make([]string, len(carried))
	for i, id := range carried {
		names[i] = strconv.FormatInt(id, 36)
	}
	if len(names) == 0 {
		return after
	}
	return after + "~" + strings.Join(names, ".")
}

// parseCarried reads what carry wrote; anything else is ErrCursor.
func parseCarried(s string) (after string, carried []int64, err error) {
	after, names, found := strings.Cut(s, "~")
	carried = []int64{}
	if !found {
		return s, carried, nil
	}
	if after == "" || len(names) > maxCursor {
		return "", nil, ErrCursor
	}
	for name := range strings.SplitSeq(names, ".") {
		id, err := strconv.ParseInt(name, 36, 64)
		if err != nil || id < 1 || len(carried) == mostCarried || strconv.FormatInt(id, 36) != name {
			return "", nil, ErrCursor
		}
		carried = append(carried, id)
	}
	return after, carried, nil
}
