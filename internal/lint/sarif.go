package lint

import (
	"io"

	"gaugewright/internal/report"
)

// The parts of SARIF 2.1.0 that code hosts show.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool     `json:"tool"`
		Results []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID   string    `json:"id"`
		Name sarifText `json:"shortDescription"`
		Doc  sarifText `json:"fullDescription"`
		Help sarifText `json:"help"` // GitHub shows it beside a finding
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		Rule      string          `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
)

// SARIF writes the findings for programs that show results of static analysis.
func SARIF(out io.Writer, findings []Finding) error {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "lint"}}, Results: []sarifResult{}}
	for _, rule := range Rules {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{rule.Name, sarifText{rule.Name}, sarifText{rule.Doc}, sarifText{rule.Doc}})
	}
	for _, f := range findings {
		at := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{f.File}}}
		if f.Line > 0 {
			at.Physical.Region = &sarifRegion{f.Line, f.Column}
		}
		if within := f.Within(); within != "" {
			at.Logical = []sarifLogical{{f.Board + ": " + within}}
		}
		run.Results = append(run.Results, sarifResult{f.Rule, string(f.Severity), sarifText{f.Reported().Text}, []sarifLocation{at}})
	}
	return report.JSON(out, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}
