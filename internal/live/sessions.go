package live

// Sessions lists the sessions that have a socket here, each once.
func (h *Hub) Sessions() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	seen := map[string]bool{}
	var list []string
	for _, shift := range h.shifts {
		for _, c := range shift {
			if s := c.viewer.Session; s != "" && !seen[s] {
				seen[s] = true
				list = append(list, s)
			}
		}
	}
	return list
}
