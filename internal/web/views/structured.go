package views

import (
	"encoding/json"
	"time"

	"github.com/a-h/templ"
)

// StructuredData describes a page in the words of schema.org; nil says nothing.
type StructuredData map[string]any

// structured writes the data into the page. It is no script: a browser runs
// nothing of this type, and what was marshalled has no < that could end it.
func structured(d StructuredData) templ.Component {
	if d == nil {
		return templ.NopComponent
	}
	written, err := json.Marshal(d)
	if err != nil {
		return templ.NopComponent
	}
	return templ.Raw(`<script type="application/ld+json">` + string(written) + `</script>`)
}

func schema(kind string) StructuredData {
	return StructuredData{"@context": "https://schema.org", "@type": kind}
}

// PersonPageData is a profile that everybody finds. base is the site's address.
func PersonPageData(v PersonView, base string) StructuredData {
	person := map[string]any{"@type": "Person", "name": v.Person.Name, "alternateName": v.Person.Handle, "url": base + PersonURL(v.Person.Handle)}
	if v.Description != "" {
		person["description"] = v.Description
	}
	if v.Person.Picture.Any() {
		person["image"] = base + v.Person.Picture.Src
	}
	if len(v.Links) > 0 {
		person["sameAs"] = v.Links
	}
	var counts []map[string]any
	for _, c := range []struct {
		act string
		n   int
	}{{"https://schema.org/WriteAction", v.Proposed}, {"https://schema.org/EndorseAction", v.VotesGot}} {
		if c.n > 0 {
			counts = append(counts, map[string]any{"@type": "InteractionCounter", "interactionType": c.act, "userInteractionCount": c.n})
		}
	}
	if counts != nil {
		person["agentInteractionStatistic"] = counts
	}
	d := schema("ProfilePage")
	d["mainEntity"], d["dateCreated"] = person, v.Since.UTC().Format(time.RFC3339)
	return d
}

// author is somebody as the author of a work: by the chosen name, with an
// address only where there is a profile to find.
func author(p Person, base string) map[string]any {
	a := map[string]any{"@type": "Person", "name": p.Name}
	if p.Handle != "" {
		a["url"] = base + PersonURL(p.Handle)
	}
	return a
}

// IdeaData is an idea that everybody sees.
func IdeaData(v IdeaView, base string) StructuredData {
	d := schema("CreativeWork")
	d["name"], d["url"], d["dateCreated"] = v.IdeaTitle, base+IdeaURL(v.ID, v.Slug), v.ProposedAt.UTC().Format(time.RFC3339)
	if v.Description != "" {
		d["abstract"] = v.Description
	}
	if v.Contributor.Name != "" {
		d["author"] = author(v.Contributor, base)
	}
	if len(v.Pictures) > 0 {
		d["image"] = base + v.Pictures[0].Src
	}
	if len(v.Tags) > 0 {
		d["keywords"] = v.Tags
	}
	return d
}

// ProductData is a product with those who are credited on it.
func ProductData(v ProductView, base string) StructuredData {
	d := schema("Product")
	d["name"], d["url"] = v.Name, base+ProductURL(v.Slug)
	if v.Cover.Any() {
		d["image"] = base + v.Cover.Src
	}
	work := map[string]any{"@type": "CreativeWork", "name": v.Name}
	var makers []map[string]any
	for _, c := range v.Credits {
		if c.Person.Name != "" {
			makers = append(makers, author(c.Person, base))
		}
	}
	if makers != nil {
		work["creator"] = makers
		d["isBasedOn"] = work
	}
	return d
}
