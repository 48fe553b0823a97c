package main

import (
	"fmt"
	"io"
	"strings"

	"gaugewright/internal/draw"
	"gaugewright/internal/report"
)

// subjects are the rows of the table of what is drawn, with their names in it.
var subjects = [][2]string{
	{"panel", "panel types"}, {"transformation", "transformations"}, {"matcher", "matchers of overrides"},
	{"calculation", "calculations"}, {"mapping", "value mappings"}, {"unit", "units"}, {"own unit", "units of one's own"},
}

// most is how many names a row of the table lists; of more it says how many there are.
const most = 40

// support prints what is drawn, and each gap with its code.
func support(out io.Writer, asJSON bool) error {
	all := draw.Supported()
	if asJSON {
		return report.JSON(out, all)
	}
	drawn(out, all)
	fmt.Fprint(out, "\nThe codes of what is drawn in a simpler way, or not at all. … stands for a name in the board.\n\n| code | |\n|---|---|\n")
	for _, s := range all {
		if s.Code != "" {
			report.Row(out, s.Code, s.Text)
		}
	}
	return nil
}

// drawn writes the table of what is drawn, in Markdown.
func drawn(out io.Writer, all []draw.Support) {
	fmt.Fprint(out, "| | drawn as Grafana draws it | drawn in a simpler way |\n|---|---|---|\n")
	for _, subject := range subjects {
		var whole, simpler []string
		for _, s := range all {
			switch {
			case s.Subject != subject[0]:
			case s.Code == "":
				whole = append(whole, s.Name)
			default:
				simpler = append(simpler, s.Name)
			}
		}
		names := strings.Join(whole, ", ")
		if len(whole) > most {
			names = fmt.Sprintf("%d, which preview -support -json lists", len(whole))
		}
		report.Row(out, subject[1], names, strings.Join(simpler, ", "))
	}
}
