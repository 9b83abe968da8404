package imports

import (
	"strings"
	"unicode"
)

// aliases are the names other tools give their columns, written as plainName
// writes them; the best first. The exports known by heart are those of Fider,
// UserVoice, Canny and Decide Madrid.
var aliases = map[Target][]string{
	ID:      {"id", "number", "externalid", "postid", "ideaid", "suggestionid", "proposalid", "key", "nummer"},
	Title:   {"title", "posttitle", "ideatitle", "name", "subject", "headline", "titel", "titulo"},
	Created: {"createdat", "created", "createdtimestamp", "createddate", "datecreated", "creationdate", "submittedat", "date", "timestamp", "datum", "fecha"},
	Votes:   {"votescount", "votecount", "votes", "numvotes", "numsupports", "supports", "supporters", "supporterscount", "upvotes", "score", "stemmen", "votos"},
	Author:  {"createdby", "author", "authorname", "creator", "creatorname", "postauthor", "submittedby", "userid", "authorid", "user", "auteur", "autor"},
	Topic:   {"category", "categoryname", "topic", "board", "boardname", "forum", "categorie"},
	Status:  {"status", "statusname", "state", "poststatus"},
	Tags:    {"tags", "labels", "tag", "label", "tagnames"},
}

// storyParts are the names of the parts of a story, in the order they are read;
// a file may have several of them.
var storyParts = []string{"summary", "description", "body", "details", "text", "story", "content", "postdetails", "beschrijving", "omschrijving", "descripcion", "resumen", "texto"}

// Detect guesses the mapping from the names of the columns. What it does not
// recognise it leaves out; Check says whether that is enough.
func Detect(header []string) Mapping {
	named := map[string]string{}
	for _, column := range header {
		if plain := plainName(column); plain != "" && named[plain] == "" {
			named[plain] = column
		}
	}
	m := Mapping{columns: map[Target][]string{}}
	for target, names := range aliases {
		for _, name := range names {
			if column, ok := named[name]; ok {
				m.columns[target] = []string{column}
				break
			}
		}
	}
	for _, part := range storyParts {
		if column, ok := named[part]; ok {
			m.columns[Story] = append(m.columns[Story], column)
		}
	}
	return m
}

// plainName takes from a column's name what does not tell columns apart:
// case, spaces and signs, and the "suggestion." and ".name" of UserVoice.
func plainName(column string) string {
	column = strings.ToLower(strings.TrimSpace(column))
	column = strings.TrimPrefix(column, "suggestion.")
	column = strings.TrimSuffix(column, ".name")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, column)
}
