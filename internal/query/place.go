package query

import "strings"

// groupings are the keywords that come before a list of label names.
var groupings = map[string]bool{
	"by": true, "without": true, "on": true, "ignoring": true, "group_left": true, "group_right": true,
}

// place judges what the chunk just read stands for by its neighbours.
func (s *scanner) place(c *chunk) Place {
	switch {
	case s.within('['), s.offset:
		return AsDuration
	case s.time:
		return AsNumber
	case s.within('{'):
		return s.placeInBraces()
	case len(s.open) > 0 && s.open[len(s.open)-1].grouping:
		return AsLabel
	}
	return s.placeInExpression(c)
}

func (s *scanner) placeInBraces() Place {
	switch next := s.nextByte(s.at); {
	case s.last == "=" || s.last == "~":
		return AsString
	case next == '=' || next == '!':
		return AsLabel
	}
	return AsMatcher
}

// placeInExpression judges a chunk where a metric, a number or a function can stand. A single variable behind an
// operator is usually a limit or a factor (x > $limit); one before an operator is usually a metric ($metric / 2).
func (s *scanner) placeInExpression(c *chunk) Place {
	switch next := s.nextByte(s.at); {
	case next == '{' || next == '[' || next == '@':
		return AsMetric
	case next == '(':
		return AsFunction
	}
	switch s.nextWord(s.at) {
	case "by", "without":
		return AsAggregation
	case "offset":
		return AsMetric
	}
	first := s.text[c.span.Start]
	lone := len(c.variables) == 1 && c.variables[0].Span == c.span
	switch {
	case first == '.' || '0' <= first && first <= '9':
		return AsNumber
	case lone && (c.variables[0].Builtin() || s.behindOperator()):
		return AsNumber
	}
	return AsMetric
}

func (s *scanner) behindOperator() bool {
	return s.last == "bool" || s.last == "atan2" || len(s.last) == 1 && strings.Contains("+-*/%^<>=", s.last)
}

// nextByte returns the first byte from at on that is not a space, or 0.
func (s *scanner) nextByte(at int) byte {
	rest := strings.TrimLeft(s.text[at:], " \t\r\n")
	if rest == "" {
		return 0
	}
	return rest[0]
}

// nextWord returns the word at at, in lower case; empty where none starts there.
func (s *scanner) nextWord(at int) string {
	rest := strings.TrimLeft(s.text[at:], " \t\r\n")
	end := strings.IndexFunc(rest, func(r rune) bool { return r != '_' && (r < 'a' || 'z' < r) && (r < 'A' || 'Z' < r) })
	if end < 0 {
		end = len(rest)
	}
	return strings.ToLower(rest[:end])
}
