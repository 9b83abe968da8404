package views

// APIDocsView is the page that shows the API's contract to people.
type APIDocsView struct {
	Shell
	API APIReference
}

// APIReference is the API's contract, ready to read. Its sentences are the
// contract's own, in English; ReadAPIReference makes it.
type APIReference struct {
	Title    string
	Version  string
	Intro    []APIText
	Ways     []APITerm // how a caller says who they are
	Refusals []APITerm // the refusals that operations share, by status
	Groups   []APIGroup
	Shapes   []APIShape
}

// APITerm is a word of the contract and what it means.
type APITerm struct {
	ID   string // where on the page it can be linked
	Name string
	Text []APIText
}

// APIGroup is the operations about one thing.
type APIGroup struct {
	ID         string
	Name       string
	Text       []APIText
	Operations []APIOperation
}

// APIOperation is one thing the API can do.
type APIOperation struct {
	ID       string
	Method   string
	Path     string // from the root of the site, with its parameters in braces
	Summary  string
	Text     []APIText
	Scope    string // the scope a token needs, or "none"
	Visitors bool   // nobody needs to be signed in
	Params   []APIField
	Body     *APIBody
	Answers  []APIAnswer // what it gives when it does as asked
	Refusals []string    // statuses it may refuse with
	Curl     string
}

// APIBody is what an operation is sent.
type APIBody struct {
	Required bool
	Media    string
	Shape    APIType
	Fields   []APIField // only when the shape has no name of its own
}

// APIAnswer is one way an operation answers.
type APIAnswer struct {
	Status  string
	Text    string
	Shape   APIType
	Example string
}

// APIShape is a named object or word of the contract.
type APIShape struct {
	ID     string
	Name   string
	Text   []APIText
	Type   APIType // what it is when it has no fields
	Fields []APIField
}

// APIField is a field of an object, or a parameter.
type APIField struct {
	Name     string
	In       string // where a parameter stands; empty for a field
	Required bool
	Type     APIType
	Text     []APIText
}

// APIType says in words what a value is: each part is plain or the name of a
// shape on the page.
type APIType []APITypePart

// APITypePart is a piece of an APIType.
type APITypePart struct {
	Word  string
	Shape string // id of the shape it names, else empty
}

// APIText is a block of the contract's prose.
type APIText struct {
	Kind  string      // "p", "h", "li" (neighbours are one list) or "pre"
	Spans []APITextOf // the words; of "pre", one span holds all lines
}

// APITextOf is a run of words in one style.
type APITextOf struct {
	Words string
	Code  bool
}

// shapeAnchor is where a shape stands on the page.
func shapeAnchor(name string) string { return "shape-" + name }

// refusalAnchor is where a shared refusal stands on the page.
func refusalAnchor(status string) string { return "status-" + status }
