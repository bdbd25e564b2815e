package campaign_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/campaign"
)

func twoCampaigns() []campaign.Campaign {
	return campaign.Find([]*campaign.Signature{
		sketch("a", "send to "+wallet+" or call +65 6123 4567"), sketch("b", "the address: "+wallet+" ok, see www.gold-nodes.com"),
		sketch("c", "write to pay@gold-desk.com"), sketch("d", "pay@gold-desk.com answers"),
	}, campaign.Options{})
}

func TestMISP(t *testing.T) {
	var out, again bytes.Buffer
	require.NoError(t, campaign.WriteMISP(&out, twoCampaigns()))
	require.NoError(t, campaign.WriteMISP(&again, twoCampaigns()))
	require.Equal(t, out.String(), again.String())
	var parsed struct {
		Response []struct {
			Event struct {
				UUID, Info, Date string
				Attribute        []struct{ UUID, Type, Category, Value string }
			}
		}
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &parsed))
	require.Len(t, parsed.Response, 2)
	types := map[string]string{}
	for _, r := range parsed.Response {
		require.Regexp(t, uuidPattern, r.Event.UUID)
		require.Equal(t, "2026-03-02", r.Event.Date)
		for _, a := range r.Event.Attribute {
			require.Regexp(t, uuidPattern, a.UUID)
			types[a.Value] = a.Type + " in " + a.Category
		}
	}
	require.Equal(t, "text in Other", types[wallet])
	require.Equal(t, "domain in Network activity", types["gold-nodes.com"])
	require.Equal(t, "phone-number in Financial fraud", types["+6561234567"])
	require.Equal(t, "email in Social network", types["pay@gold-desk.com"])
}

var uuidPattern = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func TestSTIX(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, campaign.WriteSTIX(&out, twoCampaigns()))
	var bundle struct {
		Type, ID string
		Objects  []map[string]any
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &bundle))
	require.Equal(t, "bundle", bundle.Type)
	known := map[string]bool{}
	kinds := map[string]int{}
	for _, o := range bundle.Objects {
		kind, id := o["type"].(string), o["id"].(string)
		require.Equal(t, "2.1", o["spec_version"])
		require.Regexp(t, "^"+kind+"--", id)
		require.False(t, known[id], "ids are unique")
		known[id] = true
		kinds[kind]++
		if refs, ok := o["object_refs"].([]any); ok {
			for _, ref := range refs {
				require.True(t, known[ref.(string)], "what is grouped stands before")
			}
		}
	}
	require.Equal(t, map[string]int{"campaign": 2, "grouping": 2, "domain-name": 1, "email-addr": 1, "user-account": 2}, kinds)
	// The id that the specification's rule gives for this domain.
	require.Contains(t, known, "domain-name--fae3a8a9-242e-5d9d-9443-02bf61064a81")
}

// An ampersand in a link does not change its id: this is what another library
// makes of it.
func TestSTIXIdOfALink(t *testing.T) {
	const link = "look at https://youtube.com/watch?v=a1b2&list=7"
	var out bytes.Buffer
	require.NoError(t, campaign.WriteSTIX(&out, campaign.Find([]*campaign.Signature{sketch("a", link), sketch("b", link+" now")}, campaign.Options{})))
	require.Contains(t, out.String(), `"value": "https://youtube.com/watch?v=a1b2&list=7"`)
	require.Contains(t, out.String(), `"id": "url--7cd4e57b-c3b6-5e99-a867-835573dd6872"`)
}
