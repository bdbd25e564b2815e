package hunt_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/hunt"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/obfuscate"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/rules"
)

const region = "SG"

// shipped compiles the built-in rules, once for all tests.
var shipped = sync.OnceValues(func() (*detector.Detector, error) {
	set, err := rule.Load(rules.FS)
	if err != nil {
		return nil, err
	}
	return detector.New(set, detector.Options{Region: region})
})

type thread []message.Message

// threads are the corpus, the tests of the shipped rules, and every tenth of
// either with its words hidden.
func threads(t testing.TB, set *rule.Set) (all []thread) {
	t.Helper()
	require.NoError(t, labelled.Walk(corpus.FS, func(c labelled.Case) error {
		all = append(all, c.Messages())
		return nil
	}))
	every := 3 // of a rule's tests
	if testing.Short() {
		every = 24
	}
	for _, r := range set.Rules {
		for i, test := range slices.Concat(r.Tests.Match, r.Tests.NoMatch) {
			if i%every > 0 {
				continue
			}
			var th thread
			sent := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
			for k, m := range test.Messages {
				sent = sent.Add(m.After)
				th = append(th, message.Message{
					ID: fmt.Sprint("m", k), Thread: fmt.Sprint(r.ID, "#", i), Namespace: "tests", Sender: m.Who, Text: m.Text,
					Sent: message.Instant(sent), Position: int64(k), Source: fmt.Sprint("tests:", k+1),
				})
			}
			all = append(all, th)
		}
	}
	rng := rand.New(rand.NewPCG(1, 7))
	operators := obfuscate.Operators()
	for i, plain := 0, len(all); i < plain; i += 10 {
		hidden := slices.Clone(all[i])
		operator := operators[rng.IntN(len(operators))]
		for k := range hidden {
			hidden[k].Namespace, hidden[k].Thread = "hidden", all[i][0].ThreadID()
			hidden[k].Text = operator.Apply(hidden[k].Text, rng)
		}
		all = append(all, hidden)
	}
	return all
}

func scanned(d *detector.Detector, th thread) detector.Verdict { return d.Judge(d.MatchAll(th)) }

// seen is what a rule did in a thread, one line an occurrence.
type seen map[string][]string

func (s seen) add(th string, all []detector.Evidence, how string) {
	for _, e := range all {
		at := e.Rule + " in " + th
		s[at] = append(s[at], fmt.Sprint(how, e.Message, e.Start, e.End, e.Act, e.View))
	}
}

// of is what a set of rules did.
func (s seen) of(ids []string) seen {
	some := seen{}
	for at, what := range s {
		if id, _, _ := strings.Cut(at, " in "); slices.Contains(ids, id) {
			some[at] = what
		}
	}
	return some
}

// differences are the first few places where two differ.
func differences(want, got seen) (diff []string) {
	for at := range want {
		if !slices.Equal(want[at], got[at]) {
			diff = append(diff, fmt.Sprint(at, ": scanned ", want[at], " hunted ", got[at]))
		}
	}
	for at := range got {
		if want[at] == nil {
			diff = append(diff, fmt.Sprint(at, ": only hunted ", got[at]))
		}
	}
	slices.Sort(diff)
	return diff[:min(len(diff), 5)]
}

// manyMessages says whether a condition looks at more than one message: then a
// match that does not count says nothing about the rule.
func manyMessages(c *rule.Condition) (yes bool) {
	c.Walk(func(c *rule.Condition) {
		yes = yes || c.Scope >= rule.SenderScope || c.Within.Messages+c.Within.Days > 0
	})
	return yes
}

// scan scans threads into a casebook, and says what every rule did.
func scan(t testing.TB, d *detector.Detector, all []thread) (*casebook.Book, seen) {
	t.Helper()
	folder := t.TempDir()
	w, _, err := casebook.Create(folder, casebook.Options{Region: region})
	require.NoError(t, err)
	did := seen{}
	for _, th := range all {
		v := scanned(d, th)
		require.NoError(t, w.Keep(th, &v))
		did.add(th[0].ThreadKey().String(), v.Evidence, "for")
		did.add(th[0].ThreadKey().String(), slices.DeleteFunc(v.Opposing, func(e detector.Evidence) bool {
			r, _ := d.Set().Rule(e.Rule)
			return manyMessages(r.Condition)
		}), "against")
	}
	require.NoError(t, w.Close())
	b, err := casebook.Open(folder)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	return b, did
}

func hunted(t testing.TB, d *detector.Detector, b *casebook.Book, ids ...string) (seen, hunt.Summary) {
	t.Helper()
	h, err := hunt.New(d, ids, region)
	require.NoError(t, err)
	caught, sum, err := h.Hunt(context.Background(), b, true)
	require.NoError(t, err)
	did := seen{}
	for _, c := range caught {
		did.add(c.Key, c.Evidence, "for")
		did.add(c.Key, c.Opposing, "against")
	}
	return did, sum
}

