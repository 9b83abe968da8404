package i18n_test

import (
	"fmt"
	"go/ast"
	"strconv"
)

// read notes the codes that e can be.
func (c *codes) read(at place, area string, e ast.Expr) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil && text != "" { // empty says that there is no sentence
			c.found[area+"."+text] = c.set.Position(e.Pos())
		}
		return
	case *ast.ParenExpr:
		c.read(at, area, e.X)
		return
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok && at.imports[x.Name] != "" {
			if value, file := c.packageValue(at.imports[x.Name], e.Sel.Name); value != nil {
				c.read(place{importPath: at.imports[x.Name], imports: imports(file)}, area, value)
				return
			}
		} else if e.Sel.Name == "Code" {
			return // of a refusal that was made, and read, elsewhere
		}
	case *ast.IndexExpr:
		if ofFields(e) {
			return
		}
	case *ast.Ident:
		if c.readName(at, area, e) {
			return
		}
	}
	c.unreadable(e)
}

// readName follows a name: a parameter makes its function one that takes a
// code, a variable is each of its values, the rest is of the package.
func (c *codes) readName(at place, area string, name *ast.Ident) bool {
	if i := parameter(at.function, name.Name); i >= 0 {
		f := at.function
		if f.Recv == nil {
			c.learn(callee{at.importPath, f.Name.Name, 0}, takes{i, area})
		} else {
			c.learn(callee{"", f.Name.Name, f.Type.Params.NumFields()}, takes{i, area})
		}
		return true
	}
	if at.function != nil {
		values, fromFields := assigned(at.function, name.Name)
		for _, value := range values {
			c.read(at, area, value)
		}
		if len(values) > 0 || fromFields {
			return true
		}
	}
	value, file := c.packageValue(at.importPath, name.Name)
	if value != nil {
		c.read(place{importPath: at.importPath, imports: imports(file)}, area, value)
	}
	return value != nil
}

func (c *codes) learn(f callee, t takes) {
	if _, known := c.callees[f]; !known {
		c.callees[f] = t
	}
}

func (c *codes) unreadable(n ast.Node) {
	c.unread = append(c.unread, fmt.Sprintf("%s: cannot read this code; write it as a string, a constant or a variable of such", c.set.Position(n.Pos())))
}

// parameter is the place of name among the parameters of f, or -1.
func parameter(f *ast.FuncDecl, name string) int {
	if f == nil {
		return -1
	}
	i := 0
	for _, field := range f.Type.Params.List {
		for _, n := range field.Names {
			if n.Name == name {
				return i
			}
			i++
		}
	}
	return -1
}

// assigned gives every value that f gives the variable called name, and whether
// it also walks over the remedies of a refusal that was read elsewhere.
func assigned(f *ast.FuncDecl, name string) (values []ast.Expr, fromFields bool) {
	is := func(e ast.Expr) bool {
		n, ok := e.(*ast.Ident)
		return ok && n.Name == name
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if is(left) && i < len(n.Rhs) {
					values = append(values, n.Rhs[i])
				}
			}
		case *ast.ValueSpec:
			for i, left := range n.Names {
				if left.Name == name && i < len(n.Values) {
					values = append(values, n.Values[i])
				}
			}
		case *ast.RangeStmt:
			fromFields = fromFields || is(n.Value) && ofFields(n.X)
		}
		return true
	})
	return values, fromFields
}
