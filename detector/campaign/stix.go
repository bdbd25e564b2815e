package campaign

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"
)

// observables is the namespace that STIX 2.1 sets for the ids of observables.
var observables = uuid.MustParse("00abedb4-aa42-466c-9c01-fed23315a9b7")

// WriteSTIX writes campaigns as a STIX 2.1 bundle: a campaign each, its
// identifiers as observables, and a grouping that holds them together. Wallets,
// phones and handles, for which STIX has no type, are user accounts.
func WriteSTIX(w io.Writer, all []Campaign) error {
	objects := []map[string]any{}
	written := map[string]bool{}
	add := func(o map[string]any) string {
		id, _ := o["id"].(string)
		if !written[id] {
			written[id] = true
			objects = append(objects, o)
		}
		return id
	}
	var ids []string
	for i := range all {
		c := &all[i]
		ids = append(ids, c.ID)
		refs := []string{add(stixCampaign(c))}
		for _, list := range [][]Shared{c.Shared, c.Others} {
			for _, s := range list {
				refs = append(refs, add(observable(s.Identifier)))
			}
		}
		add(map[string]any{
			"type": "grouping", "spec_version": "2.1", "id": "grouping--" + name("grouping", c.ID),
			"created": stamp(c.First), "modified": stamp(c.Last), "context": "suspicious-activity",
			"name": "Identifiers of campaign " + c.ID, "object_refs": refs,
		})
	}
	return writeJSON(w, map[string]any{"type": "bundle", "id": "bundle--" + name(append(ids, "bundle")...), "objects": objects})
}

func stixCampaign(c *Campaign) map[string]any {
	o := map[string]any{
		"type": "campaign", "spec_version": "2.1", "id": "campaign--" + name("campaign", c.ID),
		"created": stamp(c.First), "modified": stamp(c.Last), "name": "Scam campaign " + c.ID,
		"description": fmt.Sprintf("%d threads, %d of them tied by near-duplicate wording", c.Size, c.Wording),
	}
	if !c.First.IsZero() {
		o["first_seen"], o["last_seen"] = stamp(c.First), stamp(c.Last)
	}
	return o
}

func stamp(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0)
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}

// observable has an id that follows from its value, as STIX has it: a UUID of
// the JSON of what identifies it, its names sorted.
func observable(id Identifier) map[string]any {
	kind, key := "user-account", map[string]string{"account_type": strings.ReplaceAll(id.Type, ".", "-"), "user_id": id.Value}
	switch {
	case id.Type == "domain":
		kind, key = "domain-name", map[string]string{"value": id.Value}
	case id.Type == "url":
		kind, key = "url", map[string]string{"value": "https://" + id.Value}
	case strings.HasPrefix(id.Type, "email"):
		kind, key = "email-addr", map[string]string{"value": id.Value}
	}
	o := map[string]any{"type": kind, "spec_version": "2.1", "id": kind + "--" + uuid.NewSHA1(observables, canonical(key)).String()}
	for field, value := range key {
		o[field] = value
	}
	return o
}

// canonical is JSON as RFC 8785 has it: names sorted, and an ampersand in a link
// stays one.
func canonical(key map[string]string) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(key); err != nil { // never: strings
		return nil
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}
