package rule_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/rule"
)

// BenchmarkLoad reads a hundred rules of the size of the shipped ones.
func BenchmarkLoad(b *testing.B) {
	files := validFolder()
	size := 0
	for i := range 100 {
		name := fmt.Sprintf("r%02d", i)
		body := largeRule("fake_job.fee." + name)
		files["fake_job/fee/"+name+".yaml"] = body
		size += len(body)
	}
	fsys := folder(files)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		_, err := rule.Load(fsys)
		require.NoError(b, err)
	}
}

func largeRule(id string) string {
	body := "id: " + id + "\ntitle: " + id + "\nstage: pitch\nweight: weak\npatterns:\n"
	for _, name := range []string{"task", "pay", "time"} {
		body += "  " + name + ":\n"
		for _, lang := range []string{"en", "es", "pt", "id", "vi", "th", "tl", "hi", "ja", "ko", "ru", "ar", "fr", "de"} {
			body += "    " + lang + `: ["(gana*|gane*|ganar|cobra*|te pagan|pagan) [dinero|plata] [..2] (por|con|dando) .. <money>", ` +
				`"(хакер|взлом*|вернуть) .. [мои] (деньги|средства*)", "点赞 ..3 (佣金|日结)", "remote access"]` + "\n"
		}
	}
	return body + "tests:\n  match: [\"⟦pay|remote access⟧ now\"]\n"
}

// BenchmarkLoadShipped reads the built-in rules as a scan does.
func BenchmarkLoadShipped(b *testing.B) {
	fsys := os.DirFS("../../rules")
	b.ReportAllocs()
	for b.Loop() {
		_, err := rule.LoadFolders(rule.Folder{FS: fsys, Untested: true, Fixed: true})
		require.NoError(b, err)
	}
}

// BenchmarkLoadKnown is BenchmarkLoadShipped of rules that were read before.
func BenchmarkLoadKnown(b *testing.B) {
	fsys := os.DirFS("../../rules")
	set, err := rule.LoadFolders(rule.Folder{FS: fsys, Untested: true, Fixed: true})
	require.NoError(b, err)
	brief := set.Brief()
	b.SetBytes(int64(len(brief)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := rule.LoadKnown(func(string) []byte { return brief }, rule.Folder{FS: fsys, Untested: true, Fixed: true})
		require.NoError(b, err)
	}
}
