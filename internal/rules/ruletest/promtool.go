package ruletest

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Promtool runs a file of tests with the real promtool, the given command. It reads the results from promtool's JUnit
// report. It fails where promtool does not reach the tests.
func Promtool(ctx context.Context, command, path string) ([]Outcome, error) {
	file, err := os.CreateTemp("", "promtool-*.xml")
	if err != nil {
		return nil, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	said, ran := exec.CommandContext(ctx, command, "test", "--junit="+file.Name(), "rules", path).CombinedOutput()
	if exit := (*exec.ExitError)(nil); ran != nil && !errors.As(ran, &exit) {
		return nil, fmt.Errorf("%s: %w", command, ran)
	}
	var report struct {
		Cases []struct {
			Name     string   `xml:"name,attr"`
			Failures []string `xml:"failure"`
			Error    string   `xml:"error"`
		} `xml:"testsuite>testcase"`
	}
	if err := xml.NewDecoder(file).Decode(&report); err != nil {
		return nil, fmt.Errorf("%s: report on %s: %w; output: %s", command, path, err, said)
	}
	var all []Outcome
	for _, one := range report.Cases {
		if one.Error != "" {
			return nil, errors.New(strings.TrimSpace(one.Error))
		}
		all = append(all, Outcome{one.Name, one.Failures})
	}
	return all, nil
}
