package i18n_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const (
	module       = "prosumer"
	faultPath    = module + "/internal/fault"
	responsePath = module + "/internal/web/response"
)

// sources are the parsed packages of the module by import path, tests left out.
type sources struct {
	set      *token.FileSet
	packages map[string][]*ast.File
}

func newSources() *sources {
	return &sources{set: token.NewFileSet(), packages: map[string][]*ast.File{}}
}

// add parses one file; text nil reads it from name.
func (s *sources) add(t *testing.T, importPath, name string, text any) {
	t.Helper()
	file, err := parser.ParseFile(s.set, name, text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("parse %s: %v", name, err)
	}
	s.packages[importPath] = append(s.packages[importPath], file)
}

// readModule parses everything below the folders of the module's root.
func readModule(t *testing.T, root string, folders ...string) *sources {
	t.Helper()
	s := newSources()
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(root, folder), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			below, err := filepath.Rel(root, filepath.Dir(name))
			if err != nil {
				return err
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			s.add(t, path.Join(module, filepath.ToSlash(below)), name, text)
			return nil
		})
		if err != nil {
			t.Fatalf("walk %s: %v", folder, err)
		}
	}
	return s
}

// literals are all strings written in the sources, imports left out.
func (s *sources) literals() map[string]bool {
	found := map[string]bool{}
	for _, files := range s.packages {
		for _, file := range files {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ImportSpec:
					return false
				case *ast.BasicLit:
					if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
						found[text] = true
					}
				}
				return true
			})
		}
	}
	return found
}

// imports names the packages of a file the way the file does.
func imports(file *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := path.Base(importPath)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = importPath
	}
	return names
}

// packageValue is what a package-level const or var called name is made of.
func (s *sources) packageValue(importPath, name string) (ast.Expr, *ast.File) {
	for _, file := range s.packages[importPath] {
		for _, decl := range file.Decls {
			general, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range general.Specs {
				values, ok := spec.(*ast.ValueSpec)
				if !ok {
					continue
				}
				for i, n := range values.Names {
					if n.Name == name && i < len(values.Values) {
						return values.Values[i], file
					}
				}
			}
		}
	}
	return nil, nil
}
