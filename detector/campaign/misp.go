package campaign

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"
)

// namespace makes ids of what a campaign is exported as; the same campaign
// gets the same.
var namespace = uuid.MustParse("7d0c2a1e-5f0b-5d6e-9a52-3c1f6f0e8b44")

func name(parts ...string) string {
	return uuid.NewSHA1(namespace, []byte(strings.Join(parts, "\x00"))).String()
}

type mispEvent struct {
	UUID         string          `json:"uuid"`
	Info         string          `json:"info"`
	Date         string          `json:"date"`
	ThreatLevel  string          `json:"threat_level_id"`
	Analysis     string          `json:"analysis"`
	Distribution string          `json:"distribution"`
	Published    bool            `json:"published"`
	Attributes   []mispAttribute `json:"Attribute"`
}

type mispAttribute struct {
	UUID         string `json:"uuid"`
	Type         string `json:"type"`
	Category     string `json:"category"`
	Value        string `json:"value"`
	Comment      string `json:"comment"`
	ToIDs        bool   `json:"to_ids"`
	Distribution string `json:"distribution"`
}

// WriteMISP writes campaigns as events of the MISP core format, each with its
// identifiers as attributes. They are for the own organisation only, not
// published, and none is for automatic blocking: a human decides that.
func WriteMISP(w io.Writer, all []Campaign) error {
	type wrapped struct {
		Event mispEvent `json:"Event"`
	}
	events := []wrapped{}
	for i := range all {
		c := &all[i]
		e := mispEvent{
			UUID: name("event", c.ID), Info: fmt.Sprintf("Scam campaign %s: %d threads", c.ID, c.Size), Date: date(c.First),
			ThreatLevel: "4", Analysis: "0", Distribution: "0", Attributes: []mispAttribute{},
		}
		for _, list := range [][]Shared{c.Shared, c.Others} {
			for _, s := range list {
				kind, category := mispType(s.Type)
				e.Attributes = append(e.Attributes, mispAttribute{
					UUID: name("attribute", c.ID, s.Type, s.Value), Type: kind, Category: category, Value: s.Value,
					Comment: fmt.Sprintf("%s, in %d threads", s.Type, s.Threads), Distribution: "5",
				})
			}
		}
		events = append(events, wrapped{e})
	}
	return writeJSON(w, map[string]any{"response": events})
}

func date(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0)
	}
	return t.UTC().Format(time.DateOnly)
}

func mispType(kind string) (name, category string) {
	switch {
	case kind == "wallet.btc" || kind == "wallet.bitcoin":
		return "btc", "Financial fraud"
	case kind == "iban":
		return "iban", "Financial fraud"
	case kind == "bank_account":
		return "bank-account-nr", "Financial fraud"
	case strings.HasPrefix(kind, "phone"):
		return "phone-number", "Financial fraud"
	case kind == "domain":
		return "domain", "Network activity"
	case kind == "url":
		return "url", "Network activity"
	case strings.HasPrefix(kind, "email"):
		return "email", "Social network"
	default:
		return "text", "Other"
	}
}

func writeJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
