package views

import (
	"encoding/json"

	"prosumer/internal/web/views/ui"
)

// knownFields are the values of a template's fields that follow from the idea,
// for the script that fills them in.
func knownFields(d Decision) string {
	written, err := json.Marshal(d.Known)
	if err != nil || d.Known == nil {
		return "{}"
	}
	return string(written)
}

func templateChoices(s Shell, list []AnswerTemplate) []ui.Option {
	options := []ui.Option{{Value: "", Label: s.T("views.decide.no_template")}}
	for _, t := range list {
		options = append(options, ui.Option{Value: id64(t.ID), Label: t.label(), Data: map[string]string{"status": t.Status, "reason": t.Reason, "text": t.Body}})
	}
	return options
}
