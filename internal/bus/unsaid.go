package bus

import "sync"

// What may wait to be said. Whoever has more to say says so instead.
const (
	maxKeys     = 50_000
	maxSubjects = 64
)

// words is a set of keys per subject, or too many to name.
type words struct {
	gap  bool
	said map[string]map[string]struct{}
}

func (w words) empty() bool { return !w.gap && len(w.said) == 0 }

// tooMany forgets the names.
func (w *words) tooMany() { *w = words{gap: true} }

func (w *words) add(subject, key string) {
	if w.gap {
		return
	}
	if !isWord(subject, maxSubject) || !isWord(key, maxKey) {
		w.tooMany()
		return
	}
	set := w.said[subject]
	if set == nil {
		if len(w.said) >= maxSubjects {
			w.tooMany()
			return
		}
		if w.said == nil {
			w.said = map[string]map[string]struct{}{}
		}
		set = map[string]struct{}{}
		w.said[subject] = set
	}
	set[key] = struct{}{}
	if len(set) > maxKeys {
		w.tooMany()
	}
}

// unsaid is what waits to be said.
type unsaid struct {
	mu    sync.Mutex
	words words
}

func (u *unsaid) add(subject string, keys []string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, key := range keys {
		u.words.add(subject, key)
	}
}

func (u *unsaid) take() words {
	u.mu.Lock()
	defer u.mu.Unlock()
	taken := u.words
	u.words = words{}
	return taken
}

// putBack returns what could not be said, and joins it with what came since.
func (u *unsaid) putBack(taken words) {
	u.mu.Lock()
	defer u.mu.Unlock()
	since := u.words
	u.words = taken
	if since.gap {
		u.words.tooMany()
	}
	for subject, keys := range since.said {
		for key := range keys {
			u.words.add(subject, key)
		}
	}
}

func (u *unsaid) empty() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.words.empty()
}
