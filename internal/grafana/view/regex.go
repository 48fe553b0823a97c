package view

// Regex is a regular expression that Grafana runs in the browser, on the names and values of fields.
type Regex struct{ pattern *pattern }

// ParseRegex reads a pattern as Grafana does: /pattern/flags, or a bare pattern, which has to match the whole text.
func ParseRegex(text string) (Regex, error) {
	p, err := javaScript(text)
	return Regex{p}, err
}

// Matches reports whether the regex finds something in a text. It is an error where that takes too long.
func (r Regex) Matches(text string) (bool, error) { return r.pattern.matches(text) }

// Replace puts a text in place of what the regex finds. The text may refer to groups: $1, $<name>, $&.
func (r Regex) Replace(text, by string) (string, error) { return r.pattern.replace(text, by) }
