package detector

import (
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// Verdict is the answer for a thread. Its fields are those of the contract, in
// its order; all but Messages and Languages follow from the thread's Matches.
type Verdict struct {
	Schema        int                  `json:"schema"`
	Rules         string               `json:"rules"`
	Source        string               `json:"source"`
	Thread        string               `json:"thread"`
	Message       string               `json:"message,omitempty"` // of a verdict about one message
	Messages      int                  `json:"messages"`          // counted by the reader
	Score         float64              `json:"score"`
	Logit         score.Weight         `json:"logit"`
	Bias          score.Weight         `json:"bias"`
	Band          rule.Band            `json:"band"`
	BandReason    []string             `json:"band_reason"`
	Queue         rule.Queue           `json:"queue"`
	Also          []rule.Queue         `json:"also,omitempty"`
	Action        string               `json:"action"`
	Priority      int                  `json:"priority"`
	Risk          Risk                 `json:"risk"`
	Categories    map[string]float64   `json:"categories"`
	Tags          []string             `json:"tags"`
	Stage         string               `json:"stage,omitempty"`
	Next          string               `json:"next,omitempty"`
	Stages        []Stage              `json:"stages,omitempty"`
	FirstAlert    *Alert               `json:"first_alert,omitempty"`
	Language      string               `json:"language,omitempty"`
	Languages     Languages            `json:"languages,omitempty"` // counted by the reader
	Evidence      []Evidence           `json:"evidence"`
	Opposing      []Evidence           `json:"opposing,omitempty"`
	Contributions []score.Contribution `json:"contributions"`
	Resembles     []Resembling         `json:"resembles,omitempty"`
	Identifiers   []Identifier         `json:"identifiers,omitempty"`
	Notes         []string             `json:"notes,omitempty"`
	Sender        string               `json:"sender,omitempty"` // whose words weigh most

	// Key is the thread's, for those who keep its messages; a scan sets it.
	Key message.Key `json:"-"`
}

// Risk holds the parts of a verdict's priority, each from 0 to 4.
type Risk struct {
	Stage  int `json:"stage"`
	Loss   int `json:"loss"`
	Person int `json:"person"`
}

// Stage is the first time a thread was seen in a stage of its script.
type Stage struct {
	Stage   string       `json:"stage"`
	Message string       `json:"message"`
	Sent    message.Time `json:"sent,omitzero"`
}

// Alert is the message at which a thread, read so far, first was an alert.
type Alert struct {
	Message string       `json:"message"`
	Sent    message.Time `json:"sent,omitzero"`
	Band    rule.Band    `json:"band"`
}

// Evidence is a match that a verdict rests on. Start and End are byte offsets
// in the message's text as exported.
type Evidence struct {
	Rule    string       `json:"rule"`
	Message string       `json:"message"`
	Start   int          `json:"start"`
	End     int          `json:"end"`
	Text    string       `json:"text"`
	View    string       `json:"view"`
	Role    string       `json:"role"`
	Act     string       `json:"act"`
	Weight  score.Weight `json:"weight"`
}

// Resembling is a known script and how like it the thread is, from 0 to 1.
type Resembling struct {
	Script     string  `json:"script"`
	Similarity float64 `json:"similarity"`
}

// Identifier is a wallet, link, handle, phone or account found in a thread.
// Valid says that its checksum or numbering plan holds.
type Identifier struct {
	Type    string `json:"type"`
	Value   string `json:"value"`
	Message string `json:"message"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Valid   bool   `json:"valid"`
}
