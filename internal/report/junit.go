package report

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"time"
)

// JUnit writes the report as JUnit XML: a suite for each file, a case for each thing that was looked at. Several
// findings of a case are one failure, since most readers show only the first. A finding about something else, such as a
// variable, is a case of its own.
func (r Report) JUnit(out io.Writer) error {
	j := junit{all: suites{Name: r.Command}, suite: map[string]int{}, at: map[Place]*testCase{}}
	for _, c := range r.Cases {
		made := j.caseAt(c.Place)
		made.Time = seconds(c.Took)
		if c.Skipped != "" {
			made.Skipped = &skipped{Shown(c.Skipped)}
		}
	}
	for _, f := range r.Findings {
		made := j.caseAt(f.Place)
		made.Skipped, made.Failure = nil, made.Failure.and(f)
	}
	for _, f := range r.Errors {
		made := j.caseAt(f.Place)
		made.Skipped, made.Error = nil, made.Error.and(f)
	}
	text, err := xml.MarshalIndent(j.counted(), "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s%s\n", xml.Header, text)
	return err
}

type suites struct {
	XMLName  xml.Name `xml:"testsuites"`
	Name     string   `xml:"name,attr"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
	Skipped  int      `xml:"skipped,attr"`
	Suites   []*suite `xml:"testsuite"`
}

type suite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []*testCase `xml:"testcase"`
}

type testCase struct {
	Class   string   `xml:"classname,attr"`
	Name    string   `xml:"name,attr"`
	File    string   `xml:"file,attr,omitempty"`
	Line    int      `xml:"line,attr,omitempty"`
	Time    string   `xml:"time,attr"`
	Error   *failure `xml:"error"`
	Failure *failure `xml:"failure"`
	Skipped *skipped `xml:"skipped"`
}

type failure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"` // of the first finding
	Text    string `xml:",chardata"`    // all findings
}

type skipped struct {
	Message string `xml:"message,attr"`
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }

// and returns the failure with another finding.
func (f *failure) and(found Finding) *failure {
	if f == nil {
		return &failure{Type: string(found.Kind), Message: Shown(found.Text), Text: Shown(found.String())}
	}
	f.Text += "\n" + Shown(found.String())
	return f
}

type junit struct {
	all   suites
	suite map[string]int // by file
	at    map[Place]*testCase
}

// caseAt returns the case of a place, which it makes if it is new.
func (j *junit) caseAt(p Place) *testCase {
	if made, ok := j.at[p]; ok {
		return made
	}
	number, ok := j.suite[p.File]
	if !ok {
		number = len(j.all.Suites)
		j.suite[p.File] = number
		j.all.Suites = append(j.all.Suites, &suite{Name: Shown(p.File)})
	}
	made := &testCase{
		Class: Shown(cmp.Or(p.Board, p.File)), Name: Shown(cmp.Or(p.Within(), p.File)), File: Shown(p.File), Line: p.Line, Time: seconds(0),
	}
	j.at[p] = made
	j.all.Suites[number].Cases = append(j.all.Suites[number].Cases, made)
	return made
}

// counted returns the suites with their numbers.
func (j *junit) counted() suites {
	count := func(cases []*testCase, is func(*testCase) bool) int {
		return len(slices.DeleteFunc(slices.Clone(cases), func(c *testCase) bool { return !is(c) }))
	}
	for _, s := range j.all.Suites {
		s.Tests = len(s.Cases)
		s.Failures = count(s.Cases, func(c *testCase) bool { return c.Failure != nil })
		s.Errors = count(s.Cases, func(c *testCase) bool { return c.Error != nil })
		s.Skipped = count(s.Cases, func(c *testCase) bool { return c.Skipped != nil })
		j.all.Tests += s.Tests
		j.all.Failures += s.Failures
		j.all.Errors += s.Errors
		j.all.Skipped += s.Skipped
	}
	return j.all
}
