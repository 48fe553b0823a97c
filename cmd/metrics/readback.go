package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"slices"
	"strconv"
)

// readCatalogue reads what emit wrote.
func readCatalogue(path string) ([]entry, error) {
	source, err := readRegular(path)
	var inPath *fs.PathError
	if errors.As(err, &inPath) {
		err = inPath.Err // the message has the path already
	}
	if err != nil {
		return nil, fmt.Errorf("%s: the catalogue cannot be read: %w", path, err)
	}
	if !bytes.HasPrefix(source, []byte(header)) {
		return nil, fmt.Errorf("%s: not a catalogue: it does not begin with %q", path, header)
	}
	shared, err := goMetrics()
	if err != nil {
		return nil, err
	}
	return parseCatalogue(path, source, shared)
}

// readRegular reads a regular file: not a folder or a device.
func readRegular(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	return os.ReadFile(path)
}

// parseCatalogue parses a catalogue's source, which may refer to the shared metrics.
func parseCatalogue(path string, source []byte, shared []entry) ([]entry, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
	var list scanner.ErrorList
	if errors.As(err, &list) {
		err = list[0] // has path and line; the others follow from it
	}
	if err != nil {
		return nil, err
	}
	reader := catalogueReader{labels: map[string]string{}, shared: shared}
	for _, declaration := range file.Decls {
		if err := reader.add(declaration); err != nil {
			return nil, fmt.Errorf("%s: %w: generate the file again", files.Position(declaration.Pos()), err)
		}
	}
	return reader.entries, nil
}

type catalogueReader struct {
	labels  map[string]string // by identifier
	shared  []entry           // of package golang
	entries []entry
}

var errForeign = errors.New("cmd/metrics did not write this")

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
			if err := r.addMetric(value.Names[0].Name, value.Values[0]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *catalogueReader) addMetric(ident string, value ast.Expr) error {
	literal, ok := value.(*ast.CompositeLit)
	if !ok {
		return errForeign
	}
	kind, ok := literal.Type.(*ast.SelectorExpr)
	if !ok {
		return errForeign
	}
	if kind.Sel.Name == listType {
		return r.addShared(literal)
	}
	e := entry{ident: ident, kind: kind.Sel.Name}
	for _, element := range literal.Elts {
		if err := r.setField(&e, element); err != nil {
			return err
		}
	}
	r.entries = append(r.entries, e)
	return nil
}

// addShared adds the metrics of package golang in the list; the others come before it.
func (r *catalogueReader) addShared(list *ast.CompositeLit) error {
	for _, element := range list.Elts {
		conversion, ok := element.(*ast.CallExpr)
		if !ok || len(conversion.Args) != 1 {
			return errForeign
		}
		selector, ok := conversion.Args[0].(*ast.SelectorExpr)
		if !ok {
			continue
		}
		i := slices.IndexFunc(r.shared, func(e entry) bool { return e.ident == selector.Sel.Name })
		if i < 0 {
			return fmt.Errorf("this release of gaugewright has no golang.%s", selector.Sel.Name)
		}
		e := r.shared[i]
		e.shared = e.ident
		r.entries = append(r.entries, e)
	}
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
	case "Buckets":
		e.buckets, err = numbersIn(pair.Value)
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
			return nil, fmt.Errorf("%s is not a label of this file", ident.Name)
		}
		labels = append(labels, label)
	}
	return labels, nil
}

func numbersIn(value ast.Expr) ([]float64, error) {
	literal, ok := value.(*ast.CompositeLit)
	if !ok {
		return nil, errForeign
	}
	var numbers []float64
	for _, element := range literal.Elts {
		number, err := numberOf(element)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, number)
	}
	return numbers, nil
}

// numberOf reads a number in Go's syntax: a negative one is an operator and a literal.
func numberOf(value ast.Expr) (float64, error) {
	if negative, ok := value.(*ast.UnaryExpr); ok && negative.Op == token.SUB {
		number, err := numberOf(negative.X)
		return -number, err
	}
	literal, ok := value.(*ast.BasicLit)
	if !ok {
		return 0, errForeign
	}
	return strconv.ParseFloat(literal.Value, 64)
}

func stringOf(value ast.Expr) (string, error) {
	literal, ok := value.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", errForeign
	}
	return strconv.Unquote(literal.Value)
}
