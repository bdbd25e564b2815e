package report_test

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/report"
)

var problems = []report.Problem{{
	File: "my rules/fake_job/fee/check.yaml", Line: 6, Col: 3, EndCol: 8, Level: "error", Check: "uncovered",
	Rule: "fake_job.fee.check", Text: "no test, 100% of none", Hint: "write one", Picture: "as people read it",
}, {
	File: "a.yaml", Line: 1, Col: 1, EndCol: 2, Level: "note", Check: "a-note", Text: "a \u202e note\nof two lines",
}}

func TestProblems(t *testing.T) {
	t.Parallel()
	shown := func(format string) string {
		var b strings.Builder
		require.NoError(t, report.Problems(&b, format, "1.0", problems))
		return b.String()
	}
	require.Equal(t, "as people read it\n\n", shown("text"))
	require.Equal(t, "::error file=my rules/fake_job/fee/check.yaml,line=6,col=3,endColumn=8,title=uncovered::no test, 100%25 of none: write one\n"+
		"::notice file=a.yaml,line=1,col=1,endColumn=2,title=a-note::a <U+202E> note of two lines\n", shown("github"))

	var list []report.Problem
	require.NoError(t, json.Unmarshal([]byte(shown("json")), &list))
	require.Equal(t, "write one", list[0].Hint)

	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID, Level string
				RuleIndex     int
				Locations     []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn, EndColumn int }
					}
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(shown("sarif")), &log))
	require.Equal(t, "2.1.0", log.Version)
	run := log.Runs[0]
	require.Len(t, run.Results, 2)
	require.Equal(t, "uncovered", run.Tool.Driver.Rules[run.Results[0].RuleIndex].ID)
	require.Equal(t, "my%20rules/fake_job/fee/check.yaml", run.Results[0].Locations[0].PhysicalLocation.ArtifactLocation.URI)
	require.Equal(t, 8, run.Results[0].Locations[0].PhysicalLocation.Region.EndColumn)

	require.ErrorContains(t, report.Problems(&strings.Builder{}, "xml", "1.0", nil), "want text, github, sarif or json")
}

func TestJUnit(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	require.NoError(t, report.JUnit(&b, []report.Suite{{Name: "fake_job.fee.check", Cases: []report.SuiteCase{
		{Name: "match en, line 4"},
		{Name: "match en, line 5", Failures: []string{"does <not> match\n  5 | x", "and more"}},
	}}}))
	var read struct {
		XMLName  xml.Name `xml:"testsuites"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Suites   []struct {
			Cases []struct {
				Failure *struct {
					Message string `xml:"message,attr"`
					Text    string `xml:",chardata"`
				} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal([]byte(b.String()), &read))
	require.Equal(t, 2, read.Tests)
	require.Equal(t, 1, read.Failures)
	require.Nil(t, read.Suites[0].Cases[0].Failure)
	require.Equal(t, "does <not> match", read.Suites[0].Cases[1].Failure.Message)
	require.Contains(t, read.Suites[0].Cases[1].Failure.Text, "and more")
}
