package lint

import (
	"fmt"
	"io"

	"gaugewright/internal/report"
)

// Table writes the table of the rules, in Markdown, as the README has it.
func Table(out io.Writer) error {
	fmt.Fprint(out, "| rule | | what it finds |\n|---|---|---|\n")
	var group Group
	for _, rule := range Rules {
		if rule.Group != group {
			group = rule.Group
			fmt.Fprintf(out, "| **%s** | | |\n", group)
		}
		severity := string(rule.Severity)
		if rule.Fixes {
			severity += ", `-fix`"
		}
		if _, err := fmt.Fprintf(out, "| `%s` | %s ", rule.Name, severity); err != nil {
			return err
		}
		report.Row(out, rule.Doc)
	}
	return nil
}
