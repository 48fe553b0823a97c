package frame

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
)

// organize drops, orders and renames fields.
func (w *work) organize(frames []Frame, options *grafana.Node) []Frame {
	include, exclude := w.byList(chosen(options.At("includeByName")), ""), w.byList(chosen(options.At("excludeByName")), "")
	return w.rename(w.order(filtered(frames, include, exclude), options), options)
}

// chosen returns the names of the members that are true.
func chosen(options *grafana.Node) (all []string) {
	for _, m := range options.Members() {
		if m.Value.Bool() {
			all = append(all, m.Name)
		}
	}
	return all
}

// byList finds fields by names or a pattern. It is nil where there are none.
func (w *work) byList(wanted []string, pattern string) matcher {
	named, matched := byNames(wanted), w.byRegex(pattern)
	switch {
	case len(wanted) == 0 && pattern == "":
		return nil
	case pattern == "":
		return named
	case len(wanted) == 0:
		return matched
	}
	return func(n names, f Frame, i int) bool { return named(n, f, i) || matched(n, f, i) }
}

// filtered keeps the fields that one matcher finds, without those that another finds; nil keeps and drops none. A frame
// without fields is dropped.
func filtered(frames []Frame, include, exclude matcher) (kept []Frame) {
	if include == nil && exclude == nil {
		return frames
	}
	n := namesOf(frames)
	for _, f := range frames {
		var fields []Field
		for i, field := range f.Fields {
			if (exclude == nil || !exclude(n, f, i)) && (include == nil || include(n, f, i)) {
				fields = append(fields, field)
			}
		}
		if f.Fields = fields; len(fields) > 0 {
			kept = append(kept, f)
		}
	}
	return kept
}

func (w *work) filterByName(frames []Frame, options *grafana.Node) []Frame {
	found := func(n *grafana.Node) matcher {
		if variable := n.At("variable").Text(); variable != "" && options.At("byVariable").Bool() {
			return w.byList(strings.Split(strings.Trim(w.put(variable), "{}"), ","), "")
		}
		return w.byList(n.At("names").Texts(), n.At("pattern").Text())
	}
	return filtered(frames, found(options.At("include")), found(options.At("exclude")))
}

func (w *work) filterFields(frames []Frame, options *grafana.Node) []Frame {
	found := func(n *grafana.Node) matcher { return w.matcher(n.At("id").Text(), n.At("options")) }
	return filtered(frames, found(options.At("include")), found(options.At("exclude")))
}

// filterByRef keeps the frames of some queries.
func (w *work) filterByRef(frames []Frame, options *grafana.Node) []Frame {
	include, exclude := options.At("include").Text(), options.At("exclude").Text()
	return slices.DeleteFunc(slices.Clone(frames), func(f Frame) bool {
		return exclude != "" && w.isRef(f, exclude) || include != "" && !w.isRef(f, include)
	})
}

// isRef reports whether a frame is of a query, of one of several (A|B), or of one that matches a pattern (/A.*/).
func (w *work) isRef(f Frame, pattern string) bool {
	switch pattern = w.put(pattern); {
	case strings.HasPrefix(pattern, "/"):
		regex, err := view.ParseRegex(pattern)
		if err != nil {
			return false
		}
		found, err := regex.Matches(f.RefID)
		return found && err == nil
	case strings.Contains(pattern, "|"):
		return slices.Contains(strings.Split(pattern, "|"), f.RefID)
	}
	return f.RefID == pattern
}

// order sorts the fields of each frame by their place in a list, or by name and labels. What is in no list comes last.
func (w *work) order(frames []Frame, options *grafana.Node) []Frame {
	n := namesOf(frames)
	all := slices.Clone(frames)
	for at, f := range all {
		index := make([]int, len(f.Fields))
		for i := range index {
			index[i] = i
		}
		slices.SortStableFunc(index, func(a, b int) int {
			if options.At("orderByMode").Text() == "auto" {
				return f.compareFields(n, a, b, options.At("orderBy").List())
			}
			return cmp.Compare(place(n.of(f, a), options), place(n.of(f, b), options))
		})
		all[at].Fields = nil
		for _, i := range index {
			all[at].Fields = append(all[at].Fields, f.Fields[i])
		}
	}
	return all
}

func place(name string, options *grafana.Node) int {
	if v, ok := options.At("indexByName").At(name).Number(); ok {
		return int(min(max(v, -1e6), 1e6))
	}
	return 1e9
}

// compareFields compares two fields by the rules of an order; the first time comes before all.
func (f Frame) compareFields(n names, a, b int, rules []*grafana.Node) int {
	switch time := f.firstTime(); {
	case a == time:
		return -1
	case b == time:
		return 1
	}
	for _, rule := range rules {
		of := func(i int) string {
			if rule.At("type").Text() == "label" {
				return f.Fields[i].Labels[rule.At("name").Text()]
			}
			return n.of(f, i)
		}
		order := collate(of(a), of(b), true)
		if rule.At("desc").Bool() {
			order = -order
		}
		if order != 0 {
			return order
		}
	}
	return 0
}

func (w *work) rename(frames []Frame, options *grafana.Node) []Frame {
	renamed := options.At("renameByName")
	return each(frames, func(f Frame, i int) Field {
		field := f.Fields[i]
		if to := renamed.At(f.alone().of(f, i)); to.Kind() == grafana.String {
			field.title = cmp.Or(w.put(to.Text()), field.title)
		}
		return field
	})
}

// renameByRegex replaces parts of names. Without options, every name stays.
func (w *work) renameByRegex(frames []Frame, options *grafana.Node) []Frame {
	regex, err := view.ParseRegex(options.At("regex").Text())
	if err != nil {
		w.gap("transformation-renameByRegex", "The regex of renameByRegex cannot be run, so the names stay: %v", err)
		return frames
	}
	return each(frames, func(f Frame, i int) Field {
		field := f.Fields[i]
		name := f.alone().of(f, i)
		if found, err := regex.Matches(name); !found || err != nil {
			return field
		}
		if to, err := regex.Replace(name, w.put(options.At("renamePattern").Text())); err == nil {
			field.title = to
		}
		return field
	})
}

// signs are the signs of ASCII in the order in which browsers sort them, before digits and letters.
// https://www.unicode.org/charts/collation/
const signs = "\t\n\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"

var digits = regexp.MustCompile(`\d+`)

// collate compares texts as browsers do in English, without regard to case; and by the numbers in them, where asked for.
func collate(a, b string, byNumber bool) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	for a != "" && b != "" {
		if m, n := digits.FindString(a), digits.FindString(b); byNumber && m != "" && n != "" &&
			strings.HasPrefix(a, m) && strings.HasPrefix(b, n) {
			short, other := strings.TrimLeft(m, "0"), strings.TrimLeft(n, "0")
			if order := cmp.Or(cmp.Compare(len(short), len(other)), strings.Compare(short, other)); order != 0 {
				return order
			}
			a, b = a[len(m):], b[len(n):]
			continue
		}
		x, y := firstRune(a), firstRune(b)
		if order := cmp.Compare(rank(x), rank(y)); order != 0 {
			return order
		}
		a, b = a[len(x):], b[len(y):]
	}
	return cmp.Compare(len(a), len(b))
}

func firstRune(text string) string {
	for i := range text {
		if i > 0 {
			return text[:i]
		}
	}
	return text
}

// rank orders characters: signs, digits, letters.
func rank(character string) int {
	if at := strings.Index(signs, character); at >= 0 {
		return at
	}
	return 1000 + int([]rune(character)[0])
}
