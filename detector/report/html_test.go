package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
)

// injections try to leave the text they are in.
var injections = append([]string{
	"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</title><script>alert(1)</script>",
	"javascript:alert(1)", "{{.}}", "</style><style>*{display:none}", "<!--", "]]>", "&lt;b&gt;", "<svg onload=alert(1)>", "`${alert(1)}`",
}, hostile...)

func htmlOf(t *testing.T, verdicts []detector.Verdict, conversation func(v *detector.Verdict) report.Conversation) string {
	t.Helper()
	return printed(t, report.NewHTML(smallEngine(t), "", nil), verdicts, conversation)
}

func printed(t *testing.T, page *report.HTML, verdicts []detector.Verdict, conversation func(v *detector.Verdict) report.Conversation) string {
	t.Helper()
	for i := range verdicts {
		require.NoError(t, page.Write(&verdicts[i], conversation(&verdicts[i])))
	}
	var out bytes.Buffer
	require.NoError(t, page.Print(&out, report.Summary{Messages: 5, Scanned: 4, Skipped: 1, Threads: 3, Sources: []string{"a<b>.zip"}, Rules: "r"}))
	return out.String()
}

// Whatever a message says, the page holds no element, attribute or link that
// is not the template's own.
func TestHTMLHoldsNoMarkupOfMessages(t *testing.T) {
	var verdicts []detector.Verdict
	for _, text := range injections {
		v := verdict(text)
		v.Band, v.Language, v.Messages = rule.P1, text, 2
		v.Evidence[0].Start, v.Evidence[0].End = 0, len(text)
		v.Opposing = v.Evidence
		verdicts = append(verdicts, v)
	}
	page := htmlOf(t, verdicts, func(v *detector.Verdict) report.Conversation {
		return func() ([]message.Message, error) {
			return []message.Message{{ID: v.Evidence[0].Message, Sender: v.Sender, Text: v.Sender}, {ID: "x", Text: v.Sender + "\n" + v.Sender}}, nil
		}
	})
	root, err := html.Parse(strings.NewReader(page))
	require.NoError(t, err)
	own := map[string]int{}
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		if n.Type == html.ElementNode {
			own[n.Data]++
			for _, a := range n.Attr {
				require.False(t, strings.HasPrefix(a.Key, "on"), "<%s %s>", n.Data, a.Key)
				if a.Key == "href" || a.Key == "src" {
					require.True(t, strings.HasPrefix(a.Val, "#"), "%s links to %s", n.Data, a.Val)
				}
			}
		}
		if n.Type == html.TextNode && n.Parent.Data != "style" && n.Parent.Data != "script" {
			for _, r := range n.Data {
				require.False(t, r < ' ' && r != '\n' && r != '\t' || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069, "%q", n.Data)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(root)
	require.Equal(t, 1, own["script"])
	require.Equal(t, 1, own["style"])
	require.Zero(t, own["img"]+own["iframe"]+own["object"]+own["form"]+own["b"])
	require.Contains(t, page, "default-src &#39;none&#39;")
	require.Contains(t, page, "&lt;script&gt;alert(1)&lt;/script&gt;")
	require.NotContains(t, page, "<script>alert")
}

func TestHTMLShowsWhatIsHiddenAndWhy(t *testing.T) {
	v := verdict("m1")
	v.Evidence[0].Start, v.Evidence[0].End, v.Evidence[0].Message = 4, 4+len("pay the\u200b fee"), "m1"
	page := htmlOf(t, []detector.Verdict{v}, func(*detector.Verdict) report.Conversation {
		return func() ([]message.Message, error) {
			return []message.Message{{ID: "m1", Sender: "Ann", Text: "now pay the\u200b fee"}}, nil
		}
	})
	require.Contains(t, page, `<mark class="stage-" title="fake_job.fee.upfront_fee (&#43;1.80)">pay the</mark>`)
	require.Contains(t, page, `&lt;U&#43;200B&gt;</span>`)
	require.Contains(t, page, "Read 5 messages in 3 threads: 4 scanned, 1 skipped.")
	require.Contains(t, page, "a&lt;b&gt;.zip")
}

// A long conversation is cut to the messages around its evidence, and says so.
func TestCaseKeepsWhatIsNearTheEvidence(t *testing.T) {
	v := verdict("m900")
	v.Evidence[0].End = 4
	messages := make([]message.Message, 2000)
	for i := range messages {
		messages[i] = message.Message{ID: "m" + string(rune('a'+i%26)), Seq: int64(i), HasSeq: true, Text: "text"}
	}
	messages[900].ID = "m900"
	c := report.NewCase(smallEngine(t), &v, messages, nil)
	require.Equal(t, 2000-len(c.Lines), c.LeftOut)
	require.Len(t, c.Lines, 400)
	found := false
	for _, line := range c.Lines {
		found = found || line.Message == "m900" && line.Parts[0].Why != ""
	}
	require.True(t, found)
	require.Positive(t, c.Lines[0].Gap)
}

func TestCaseTellsWhatWasNearlyFound(t *testing.T) {
	d := smallEngine(t)
	thread, v := explained(d, "hello", "Ann Lee, deposit the cheque, then wire the money.")
	thread[1].Sender = "Ann Lee"
	c := report.NewCase(d, &v, thread, report.NewRedactor(""))
	require.Len(t, c.NearMisses, 1)
	require.Equal(t, "fake_job.fee.check", c.NearMisses[0].Rule)
	require.Equal(t, []string{"deposit the cheque"}, c.NearMisses[0].Found)
	require.Contains(t, c.NearMisses[0].Lacks[0].Text, "“rest” is missing")
	require.Empty(t, report.NewCase(d, &v, nil, nil).NearMisses, "without the conversation nothing is known")
}

// Cases that share a wording or an account are one campaign; somebody who may
// be held is no part of one.
func TestHTMLTiesCampaigns(t *testing.T) {
	const wording = "welcome to our desk dear friend please move the first deposit to the safe account of your manager today"
	var verdicts []detector.Verdict
	texts := map[string]string{}
	for _, name := range []string{"Ann Lee", "Bo Chan", "Cy Moss", "Held Person"} {
		v := verdict(name)
		v.Key = message.KeyOf(name)
		texts[name] = "hello " + name + ", " + wording + " https://desk-pay.example/in"
		if name == "Cy Moss" {
			texts[name] = "shall we meet at the museum on Sunday and then have some tea and cake by the river"
		}
		if name == "Held Person" {
			v.Queue = rule.Safety
		}
		verdicts = append(verdicts, v)
	}
	conversation := func(v *detector.Verdict) report.Conversation {
		name := v.Sender
		return func() ([]message.Message, error) {
			return []message.Message{{ID: "m", Thread: name, Sender: name, Text: texts[name]}}, nil
		}
	}
	page := printed(t, report.NewHTML(smallEngine(t), "", nil), verdicts, conversation)
	section := func(page string) string {
		_, after, found := strings.Cut(page, `<section id="campaigns">`)
		require.True(t, found)
		campaigns, _, _ := strings.Cut(after, "</section>")
		return campaigns
	}
	shown := section(page)
	require.Contains(t, shown, "<strong>2 cases</strong>, 2 of one wording")
	require.Contains(t, shown, "desk-pay[.]example")
	require.Contains(t, shown, ">Ann Lee</a>")
	require.Contains(t, shown, ">Bo Chan</a>")
	require.NotContains(t, shown, "Cy Moss")
	require.NotContains(t, shown, "Held Person")
	for _, href := range strings.SplitAfter(shown, `href="#`)[1:] {
		id, _, _ := strings.Cut(href, `"`)
		require.Contains(t, page, `id="`+id+`"`)
	}
	hidden := section(printed(t, report.NewHTML(smallEngine(t), "", report.NewRedactor("")), verdicts, conversation))
	require.NotContains(t, hidden, "Ann")
	require.NotContains(t, hidden, "desk-pay")
	require.Contains(t, hidden, "[person ")
}

func TestHTMLCutsToTheMostUrgent(t *testing.T) {
	verdicts := make([]detector.Verdict, 10500)
	for i := range verdicts {
		verdicts[i] = verdict("t")
		verdicts[i].Band = rule.P3
	}
	verdicts[10400].Band, verdicts[10400].Sender = rule.P0, "the urgent one"
	page := htmlOf(t, verdicts, func(*detector.Verdict) report.Conversation { return nil })
	require.Contains(t, page, "500 less urgent ones are left out")
	require.Equal(t, strings.Index(page, `class="number">`), strings.LastIndex(page[:strings.Index(page, "the urgent one")], `class="number">`))
	require.Equal(t, 1000, strings.Count(page, "<article"))
}

func TestSARIF(t *testing.T) {
	set, err := rule.Load(fstest.MapFS{})
	require.NoError(t, err)
	log := report.NewSARIF(set, "1.0")
	for _, text := range injections {
		v := verdict(text)
		require.NoError(t, log.Write(&v))
	}
	quiet := verdict("quiet")
	quiet.Band = rule.P4
	require.NoError(t, log.Write(&quiet))
	var out bytes.Buffer
	require.NoError(t, log.Print(&out))
	var read struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Locations []struct {
					PhysicalLocation struct{ ArtifactLocation struct{ URI string } }
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &read))
	require.Equal(t, "2.1.0", read.Version)
	require.Len(t, read.Runs[0].Results, len(injections))
	for _, r := range read.Runs[0].Results {
		require.Equal(t, r.RuleID, read.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID)
		require.Equal(t, "error", r.Level)
		require.NotContains(t, r.Locations[0].PhysicalLocation.ArtifactLocation.URI, "<")
	}
}
