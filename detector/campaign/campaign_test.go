package campaign_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/campaign"
	"github.com/hookline/hookline/detector/workload"
)

var day = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func sketch(key string, texts ...string) *campaign.Signature {
	t := campaign.Thread{Key: key, Name: "thread " + key}
	for i, text := range texts {
		t.Texts = append(t.Texts, campaign.Text{Text: text, Sent: day.AddDate(0, 0, len(key)+i)})
	}
	return campaign.NewSketcher("").Sketch(t)
}

func groups(found []campaign.Campaign) (all [][]string) {
	for _, c := range found {
		var keys []string
		for _, m := range c.Threads {
			keys = append(keys, m.Key)
		}
		slices.Sort(keys)
		all = append(all, keys)
	}
	slices.SortFunc(all, slices.Compare)
	return all
}

const pitch = "Hello %s, my uncle at the bank told me that gold node number %d opens tonight, put in %d USDT and take out double tomorrow morning"

func TestWordingWithOtherNamesAndSums(t *testing.T) {
	found := campaign.Find([]*campaign.Signature{
		sketch("a", fmt.Sprintf(pitch, "Mia", 4, 500)), sketch("bb", "hi", fmt.Sprintf(pitch, "Johann Sebastian", 77, 12000)),
		sketch("c", "we could meet at the lake on Sunday if the weather holds, I will bring the boat and some bread"),
	}, campaign.Options{})
	require.Equal(t, [][]string{{"a", "bb"}}, groups(found))
	c := found[0]
	require.Equal(t, 2, c.Wording)
	require.Equal(t, 2, c.Size)
	require.Equal(t, "thread a", c.ExampleFrom)
	require.Equal(t, day.AddDate(0, 0, 1), c.First)
	require.Equal(t, day.AddDate(0, 0, 3), c.Last)
}

const wallet = "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC"

func TestSharedIdentifiers(t *testing.T) {
	found := campaign.Find([]*campaign.Signature{
		sketch("a", "send to "+wallet), sketch("b", "the address: "+wallet+" ok"),
		sketch("c", "login at hxxps://www.gold-nodes[.]com/in"), sketch("d", "pay.gold-nodes.com is down"),
		sketch("e", "see https://www.youtube.com/watch?v=1"), sketch("f", "see https://www.youtube.com/watch?v=2"),
		sketch("g", "join https://t.me/+abcdEFGH1234"), sketch("h", "here https://t.me/+abcdEFGH1234"),
	}, campaign.Options{})
	require.Equal(t, [][]string{{"a", "b"}, {"c", "d"}, {"g", "h"}}, groups(found))
	for _, c := range found {
		require.NotEmpty(t, c.Shared)
		require.Zero(t, c.Wording)
	}
}

// What everybody has glues nothing together.
func TestCommonThingsDoNotGlue(t *testing.T) {
	text := workload.New(5)
	var all []*campaign.Signature
	for i := range 3000 {
		said := text.Message(workload.English).Text
		if i%20 == 0 {
			said += " https://news-of-the-day.com/today"
		}
		all = append(all, sketch(fmt.Sprint(i), said+" thank you so much for your time and have a nice day"))
	}
	largest := 0
	for _, c := range campaign.Find(all, campaign.Options{}) {
		largest = max(largest, c.Size)
	}
	require.Less(t, largest, 10)
}

func TestOrderDoesNotMatter(t *testing.T) {
	m := newMix(9, 12, 10, 300)
	first := campaign.Find(m.signatures(), campaign.Options{})
	shuffled := m.signatures()
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	require.Equal(t, first, campaign.Find(shuffled, campaign.Options{}))
	require.NotEmpty(t, first)
}

// mix is variants of templates among unrelated messages.
type mix struct {
	texts    []string
	template []int // by text; -1 for none
}

// newMix makes templates of 14 to 40 words. A variant has other names and
// sums, a greeting or none, and every twelfth word changed.
func newMix(seed uint64, templates, variants, benign int) *mix {
	text := workload.New(seed)
	word := func() string { return text.Word(workload.English) }
	rng := rand.New(rand.NewPCG(seed, 77))
	m := &mix{}
	for i := range templates {
		words := make([]string, 14+rng.IntN(27))
		for k := range words {
			words[k] = word()
		}
		name, sum := rng.IntN(len(words)), rng.IntN(len(words))
		for range variants {
			v := slices.Clone(words)
			for k := range v {
				if rng.IntN(12) == 0 {
					v[k] = word()
				}
			}
			v[name], v[sum] = word(), fmt.Sprintf("$%d", 50+rng.IntN(9000))
			said := strings.Join(v, " ")
			if rng.IntN(2) == 0 {
				said = "hi " + word() + ", " + said
			}
			m.texts, m.template = append(m.texts, said), append(m.template, i)
		}
	}
	for range benign {
		m.texts, m.template = append(m.texts, text.Message(workload.English).Text), append(m.template, -1)
	}
	return m
}

func (m *mix) signatures() (all []*campaign.Signature) {
	for i, text := range m.texts {
		all = append(all, sketch(fmt.Sprint(i), text))
	}
	return all
}

// measure counts pairs of texts: tied, of one template, and both.
func (m *mix) measure(found []campaign.Campaign) (precision, recall float64) {
	pairs := func(n int) float64 { return float64(n) * float64(n-1) / 2 }
	of := map[int]int{}
	for _, t := range m.template {
		of[t]++
	}
	truth := 0.0
	for t, n := range of {
		if t >= 0 {
			truth += pairs(n)
		}
	}
	tied, right := 0.0, 0.0
	for _, c := range found {
		in := map[int]int{}
		for _, member := range c.Threads {
			var i int
			_, _ = fmt.Sscan(member.Key, &i)
			in[m.template[i]]++
		}
		tied += pairs(c.Size)
		for t, n := range in {
			if t >= 0 {
				right += pairs(n)
			}
		}
	}
	return right / max(tied, 1), right / truth
}

func TestTemplatesAreFound(t *testing.T) {
	m := newMix(1, 200, 50, 100_000)
	if testing.Short() {
		m = newMix(1, 60, 50, 8000)
	}
	found := campaign.Find(m.signatures(), campaign.Options{})
	precision, recall := m.measure(found)
	t.Logf("%d texts, %d campaigns: pairwise precision %.4f, recall %.4f", len(m.texts), len(found), precision, recall)
	require.GreaterOrEqual(t, precision, 0.98)
	require.GreaterOrEqual(t, recall, 0.90)
}
