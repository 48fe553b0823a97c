package scrape

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

// parse returns the families, and a remark on what they show about the page, or an empty text.
func (f format) parse(body []byte, limits limits) (families []Family, remark string, err error) {
	page := newPage(limits)
	if f.mediaType == protobufType {
		families, err = page.parseProtobuf(body)
		return families, "", err
	}
	if f.mediaType == openMetricsType && !bytes.Contains(body, []byte("# EOF")) {
		return nil, "", errors.New("the page is cut off, or not OpenMetrics: it does not end with # EOF")
	}
	if err := checkLines(body); err != nil {
		return nil, "", err
	}
	if entries, err := page.addAll(newParser(body, f.mediaType)); err != nil {
		return nil, "", fmt.Errorf("line %d: %w", lineOf(body, entries), err)
	}
	if f.mediaType == openMetricsType {
		return page.openMetricsFamilies(), "", nil
	}
	families = page.families()
	if name := f.openMetricsCounter(families); name != "" {
		remark = fmt.Sprintf("counter %s is declared as in OpenMetrics, so in this text page %s_total has no type; if it is "+
			"OpenMetrics, it is cut off: # EOF is missing", name, name)
	}
	return families, remark, nil
}

// openMetricsCounter returns a counter that is declared as in OpenMetrics on a page without a Content-Type. Perhaps the
// page's end, which would have shown the format, is missing.
func (f format) openMetricsCounter(families []Family) string {
	names := map[string]Kind{}
	for _, family := range families {
		names[family.Name] = family.Kind
	}
	for _, family := range families {
		if f.guessed && family.Kind == Counter && len(family.Samples) == 0 && names[family.Name+"_total"] == Unknown {
			return printable(shortened(family.Name, 120))
		}
	}
	return ""
}

// checkLines refuses what would cost the parser far too much memory: millions of labels in one series. A long text is no
// label: Prometheus takes it.
func checkLines(body []byte) error {
	number := 0
	for line := range bytes.Lines(body) {
		number++
		if len(line) <= maxSeries || line[0] == '#' {
			continue
		}
		if quotes := bytes.Count(line, []byte(`"`)) - bytes.Count(line, []byte(`\"`)); quotes > maxQuotes {
			return fmt.Errorf("line %d: more than %d labels in one series", number, maxQuotes/2)
		}
	}
	return nil
}

// lineOf returns the number of the line after the given number of entries. Each entry has a line; only blank lines
// have none.
func lineOf(body []byte, entries int) int {
	number := 0
	for line := range bytes.Lines(body) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if entries == 0 {
			break
		}
		entries--
	}
	return number
}

func newParser(body []byte, mediaType string) textparse.Parser {
	symbols := labels.NewSymbolTable()
	switch mediaType {
	case openMetricsType:
		return textparse.NewOpenMetricsParser(body, symbols)
	case protobufType:
		const ignoreNative, alsoClassic, convertClassic, typeAndUnitLabels = false, true, false, false
		return textparse.NewProtobufParser(body, ignoreNative, alsoClassic, convertClassic, typeAndUnitLabels, symbols)
	}
	return textparse.NewPromParser(body, symbols, false)
}

// addAll adds what the parser finds. It returns the number of good entries.
func (p *page) addAll(parser textparse.Parser) (entries int, err error) {
	// The parser should be safe with any input. If it panics, that becomes an error.
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the parser failed: %v", cause)
		}
	}()
	for {
		entry, err := parser.Next()
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err == nil {
			err = p.add(parser, entry)
		}
		if err != nil {
			return entries, readable(err)
		}
		entries++
	}
}

// readable puts the parser's message, which repeats the page's text, on one line of bounded length.
func readable(err error) error {
	return errors.New(shortened(printable(strings.TrimPrefix(err.Error(), "strconv.ParseFloat: ")), 300))
}

func (p *page) add(parser textparse.Parser, entry textparse.Entry) error {
	switch entry {
	case textparse.EntryHelp:
		return p.declareHelp(parser.Help())
	case textparse.EntryUnit:
		return p.declareUnit(parser.Unit())
	case textparse.EntryType:
		name, kind := parser.Type()
		return p.declareKind(name, Kind(kind))
	case textparse.EntrySeries:
		_, timestamp, value := parser.Series()
		return p.addSample(parser, Sample{Value: value}, timestamp)
	case textparse.EntryHistogram:
		return p.addNative(parser)
	}
	return nil
}

func (p *page) addNative(parser textparse.Parser) error {
	_, timestamp, integers, floats := parser.Histogram()
	if integers != nil {
		if err := integers.Validate(); err != nil {
			return err
		}
		floats = integers.ToFloat(nil)
	}
	if err := floats.Validate(); err != nil {
		return err
	}
	return p.addSample(parser, Sample{Native: floats}, timestamp)
}
