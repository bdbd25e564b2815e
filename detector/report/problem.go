package report

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Problem is what a check of a rule folder found at a place of a file.
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	EndCol  int    `json:"end_col"` // exclusive, in code points
	Level   string `json:"level"`   // error, warning, note
	Check   string `json:"check"`   // what found it
	Rule    string `json:"rule,omitempty"`
	Text    string `json:"text"`
	Hint    string `json:"hint,omitempty"`
	Picture string `json:"-"` // the problem as people read it
}

// Problems prints problems as text, as annotations of GitHub Actions (github),
// as a SARIF 2.1.0 log or as a JSON array.
func Problems(w io.Writer, format, version string, problems []Problem) error {
	switch format {
	case "text":
		for _, p := range problems {
			if _, err := fmt.Fprintln(w, p.Picture); err != nil {
				return err
			}
		}
		return nil
	case "github":
		for _, p := range problems {
			if _, err := fmt.Fprintln(w, p.annotation()); err != nil {
				return err
			}
		}
		return nil
	case "sarif":
		return problemLog(w, version, problems)
	case "json":
		out := json.NewEncoder(w)
		out.SetIndent("", " ")
		out.SetEscapeHTML(false)
		if problems == nil {
			problems = []Problem{}
		}
		return out.Encode(problems)
	default:
		return fmt.Errorf("--format %s: want text, github, sarif or json", format)
	}
}

func (p *Problem) message() string {
	if p.Hint == "" {
		return Visible(p.Text)
	}
	return Visible(p.Text + ": " + p.Hint)
}

// annotation is a workflow command of GitHub Actions.
func (p *Problem) annotation() string {
	level := p.Level
	if level == "note" {
		level = "notice"
	}
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	return fmt.Sprintf("::%s file=%s,line=%d,col=%d,endColumn=%d,title=%s::%s", level,
		property.Replace(p.File), p.Line, p.Col, p.EndCol, property.Replace(p.Check), data.Replace(p.message()))
}

func problemLog(w io.Writer, version string, problems []Problem) error {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "Hookline rules", Version: version, Rules: []sarifRule{}}}, Results: []sarifResult{}}
	var checks []string
	for _, p := range problems {
		checks = append(checks, p.Check)
	}
	slices.Sort(checks)
	checks = slices.Compact(checks)
	for _, check := range checks {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{check, sarifText{strings.ReplaceAll(check, "-", " ")}})
	}
	for _, p := range problems {
		run.Results = append(run.Results, sarifResult{
			RuleID: p.Check, RuleIndex: slices.Index(checks, p.Check), Level: p.Level, Message: sarifText{p.message()},
			Locations: []sarifLocation{{
				sarifPhysical{Artifact: sarifArtifact{uri(p.File)}, Region: &sarifRegion{p.Line, p.Col, p.EndCol}},
				[]sarifLogical{{Visible(p.Rule), "rule"}},
			}},
		})
	}
	out := json.NewEncoder(w)
	out.SetIndent("", " ")
	return out.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// Suite is a group of tests as JUnit reports have it.
type Suite struct {
	Name  string
	Cases []SuiteCase
}

// SuiteCase is one test of a suite, failed where it has failures.
type SuiteCase struct {
	Name     string
	Failures []string
}

// The elements of a JUnit report.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		Failure *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit prints test results in the XML that build servers read.
func JUnit(w io.Writer, suites []Suite) error {
	var all junitSuites
	for _, s := range suites {
		suite := junitSuite{Name: s.Name, Tests: len(s.Cases)}
		for _, c := range s.Cases {
			of := junitCase{Class: s.Name, Name: c.Name}
			if len(c.Failures) > 0 {
				suite.Failures++
				first, _, _ := strings.Cut(c.Failures[0], "\n")
				of.Failure = &junitFailure{Message: first, Text: strings.Join(c.Failures, "\n")}
			}
			suite.Cases = append(suite.Cases, of)
		}
		all.Tests += suite.Tests
		all.Failures += suite.Failures
		all.Suites = append(all.Suites, suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	out := xml.NewEncoder(w)
	out.Indent("", " ")
	if err := out.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
