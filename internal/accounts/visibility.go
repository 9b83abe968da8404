package accounts

// Visibility is how much of a person others see. One rule holds for all that
// shows people, on pages, in feeds, in the API, on pictures and in mails:
//
//   - Full: the name, linked to the profile at /people/{handle}.
//   - Name: the name alone. There is no profile to find, and the handle is told
//     to nobody.
//   - Hidden: as Name where the person wrote, proposed or is credited; and named
//     in no list of people: hall of fame, search, followers, completion of
//     mentions.
//
// Only the person and moderators find the profile of somebody who is not Full.
// Somebody who was erased has an empty name, which pages say as "former member",
// and is Hidden.
type Visibility string

// The visibilities: everything, the name alone, or hidden.
const (
	Full   Visibility = "full"
	Name   Visibility = "name"
	Hidden Visibility = "hidden"
)

// The rule as SQL about an account with the alias a, so that a query never hands
// out what may not be shown.
const (
	// Found holds for those whose profile everybody finds.
	Found = `(a.visibility = 'full' AND a.email IS NOT NULL)`
	// Listed holds for those who may be named in a list of people.
	Listed = `(a.visibility <> 'hidden' AND a.email IS NOT NULL)`
	// ShownHandle and ShownFace (the id of the picture) are what everybody may see
	// of these: empty and NULL where there is no profile to find.
	ShownHandle = `CASE WHEN ` + Found + ` THEN a.handle ELSE '' END`
	ShownFace   = `CASE WHEN ` + Found + ` THEN a.picture_id END`
	// Shown are the columns name, handle and face as everybody may see them.
	Shown = `a.name, ` + ShownHandle + ` AS handle, ` + ShownFace + ` AS face`
)

// Found reports whether everybody finds the account's profile.
func (a Account) Found() bool { return a.Visibility == Full && a.Email != nil && a.ErasedAt == nil }

// SeesProfile reports whether the actor finds the account's profile: everybody
// one that is Full, the person their own, moderators all.
func SeesProfile(actor Actor, a Account) bool {
	if a.Email == nil || a.ErasedAt != nil {
		return false
	}
	return a.Visibility == Full || a.ID == actor.ID || actor.Has(Moderator)
}
