package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// SARIF gathers alerts and prints them as a log in the Static Analysis Results
// Interchange Format 2.1.0 (OASIS), for tools that show findings: one result a
// piece of evidence, at its place in the message. The log holds the most
// urgent threads, as a table does.
type SARIF struct {
	set     *rule.Set
	version string
	table   Table // its rows and cut
}

// NewSARIF makes a log of verdicts under a rule set, by this version of the
// program.
func NewSARIF(set *rule.Set, version string) *SARIF { return &SARIF{set: set, version: version} }

// Write takes one verdict.
func (s *SARIF) Write(v *detector.Verdict) error {
	if !score.Alert(v.Band) {
		return nil
	}
	return s.table.Write(v)
}

// The parts of SARIF that are used, with its own names.
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
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID     string          `json:"ruleId"`
		RuleIndex  int             `json:"ruleIndex"`
		Level      string          `json:"level"`
		Message    sarifText       `json:"message"`
		Locations  []sarifLocation `json:"locations"`
		Properties map[string]any  `json:"properties,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifRegion struct {
		Line      int `json:"startLine"`
		Column    int `json:"startColumn"`
		EndColumn int `json:"endColumn"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifLogical struct {
		Name string `json:"name"`
		Kind string `json:"kind"`
	}
)

// sarifLevel maps bands to the levels that viewers know.
func sarifLevel(b rule.Band) string {
	switch b {
	case rule.P0, rule.P1:
		return "error"
	case rule.P2:
		return "warning"
	default:
		return "note"
	}
}

// Print writes the log.
func (s *SARIF) Print(w io.Writer) error {
	s.table.cut()
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "Hookline", Version: s.version, Rules: []sarifRule{}}}, Results: []sarifResult{}}
	for i := range s.table.rows {
		for _, id := range s.table.rows[i].Tags {
			if !slices.ContainsFunc(run.Tool.Driver.Rules, func(r sarifRule) bool { return r.ID == id }) {
				run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{id, sarifText{title(s.set, id)}})
			}
		}
	}
	slices.SortFunc(run.Tool.Driver.Rules, func(a, b sarifRule) int { return strings.Compare(a.ID, b.ID) })
	index := map[string]int{}
	for i, r := range run.Tool.Driver.Rules {
		index[r.ID] = i
	}
	for i := range s.table.rows {
		v := &s.table.rows[i]
		for _, e := range v.Evidence {
			if _, ok := index[e.Rule]; !ok {
				continue
			}
			run.Results = append(run.Results, sarifResult{
				RuleID: e.Rule, RuleIndex: index[e.Rule], Level: sarifLevel(v.Band),
				Message: sarifText{fmt.Sprintf("%s %s, %s: “%s”", v.Band, v.Queue, Script(v), Visible(e.Text))},
				Locations: []sarifLocation{{
					sarifPhysical{Artifact: sarifArtifact{uri(v.Source)}},
					[]sarifLogical{{Visible(v.Thread), "thread"}, {Visible(e.Message), "message"}},
				}},
				Properties: map[string]any{"start": e.Start, "end": e.End, "score": v.Score, "band": v.Band, "queue": v.Queue},
			})
		}
	}
	out := json.NewEncoder(w)
	out.SetIndent("", " ")
	return out.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// uri is a source as a URI reference (RFC 3986): every byte that may not stand
// in a path is escaped.
func uri(source string) string {
	var b strings.Builder
	for i := range len(source) {
		c := source[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~/", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
