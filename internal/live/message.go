package live

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

const maxTopicName = 64

// message is what a client may say.
type message struct {
	Watch   []Topic `json:"watch"`
	Unwatch []Topic `json:"unwatch"`
}

// parse reads one client message and accepts nothing it does not know.
func parse(data []byte) (message, error) {
	var m message
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return message{}, fmt.Errorf("not a message: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return message{}, errors.New("more than one message")
	}
	if m.Watch == nil && m.Unwatch == nil {
		return message{}, errors.New("neither watch nor unwatch")
	}
	for _, topics := range [][]Topic{m.Watch, m.Unwatch} {
		for _, t := range topics {
			if !t.wellFormed() {
				return message{}, errors.New("not the name of a topic")
			}
		}
	}
	return m, nil
}

// wellFormed keeps what is sent back in a refusal short and plain.
func (t Topic) wellFormed() bool {
	if len(t) == 0 || len(t) > maxTopicName {
		return false
	}
	for _, b := range []byte(t) {
		switch {
		case b >= 'a' && b <= 'z', b >= '0' && b <= '9', b == ':', b == '-', b == '_', b == '.':
		default:
			return false
		}
	}
	return true
}
