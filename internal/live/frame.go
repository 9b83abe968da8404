package live

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/gorilla/websocket"
)

// frame is one message ready for any number of connections.
type frame = *websocket.PreparedMessage

// render makes the texts for items: one per kind, in the order the kinds first
// come up, and one per item for the kinds that are single.
func (h *Hub) render(items []Item) [][]byte {
	var texts [][]byte
	done := map[string]bool{}
	for i, first := range items {
		if done[first.Kind] {
			continue
		}
		text := append(append([]byte{'{'}, strconv.Quote(first.Kind)...), ':')
		if h.single[first.Kind] {
			texts = append(texts, append(append(text, first.Body...), '}'))
			continue
		}
		done[first.Kind] = true
		text = append(append(text, '['), first.Body...)
		for _, more := range items[i+1:] {
			if more.Kind == first.Kind {
				text = append(append(text, ','), more.Body...)
			}
		}
		texts = append(texts, append(text, "]}"...))
	}
	return texts
}

// prepare makes the frames for items, to be shared.
func (h *Hub) prepare(items []Item) ([]frame, error) {
	var frames []frame
	for _, text := range h.render(items) {
		f, err := websocket.NewPreparedMessage(websocket.TextMessage, text)
		if err != nil {
			return nil, fmt.Errorf("prepare a frame: %w", err)
		}
		frames = append(frames, f)
	}
	return frames, nil
}

// headCount is the item that says how many watch a topic.
func headCount(t Topic, n int) Item {
	body, _ := json.Marshal(map[Topic]int{t: n})
	return Item{"here", body}
}
