package bus

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// gather is what a reader of the packets knows in the end.
func gather(t interface{ Fatalf(string, ...any) }, packets []string) words {
	var all words
	for _, text := range packets {
		p, err := decode(text)
		if err != nil {
			t.Fatalf("%v: %.80q", err, text)
		}
		if p.gap {
			all.tooMany()
		}
		for _, s := range p.said {
			for _, key := range s.keys {
				all.add(s.subject, key)
			}
		}
	}
	return all
}

func TestWhatIsEncodedIsWhatIsRead(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[!-~]{1,64}`)
	rapid.Check(t, func(t *rapid.T) {
		var w words
		for subject, keys := range rapid.MapOfN(word, rapid.SliceOfN(word, 1, 400), 0, 20).Draw(t, "said") {
			for _, key := range keys {
				w.add(subject, key)
			}
		}
		packets := encode("me", 7, w)
		for _, p := range packets {
			if len(p) > maxPacket {
				t.Fatalf("%d bytes", len(p))
			}
		}
		got := gather(t, packets)
		if len(packets) == 1 && got.gap {
			return // too many to name; the next test says when
		}
		if diff := cmp.Diff(w.said, got.said); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestMoreThanFitsIsAGap(t *testing.T) {
	t.Parallel()
	for keys, want := range map[int]bool{0: false, 1: false, 10_000: false, 20_000: true} {
		var w words
		for i := range keys {
			w.add("tally", fmt.Sprint(1_000_000+i))
		}
		packets := encode("me", 1, w)
		if got := gather(t, packets); got.gap != want || !want && len(got.said["tally"]) != keys {
			t.Errorf("%d keys: gap %v, %d keys in %d packets", keys, got.gap, len(got.said["tally"]), len(packets))
		}
	}
}

func TestWhatCannotBeNamedIsAGap(t *testing.T) {
	t.Parallel()
	for name, add := range map[string]func(*words){
		"a key with a space":    func(w *words) { w.add("tally", "1 2") },
		"a key with a line end": func(w *words) { w.add("tally", "1\n2") },
		"an empty key":          func(w *words) { w.add("tally", "") },
		"a long key":            func(w *words) { w.add("tally", strings.Repeat("1", maxKey+1)) },
		"an accent":             func(w *words) { w.add("tally", "é") },
		"an empty subject":      func(w *words) { w.add("", "1") },
		"too many subjects": func(w *words) {
			for i := range maxSubjects + 1 {
				w.add(fmt.Sprint("s", i), "1")
			}
		},
	} {
		w := words{}
		w.add("idea", "1")
		if add(&w); !w.gap || len(w.said) != 0 {
			t.Errorf("%s: %v", name, w)
		}
	}
}

// strangers are messages that none of ours looks like.
var strangers = []string{
	"", " ", "\n", "hello", "prosumer/2 a 1 said", "prosumer/1", "prosumer/1 a 1", "prosumer/1 a 1 shouted",
	"prosumer/1 a -1 said", "prosumer/1 a 18446744073709551616 said", "prosumer/1  1 said", "prosumer/1 a 1 said ",
	"prosumer/1 a 1 said\n", "prosumer/1 a 1 said\ntally", "prosumer/1 a 1 said\ntally ", "prosumer/1 a 1 said\ntally 1  2",
	"prosumer/1 a 1 said\n\ntally 1", "prosumer/1 a 1 said\r\ntally 1", "prosumer/1 a 1 gap\ntally 1",
	"prosumer/1 a 1 said\ntally \x00", "prosumer/1 a 1 said\ntally é", "prosumer/1 a 1 said\ntally " + strings.Repeat("1", maxKey+1),
	"prosumer/1 " + strings.Repeat("a", maxSubject+1) + " 1 said", "prosumer/1 a 1 said\n" + strings.Repeat("1 1\n", 4000),
	"\xff\xfe", `{"idea":1}`,
}

func TestStrangersAreRefused(t *testing.T) {
	t.Parallel()
	for _, text := range strangers {
		if p, err := decode(text); err == nil {
			t.Errorf("%.60q was read as %v", text, p)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, text := range strangers {
		f.Add(text)
	}
	f.Add("prosumer/1 a 1 said\ntally 1 2 3\nsession x")
	f.Add("prosumer/1 a 1 gap")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := decode(text)
		if err != nil {
			return
		}
		keys := 0
		for _, s := range p.said {
			if !isWord(s.subject, maxSubject) || len(s.keys) == 0 {
				t.Fatalf("subject %q with %d keys", s.subject, len(s.keys))
			}
			for _, key := range s.keys {
				if keys++; !isWord(key, maxKey) {
					t.Fatalf("key %q", key)
				}
			}
		}
		if len(text) > maxPacket || keys > maxPacket/2 || !isWord(p.node, maxSubject) {
			t.Fatalf("%d bytes, %d keys, node %q", len(text), keys, p.node)
		}
	})
}
