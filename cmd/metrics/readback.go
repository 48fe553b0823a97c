package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strconv"
)

// readCatalogue reads back what emit wrote.
func readCatalogue(path string) ([]entry, error) {
	source, err := readRegular(path)
	if err != nil {
		return nil, fmt.Errorf("%s: the catalogue cannot be read: %w", path, bare(err))
	}
	if !bytes.HasPrefix(source, []byte(header)) {
		return nil, fmt.Errorf("%s: this is no catalogue: it does not begin with %q", path, header)
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
	var list scanner.ErrorList
	if errors.As(err, &list) {
		err = list[0] // has path and line; the others follow from it
	}
	if err != nil {
		return nil, err
	}
	reader := catalogueReader{labels: map[string]string{}}
	for _, declaration := range file.Decls {
		if err := reader.add(declaration); err != nil {
			return nil, fmt.Errorf("%s: %w: generate the file again", files.Position(declaration.Pos()), err)
		}
	}
	return reader.entries, nil
}

type catalogueReader struct {
	labels  map[string]string // by identifier
	entries []entry
}

var errForeign = errors.New("this is not what cmd/metrics writes")

func (r *catalogueReader) add(declaration ast.Decl) error {
	group, ok := declaration.(*ast.GenDecl)
	if !ok {
		return errForeign
	}
	for _, spec := range group.Specs {
		value, ok := spec.(*ast.ValueSpec)
		switch {
		case !ok && group.Tok == token.IMPORT:
			continue
		case !ok || len(value.Names) != 1 || len(value.Values) != 1:
			return errForeign
		case group.Tok == token.CONST:
			text, err := stringOf(value.Values[0])
			if err != nil {
				return err
			}
			r.labels[value.Names[0].Name] = text
		default:
			if err := r.addMetric(value.Values[0]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *catalogueReader) addMetric(value ast.Expr) error {
	literal, ok := value.(*ast.CompositeLit)
	if !ok {
		return errForeign
	}
	kind, ok := literal.Type.(*ast.SelectorExpr)
	if !ok {
		return errForeign
	}
	if kind.Sel.Name == listType {
		return nil // It repeats what is above it.
	}
	e := entry{kind: kind.Sel.Name}
	for _, element := range literal.Elts {
		if err := r.setField(&e, element); err != nil {
			return err
		}
	}
	r.entries = append(r.entries, e)
	return nil
}

func (r *catalogueReader) setField(e *entry, element ast.Expr) (err error) {
	pair, ok := element.(*ast.KeyValueExpr)
	if !ok {
		return errForeign
	}
	key, ok := pair.Key.(*ast.Ident)
	if !ok {
		return errForeign
	}
	switch key.Name {
	case "Name":
		e.name, err = stringOf(pair.Value)
	case "Help":
		e.help, err = stringOf(pair.Value)
	case "Unit":
		e.unit, err = stringOf(pair.Value)
	case "Labels":
		e.labels, err = r.labelsIn(pair.Value)
	default:
		err = errForeign
	}
	return err
}

func (r *catalogueReader) labelsIn(value ast.Expr) ([]string, error) {
	literal, ok := value.(*ast.CompositeLit)
	if !ok {
		return nil, errForeign
	}
	var labels []string
	for _, element := range literal.Elts {
		ident, ok := element.(*ast.Ident)
		if !ok {
			return nil, errForeign
		}
		label, ok := r.labels[ident.Name]
		if !ok {
			return nil, fmt.Errorf("%s is no label of this file", ident.Name)
		}
		labels = append(labels, label)
	}
	return labels, nil
}

func stringOf(value ast.Expr) (string, error) {
	literal, ok := value.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", errForeign
	}
	return strconv.Unquote(literal.Value)
}
