package identifier

import (
	"slices"
	"sync"
)

// tables are the word lists, built once and only read.
type tables struct {
	seeds      *seedList
	hints      *lexicon[hint]
	platforms  *lexicon[platform]
	connectors *lexicon[cue]
	stops      *lexicon[struct{}]
	mentions   *lexicon[struct{}]
	scales     *lexicon[scale]
	currencies *lexicon[currency]
	signs      *lexicon[currency] // backward
	units      *lexicon[unit]
	per        *lexicon[struct{}]
	periods    *lexicon[string]
	wages      *lexicon[wage] // backward
	fillers    *lexicon[struct{}]
	ranges     *lexicon[struct{}]
	of         *lexicon[struct{}]
	leastLabel *lexicon[int]
	providers  *lexicon[struct{}]

	following, preceding keySet // what may stand after and before an amount
}

var sharedTables = sync.OnceValue(func() *tables {
	t := &tables{
		seeds:      sharedSeeds(),
		hints:      newLexicon(false, hintRows, func(a, b hint) hint { return a | b }),
		platforms:  newLexicon(false, platformRows, nil),
		connectors: newLexicon(false, connectorRows, nil),
		stops:      newLexicon(false, stopWordRows, nil),
		mentions:   newLexicon(false, mentionStopRows, nil),
		scales:     newLexicon(false, scaleRows, nil),
		currencies: newLexicon(false, currencyRows, nil),
		signs:      newLexicon(true, slices.Concat(currencyRows, signRows), nil),
		units:      newLexicon(false, unitRows, nil),
		per:        newLexicon(false, perRows, nil),
		periods:    newLexicon(false, periodRows, nil),
		wages:      newLexicon(true, wageRows, nil),
		fillers:    newLexicon(true, fillerRows, nil),
		ranges:     newLexicon(false, rangeRows, nil),
		of:         newLexicon(false, ofRows, nil),
		leastLabel: newLexicon(false, leastLabelRows, nil),
		providers:  newLexicon(false, providerRows, nil),
	}
	for _, s := range []*keySet{&t.scales.keys, &t.currencies.keys, &t.units.keys, &t.ranges.keys, &t.per.keys, &t.periods.keys} {
		t.following.join(s)
	}
	for _, s := range []*keySet{&t.signs.keys, &t.wages.keys, &t.fillers.keys} {
		t.preceding.join(s)
	}
	return t
})
