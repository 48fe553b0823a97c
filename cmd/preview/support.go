package main

import (
	"fmt"
	"io"
	"strings"

	"gaugewright/internal/draw"
	"gaugewright/internal/report"
)

// subjects are the rows of the table of what is drawn, with their names in it, and what becomes of any other.
var subjects = [][3]string{
	{"panel", "panel types", "a box with its name"}, {"transformation", "transformations", "a code: it changes nothing"},
	{"matcher", "matchers of overrides", "a code: it finds no field"}, {"calculation", "calculations", "no value"},
	{"mapping", "value mappings", "nothing: the value stays"}, {"unit", "units", "the unit's name behind the value"},
	{"own unit", "units of one's own", "the unit's name behind the value"},
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
	fmt.Fprint(out, "| | drawn as Grafana draws it | drawn in a simpler way | any other |\n|---|---|---|---|\n")
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
		report.Row(out, subject[1], names, strings.Join(simpler, ", "), subject[2])
	}
	report.Row(out, "options", "", fmt.Sprintf("%d codes, which preview -support explains", codes(all)), "")
}

// codes counts the gaps.
func codes(all []draw.Support) (n int) {
	for _, s := range all {
		if s.Subject == "gap" {
			n++
		}
	}
	return n
}
