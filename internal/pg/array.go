package pg

import "github.com/lib/pq"

// IDs is a list of ids as the argument of a statement, for = ANY($1).
func IDs[ID ~int64](list []ID) any {
	raw := make([]int64, len(list))
	for i, id := range list {
		raw[i] = int64(id)
	}
	return pq.Array(raw)
}
