package api

import (
	"reflect"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
)

// The refusals of this package; their codes are keys of the catalogues.
var (
	errWrong        = fault.New(fault.SignIn, "accounts.wrong", "This e-mail address and password do not go together.")
	errNothingGiven = fault.New(fault.Invalid, "api.nothing_given", "Give at least one field to change.")
	errNotMultipart = fault.New(fault.Unsupported, "api.not_multipart", "Send multipart/form-data with the picture in the field image.")
	errMultipart    = fault.New(fault.Invalid, "api.multipart_broken", "The form that holds the picture cannot be read.")
)

// The remedies beside fields that the domain never sees.
const (
	remedyIDs       = "api.ids"
	remedySince     = "api.since_missing"
	remedyAdoption  = "api.only_with_adoption"
	remedyMerge     = "api.only_with_merge"
	remedyInto      = "api.into_missing"
	remedyAnswer    = "ideas.answer_missing"
	remedyParameter = wire.BadParameter
)

// readPatch reads a change of something: at least one field of it.
func readPatch(c *fiber.Ctx, patch any) error {
	if err := request.JSON(c, patch); err != nil {
		return err
	}
	if reflect.ValueOf(patch).Elem().IsZero() {
		return errNothingGiven
	}
	return nil
}

// inFields gives a refusal's remedies the names that their fields have in the
// contract: pairs of the domain's name and ours.
func inFields(err error, pairs ...string) error {
	f := fault.Of(err)
	if f.Kind != fault.Invalid || len(f.Fields) == 0 {
		return err
	}
	named := *f
	named.Fields = make(map[string]string, len(f.Fields))
	for field, code := range f.Fields {
		for i := 0; i+1 < len(pairs); i += 2 {
			if field == pairs[i] {
				field = pairs[i+1]
			}
		}
		named.Fields[field] = code
	}
	return &named
}

// remedy refuses one field.
func remedy(field, code string) error { return wire.ErrParameter.With(field, code) }

// given is what a field holds, or nothing where it was left out.
func given[T any](field *T) T {
	if field == nil {
		var none T
		return none
	}
	return *field
}

// nullable is null where there is nothing to say.
func nullable[T comparable](value T) *T {
	var none T
	if value == none {
		return nil
	}
	return &value
}
