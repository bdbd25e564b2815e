package workload

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing/fstest"
)

// Phrases are the first of those that generated rules look for: lines for
// messages that are to match. They are the same ones each time.
func Phrases() []string { return phrases(200) }

// phrases makes phrases of two to six words that are neither very frequent nor
// rare.
func phrases(count int) []string {
	r := rand.New(rand.NewPCG(phraseSeed, 0))
	words := newVocabulary(English, r).words
	all := make([]string, count)
	for i := range all {
		phrase := make([]string, 2+r.IntN(5))
		for k := range phrase {
			phrase[k] = words[80+r.IntN(1400)]
		}
		all[i] = strings.Join(phrase, " ")
	}
	return all
}

const phraseSeed = 7

// Rules is a folder of generated rules with so many phrases each.
func Rules(rules, each int) fstest.MapFS {
	all := phrases(rules * each)
	folder := fstest.MapFS{}
	for i := range rules {
		name := fmt.Sprintf("r%05d", i)
		body := fmt.Sprintf("id: crypto_fraud.load.%s\ntitle: Rule %d\nstage: pitch\nweight: weak\npatterns:\n  p:\n    en: [%q", name, i, all[i*each])
		for _, p := range all[i*each+1 : (i+1)*each] {
			body += fmt.Sprintf(", %q", p)
		}
		folder["crypto_fraud/load/"+name+".yaml"] = &fstest.MapFile{Data: []byte(body + "]\n")}
	}
	return folder
}
