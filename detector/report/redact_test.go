package report_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/score"
)

func TestRedactorHidesWhoIsWho(t *testing.T) {
	r := report.NewRedactor("")
	names := []string{"Lena Fischer", "李娜"}
	for _, row := range [][2]string{
		{"Hi, this is Lena", "Hi, this is [person 1]"},
		{"Lena Fischer wrote, Fischer said", "[person 1] wrote, [person 1] said"},
		{"Lenard is somebody else", "Lenard is somebody else"},
		{"我是李娜，你好", "我是[person 2]，你好"},
		{"call +44 7700 900123 now", "call [phone 1] now"},
		{"call +44 7700 900123, or mail a.b@mail.example", "call [phone 1], or mail [email 1]"},
		{"code 12-34-56 of 2026", "code [number 1] of 2026"},
		{"send 500 USDT today", "send 500 USDT today"},
		{"", ""},
	} {
		require.Equal(t, row[1], redactInOrder(r, row[0], names), row[0])
	}
}

// redactInOrder gives a redactor the people in the order of their numbers.
func redactInOrder(r *report.Redactor, text string, names []string) string {
	for _, name := range names {
		r.Person(name)
	}
	return r.Text(text, names)
}

func TestRedactedVerdictKeepsItsPositions(t *testing.T) {
	v := verdict("Ann Lee, +44 7700 900123")
	v.Sender, v.Evidence[0].Start, v.Evidence[0].End = "Ann Lee", 3, 27
	v.FirstAlert = &detector.Alert{Message: "Ann Lee"}
	hidden := report.NewRedactor("").Verdict(&v, []string{"Ann Lee"})
	require.Equal(t, "[person 1]", hidden.Sender)
	require.Equal(t, "[person 1], [phone 1]", hidden.Thread)
	require.Equal(t, "[person 1], [phone 1]", hidden.Evidence[0].Text)
	require.Equal(t, []int{3, 27}, []int{hidden.Evidence[0].Start, hidden.Evidence[0].End})
	require.Equal(t, "[person 1]", hidden.FirstAlert.Message)
	require.Equal(t, "Ann Lee", v.FirstAlert.Message, "the original is not touched")
	require.Equal(t, []score.Contribution(v.Contributions), hidden.Contributions)
}
