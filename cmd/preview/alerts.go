package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"gaugewright/internal/preview"
	"gaugewright/internal/report"
	"gaugewright/internal/rules"
	"gaugewright/internal/verify"
)

// printAlerts prints the alerts that would be pending or firing now.
func (o *options) printAlerts(ctx context.Context, files verify.Files, stdout io.Writer) error {
	over, err := o.open(ctx, files, func(string, ...any) {})
	if err != nil {
		return err
	}
	defer over.close()
	now := time.Now()
	all, err := preview.Alerts(ctx, files.Rules, over.source, now)
	if err != nil {
		return err
	}
	count := map[rules.State]int{}
	redact := o.secrets.Replacer()
	for _, a := range all {
		count[a.State]++
		if a.Why != "" {
			fmt.Fprintf(stdout, "not evaluated: %s: %s\n", report.Shown(a.Name), report.Shown(redact.Replace(a.Why)))
			continue
		}
		since := a.Since.Format("15:04:05")
		if a.IsOlder {
			since += " or earlier"
		}
		fmt.Fprintf(stdout, "%s: %s since %s, %g: %s\n", a.State, report.Shown(a.Name), since, a.Value, report.Shown(redact.Replace(a.Series)))
	}
	alerts := 0
	for _, file := range files.Rules {
		alerts += len(file.Alerts())
	}
	fmt.Fprintf(stdout, "%s: %d firing, %d pending\n", report.Count(alerts, "alert rule"), count[rules.Firing], count[rules.Pending])
	return nil
}
