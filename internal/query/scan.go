package query

import (
	"slices"
	"strings"
)

// chunk is a run of letters, digits and variables that PromQL reads as one word, such as $x, node_${x}_total or
// ${w}m; or a string that contains variables.
type chunk struct {
	span      Span // in the original text
	variables []Variable
	place     Place
	changed   bool   // its place was changed once already
	masked    bool   // a string that the parser does not read as it is written
	standIn   string // the text that the parser reads instead
	sub       Span   // of the stand-in, in the substituted text
	types     argumentTypes
}

// scanner reads a text once. It finds strings, comments and brackets, and no more.
type scanner struct {
	text      string
	at        int
	chunks    []*chunk
	open      []bracket
	operators int
	weight    int    // of its regexes
	last      string // the word or sign before, in lower case; empty at the beginning
	offset    bool   // behind the word offset, where a duration is due
	time      bool   // behind @, where a number is due
}

// bracket is an open (, [ or {.
type bracket struct {
	sign     byte
	grouping bool   // it holds label names
	callee   *chunk // the variable whose argument list it is
}

// scan reads a text of up to most bytes.
func scan(text string, most int) ([]*chunk, error) {
	if len(text) > most {
		return nil, tooLarge(text, 0, "the query has %d bytes, more than %d, the limit of a query", len(text), most)
	}
	s := &scanner{text: text}
	for s.at < len(text) {
		s.step()
		if s.operators > maxOperators || len(s.chunks) > maxVariables {
			return nil, tooLarge(text, s.at, "more than %d operators and brackets, or %d variables, the limit of a query", maxOperators, maxVariables)
		}
		if s.weight > maxWeight {
			return nil, tooLarge(text, s.at, "its regexes have a weight of %d, by their counts, classes and groups; more than %d, the limit of a query",
				s.weight, maxWeight)
		}
	}
	return s.chunks, nil
}

func (s *scanner) step() {
	c := s.text[s.at]
	switch {
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		s.at++
	case c == '#':
		for s.at < len(s.text) && s.text[s.at] != '\n' && s.text[s.at] != '\r' {
			s.at++
		}
	case c == '"' || c == '\'' || c == '`':
		s.string(c)
	case s.word():
	default:
		s.sign(c)
	}
}

// string skips a string literal. An unclosed one ends with the text.
func (s *scanner) string(quote byte) {
	start := s.at
	for s.at++; s.at < len(s.text) && s.text[s.at] != quote; s.at++ {
		if s.text[s.at] == '\\' && quote != '`' {
			s.at++
		}
	}
	s.at = min(s.at+1, len(s.text))
	s.weight += weightIn(s.text[start:s.at])
	span := Span{start, s.at}
	if variables := slices.Collect(variablesIn(s.text, span)); variables != nil {
		c := &chunk{span: span, variables: variables, place: AsText}
		// To compile a regular expression takes longer than all the rest, and this one's text says nothing.
		isOneVariable := variables[0].Span == Span{span.Start + 1, span.End - 1}
		c.masked = s.last == "~" && quote == '"' && isOneVariable
		s.chunks = append(s.chunks, c)
	}
	s.follow("string")
}

// word reads a word and the variables joined to it. It reports whether there was one.
func (s *scanner) word() bool {
	start := s.at
	var variables []Variable
	for s.at < len(s.text) {
		if v, ok := variableAt(s.text, s.at); ok {
			variables = append(variables, v)
			s.at = v.Span.End
			continue
		}
		if !s.wordByte(s.text[s.at]) {
			break
		}
		s.at++
	}
	if s.at == start {
		return false
	}
	word := strings.ToLower(s.text[start:s.at])
	if variables != nil {
		c := &chunk{span: Span{start, s.at}, variables: variables}
		c.place = s.place(c)
		s.chunks = append(s.chunks, c)
	} else if wordOperators[word] {
		s.operators++
	}
	s.follow(word)
	return true
}

var wordOperators = map[string]bool{"and": true, "or": true, "unless": true, "atan2": true}

// wordByte reports whether c can be in the middle of a name or a number. Inside [ ] the colon separates.
func (s *scanner) wordByte(c byte) bool {
	return isWordByte(c) || c == '.' || c == ':' && !s.within('[')
}

// sign reads a single byte that is not part of a word: an operator or a bracket.
func (s *scanner) sign(c byte) {
	s.at++
	switch c {
	case '(', '[', '{':
		s.operators++
		b := bracket{sign: c, grouping: c == '(' && groupings[s.last]}
		if n := len(s.chunks); c == '(' && n > 0 && s.chunks[n-1].place == AsFunction && s.gap(s.chunks[n-1].span.End) {
			b.callee = s.chunks[n-1]
		}
		s.open = append(s.open, b)
	case ')', ']', '}':
		s.close()
	case '+', '-', '*', '/', '%', '^', '<', '>', '=', '!':
		s.operators++
	}
	offset, time := s.offset, s.time
	s.follow(s.text[s.at-1 : s.at])
	if c == '+' || c == '-' || c == '(' { // these may come before the duration
		s.offset, s.time = offset, time
	}
}

func (s *scanner) close() {
	if len(s.open) == 0 {
		return
	}
	b := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	if next := s.nextWord(s.at); b.callee != nil && (next == "by" || next == "without") {
		b.callee.place = AsAggregation // $aggregation(x) by (job)
	}
}

// follow notes the token that was just read.
func (s *scanner) follow(token string) {
	s.last = token
	s.offset = token == "offset" && !s.within('{')
	s.time = token == "@"
}

// gap reports whether there is only space between from and the sign just read.
func (s *scanner) gap(from int) bool { return strings.TrimSpace(s.text[from:s.at-1]) == "" }

func (s *scanner) within(sign byte) bool {
	for _, b := range s.open {
		if b.sign == sign {
			return true
		}
	}
	return false
}
