package identifier

import (
	"testing"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/source"
)

func TestRelations(t *testing.T) {
	for _, c := range []struct {
		text                 string
		gains, yields, tiers []string
	}{
		{text: "$500 ➡️ $5,000\n$1,000 ➡️ $10,000", gains: []string{"$500 ➡️ $5,000", "$1,000 ➡️ $10,000"}},
		{text: "300rb => 3jt", gains: []string{"300rb => 3jt"}},
		{text: "50 vira 500, 100 vira 1.000", gains: []string{"50 vira 500", "100 vira 1.000"}},
		{text: "100返138，300返420", gains: []string{"100返138", "300返420"}},
		{text: "1.000 TL yatır 8.000 TL al", gains: []string{"1.000 TL yatır 8.000 TL"}},
		{text: "2000 lagao aur 3 ghante me 9000 pao", gains: []string{"2000 lagao aur 3 ghante me 9000"}},
		{text: "ลงทุน 500 รับ 2,500", gains: []string{"500 รับ 2,500"}},
		{text: "VIP1 nạp 200k mỗi ngày lãi 26k, VIP2 nạp 800k ngày lãi 110k", yields: []string{"200k mỗi ngày lãi 26k", "800k ngày lãi 110k"}, tiers: []string{"200k mỗi ngày lãi 26k, VIP2 nạp 800k ngày lãi 110k"}},
		{text: "1500 ka plan lo rozana 250 kamao, 5000 ka plan rozana 900", yields: []string{"1500 ka plan lo rozana 250", "5000 ka plan rozana 900"}, tiers: []string{"1500 ka plan lo rozana 250 kamao, 5000 ka plan rozana 900"}},

		{text: "999 ka recharge karo to 65 din tak roz 72 rupay", yields: []string{"999 ka recharge karo to 65 din tak roz 72 rupay"}},
		{text: "9800一台，每天产出180", yields: []string{"9800一台，每天产出180"}},
		{text: "5,000 leo unapata 900 kila siku", yields: []string{"5,000 leo unapata 900"}},

		{text: "100, 200, 500, 1000"},             // a list
		{text: "was 120 and now 95"},              // less
		{text: "we buy at 1190 and sell at 1210"}, // a rate of exchange
		{text: "I paid 40. The taxi was 90"},      // two sentences
		{text: "今日：100返138", gains: []string{"100返138"}},
		{text: "room 30 on 12.05.2024 at 10:30"},     // a date
		{text: "founded 1995, moved 2012"},           // years
		{text: "takes 20 minutes, up to 90 minutes"}, // time
		{text: "100x and then 500x"},                 // a rank
		{text: "call 5550123 or 15550199"},           // phones
		{text: "€40 is 400 kr"},                      // two currencies
		{text: "loan of 200 costs 26 here. One of 900 costs 2", yields: []string{"200 costs 26"}}, // no ladder
	} {
		folded := new(fold.Folder).Fold(c.text)
		f := NewFinder("")
		f.Find(folded, nil)
		found := f.Relations()
		covers(t, c.text, "gains", folded, found.Gains, c.gains)
		covers(t, c.text, "yields", folded, found.Yields, c.yields)
		covers(t, c.text, "tiers", folded, found.Tiers, c.tiers)
	}
}

func covers(t *testing.T, text, what string, folded *fold.Text, got []source.Span, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%q: %d %s, want %d: %v", text, len(got), what, len(want), got)
		return
	}
	for i, s := range got {
		if raw := folded.RawSpan(s); text[raw.Start:raw.End] != want[i] {
			t.Errorf("%q: %s %d covers %q, want %q", text, what, i, text[folded.RawSpan(s).Start:folded.RawSpan(s).End], want[i])
		}
	}
}
