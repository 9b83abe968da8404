package i18n_test

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// callee is a function that takes a code: one of a package, or, with an empty
// importPath, any method with that name and number of arguments.
type callee struct {
	importPath, name string
	arguments        int // of a method
}

// takes says which argument is a code, and of which area of the catalogues.
type takes struct {
	at   int
	area string
}

// codes finds every code of a refusal, of a field's remedy and of a sentence
// after a form. It follows constants, variables, and functions that hand a
// parameter on; a code it cannot follow is unread, so that none slips by.
type codes struct {
	*sources
	callees map[callee]takes
	found   map[string]token.Position // "fault.votes.closed" to where it stands
	unread  []string
}

func findCodes(s *sources) *codes {
	c := &codes{sources: s, callees: map[callee]takes{
		{faultPath, "New", 0}:         {1, "fault"},
		{"", "With", 2}:               {1, "fault"},
		{"", "Need", 3}:               {2, "fault"},
		{responsePath, "SeeOther", 0}: {2, "flash"},
	}}
	for known := -1; known != len(c.callees); { // until no function more hands a code on
		known = len(c.callees)
		c.found, c.unread = map[string]token.Position{}, nil
		for importPath, files := range s.packages {
			for _, file := range files {
				at := place{importPath: importPath, imports: imports(file)}
				for _, decl := range file.Decls {
					at.function = nil
					if f, ok := decl.(*ast.FuncDecl); ok {
						at.function = f
					}
					c.look(at, decl)
				}
			}
		}
	}
	slices.Sort(c.unread)
	return c
}

// place is where an expression stands.
type place struct {
	importPath string
	imports    map[string]string
	function   *ast.FuncDecl // nil at package level
}

// called reads a call's callee.
func (p place) called(call *ast.CallExpr) callee {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return callee{p.importPath, f.Name, 0}
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && p.imports[x.Name] != "" {
			return callee{p.imports[x.Name], f.Sel.Name, 0}
		}
		return callee{"", f.Sel.Name, len(call.Args)}
	}
	return callee{}
}

// isFault reports whether the type of a literal is fault.Fault.
func (p place) isFault(kind ast.Expr) bool {
	switch k := kind.(type) {
	case *ast.Ident:
		return p.importPath == faultPath && k.Name == "Fault"
	case *ast.SelectorExpr:
		x, ok := k.X.(*ast.Ident)
		return ok && p.imports[x.Name] == faultPath && k.Sel.Name == "Fault"
	}
	return false
}

func (c *codes) look(at place, node ast.Node) {
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if t, ok := c.callees[at.called(n)]; ok && t.at < len(n.Args) {
				c.read(at, t.area, n.Args[t.at])
			}
		case *ast.CompositeLit:
			if at.isFault(n.Type) {
				c.lookInFault(at, n)
			}
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if namesCode(left) && len(n.Rhs) == len(n.Lhs) {
					c.read(at, "fault", n.Rhs[i])
				}
			}
		}
		return true
	})
}

// namesCode reports whether an assignment to e sets a code: f.Code or
// f.Fields[name].
func namesCode(e ast.Expr) bool {
	if s, ok := e.(*ast.SelectorExpr); ok {
		return s.Sel.Name == "Code"
	}
	return ofFields(e)
}

// ofFields reports whether e is one of the remedies of a refusal.
func ofFields(e ast.Expr) bool {
	if i, ok := e.(*ast.IndexExpr); ok {
		e = i.X
	}
	s, ok := e.(*ast.SelectorExpr)
	return ok && strings.EqualFold(s.Sel.Name, "fields")
}

func (c *codes) lookInFault(at place, literal *ast.CompositeLit) {
	for _, element := range literal.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			c.unreadable(element)
			continue
		}
		switch key, _ := pair.Key.(*ast.Ident); key.Name {
		case "Code":
			c.read(at, "fault", pair.Value)
		case "Fields":
			if fields, ok := pair.Value.(*ast.CompositeLit); ok {
				for _, field := range fields.Elts {
					if remedy, ok := field.(*ast.KeyValueExpr); ok {
						c.read(at, "fault", remedy.Value)
					}
				}
			}
		}
	}
}
