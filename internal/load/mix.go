package load

// mix draws slots at random, each as often as the ballots that it still has,
// so that all designs in it fill up side by side, as they did. It is a Fenwick
// tree: changing and drawing take about nine steps.
type mix struct {
	tree  []int // from 1
	total int
}

func newMix(slots int) *mix { return &mix{tree: make([]int, slots+1)} }

// add changes the weight of a slot.
func (m *mix) add(slot, by int) {
	m.total += by
	for i := slot + 1; i < len(m.tree); i += i & -i {
		m.tree[i] += by
	}
}

// at finds the slot of the ticket, from 0 to below total.
func (m *mix) at(ticket int) int {
	half := 1
	for half*2 < len(m.tree) {
		half *= 2
	}
	slot := 0
	for ; half > 0; half /= 2 {
		if next := slot + half; next < len(m.tree) && m.tree[next] <= ticket {
			slot, ticket = next, ticket-m.tree[next]
		}
	}
	return slot
}
