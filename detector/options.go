package detector

// Options of a Detector. The zero Options are usable.
type Options struct {
	// Name is printed before the hash of the rule set, as in
	// builtin-1.0+sha256:…; empty for the hash alone.
	Name string
	// Region is the country (ISO 3166) whose phone numbers are written
	// without a country code; empty for none.
	Region string
	// BaseRate is the share of scams among what is scanned, between 0 and 1;
	// 0 stands for the one that the weights were fitted for.
	BaseRate float64
	// Snapshot is what the Snapshot method of a detector of the same rule set
	// and build returned, which makes a fiftieth of the work; nil to compile the
	// rules. It is kept and not changed.
	Snapshot []byte
	// Language names the language of a text; nil leaves it to what Annotate is
	// told.
	Language Language
	// Resemblance names the known scripts nearest to a text; nil for none.
	Resemblance Resemblance
}

// Language tells languages apart. It must be safe for concurrent use.
type Language interface {
	// Identify returns the ISO 639-1 code of a text's language, or "und". Where
	// the text is of no alert, few will read the answer, and it had better be
	// cheap.
	Identify(text string, alert bool) string
}

// Resemblance knows scripts. It must be safe for concurrent use.
type Resemblance interface {
	// Nearest returns the known scripts most like a text, best first, at most
	// three.
	Nearest(text string) []Resembling
}