// Hunting and scanning never disagree: every shipped rule, alone.
func TestHuntingIsScanningForShippedRules(t *testing.T) {
	d, err := shipped()
	require.NoError(t, err)
	b, did := scan(t, d, threads(t, d.Set()))
	read, documents, silent := 0, 0, 0
	var ids []string
	for i, r := range d.Set().Rules {
		ids = append(ids, r.ID)
		if testing.Short() && i%10 > 0 {
			continue
		}
		want := did.of([]string{r.ID})
		got, sum := hunted(t, d, b, r.ID)
		require.Empty(t, differences(want, got), r.ID)
		read, documents = read+sum.Read, documents+sum.Documents
		if len(want) == 0 {
			silent++
		}
	}
	require.Less(t, silent, len(ids)/10, "most rules match somewhere, else this shows nothing")
	t.Logf("%d rules, %d that match nowhere; the index left %d of %d documents to read", len(ids), silent, read, documents)
	require.Less(t, read, documents*2/3, "needs narrow down, although these threads were written for these rules")
	if !testing.Short() {
		got, _ := hunted(t, d, b, ids...)
		require.Empty(t, differences(did, got))
	}
}

// maker makes rules out of the words of messages.
type maker struct {
	rng   *rand.Rand
	words []string
	lists []string
}

func (m *maker) word() string {
	w := m.words[m.rng.IntN(len(m.words))]
	letters := []rune(w)
	switch p := m.rng.IntN(10); {
	case p == 0 && len(letters) > 4 && letters[0] < 0x250:
		return string(letters[:3+m.rng.IntN(len(letters)-3)]) + "*"
	case p == 1 && len(letters) >= 8 && letters[0] < 0x250:
		return w + "~1"
	}
	return w
}

func (m *maker) item(depth int) string {
	switch p := m.rng.IntN(20); {
	case p < 2 && depth < 2:
		return "(" + m.sequence(depth+1, 2) + "|" + m.sequence(depth+1, 2) + ")"
	case p < 3:
		return "<" + rule.TypeNames()[m.rng.IntN(len(rule.TypeNames()))] + ">"
	case p < 4:
		return "@" + m.lists[m.rng.IntN(len(m.lists))]
	default:
		return m.word()
	}
}

func (m *maker) sequence(depth, most int) string {
	var b strings.Builder
	b.WriteString(m.item(depth))
	for range m.rng.IntN(most) {
		switch m.rng.IntN(5) {
		case 0:
			b.WriteString(" ..12")
		case 1:
			b.WriteString(" [" + m.word() + "]")
		}
		b.WriteString(" " + m.item(depth))
	}
	return b.String()
}

var conditions = []string{
	"{any: [a, b]}", "{all: [a, b]}", "{near: [a, b], within: 30}", "{then: [a, b], within: 20}",
	"{all: [a, {none: [b]}]}", "{at_least: 2, of: [a, b, c]}", "{all: [a, b], scope: thread}", "{all: [a, b], scope: sender}",
	"{then: [a, b], within: 5 messages}", "{then: [a, {any: [b, c]}], within: 3 days}", "{all: [a, b], scope: clause}",
}

func (m *maker) rule(n int) (id, text string) {
	id = fmt.Sprintf("fake_job.fee.made%d", n)
	var b strings.Builder
	fmt.Fprintf(&b, "id: %s\ntitle: Made\nstage: pitch\nweight: weak\npatterns:\n", id)
	for _, name := range []string{"a", "b", "c"} {
		fmt.Fprintf(&b, "  %s: {und: [%q, %q]}\n", name, m.sequence(0, 3), m.sequence(0, 2))
	}
	condition := conditions[m.rng.IntN(len(conditions))]
	fmt.Fprintf(&b, "condition: %s\n", condition)
	return id, b.String()
}

// Hunting and scanning never disagree: rules made of words that the messages
// hold.
func TestHuntingIsScanningForMadeRules(t *testing.T) {
	d, err := shipped()
	require.NoError(t, err)
	all := threads(t, d.Set())
	m := &maker{rng: rand.New(rand.NewPCG(3, 4))}
	for range 3000 {
		th := all[m.rng.IntN(len(all))]
		m.words = append(m.words, strings.FieldsFunc(th[m.rng.IntN(len(th))].Text, func(r rune) bool {
			return strings.ContainsRune(" \t\n,;:!?\"()[]{}|<>@*~\\/.…=$%&#^`’'+-", r)
		})...)
	}
	for _, l := range d.Set().Lists {
		m.lists = append(m.lists, l.Name)
	}
	folder := fstest.MapFS{}
	for _, l := range d.Set().Lists {
		text, ok := d.Set().Text(l.Pos.File)
		require.True(t, ok)
		folder["lists/"+l.Name+".yaml"] = &fstest.MapFile{Data: []byte(text.Body)}
	}
	var ids []string
	tried, count := 0, 100
	if testing.Short() {
		count = 40
	}
	for n := 0; len(ids) < count; n++ {
		id, text := m.rule(n)
		name := fmt.Sprintf("fake_job/fee/made%d.yaml", n)
		folder[name] = &fstest.MapFile{Data: []byte(text)}
		if _, err := rule.Load(folder); err != nil {
			delete(folder, name)
			tried++
			require.Less(t, tried, 2000, err)
			continue
		}
		ids = append(ids, id)
	}
	set, err := rule.Load(folder)
	require.NoError(t, err)
	made, err := detector.New(set, detector.Options{Region: region})
	require.NoError(t, err)
	b, did := scan(t, made, all)
	matching := 0
	for _, id := range ids {
		want := did.of([]string{id})
		got, _ := hunted(t, made, b, id)
		require.Empty(t, differences(want, got), "%s", folder["fake_job/fee/"+id[len("fake_job.fee."):]+".yaml"].Data)
		if len(want) > 0 {
			matching++
		}
	}
	require.Greater(t, matching, len(ids)/5)
	t.Logf("%d of %d rules match, %d occurrences, %d rules refused", matching, len(ids), len(did), tried)
}
