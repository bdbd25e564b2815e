package rule

import (
	"fmt"
	"slices"
)

// Stage is a step of a scammer's script. The order of the constants is the
// order of the script; the workforce side (RecruitAdvert … Distress) is a
// script of its own.
type Stage uint8

// The stages of the taxonomy. AnyStage says nothing about the script's progress.
const (
	AnyStage Stage = iota
	Contact
	Rapport
	PlatformMove
	Pitch
	Onboarding
	Proof
	Escalation
	Extraction
	LockIn
	Coercion
	Exit
	Revictimisation
	RecruitAdvert
	RecruitScreen
	RecruitTravel
	Control
	Distress
)

var stageNames = []string{
	AnyStage: "any", Contact: "contact", Rapport: "rapport", PlatformMove: "platform_move",
	Pitch: "pitch", Onboarding: "onboarding", Proof: "proof", Escalation: "escalation",
	Extraction: "extraction", LockIn: "lock_in", Coercion: "coercion", Exit: "exit",
	Revictimisation: "revictimisation", RecruitAdvert: "recruit_advert",
	RecruitScreen: "recruit_screen", RecruitTravel: "recruit_travel", Control: "control",
	Distress: "distress",
}

// Class is the strength of evidence that an indicator gives by itself.
type Class uint8

// The classes of the taxonomy, weakest first. Context rules give no evidence.
const (
	Context Class = iota
	Weak
	Medium
	Strong
)

var classNames = []string{Context: "context", Weak: "weak", Medium: "medium", Strong: "strong"}

// Queue is the reviewers' queue that a verdict goes to. The greater of two
// queues is the one that is served first.
type Queue uint8

// The queues, least urgent first.
const (
	NoQueue Queue = iota
	Scammer
	Recruiter
	Victim
	Crisis
	Safety
	Child
)

var queueNames = []string{
	NoQueue: "none", Scammer: "scammer", Recruiter: "recruiter", Victim: "victim",
	Crisis: "crisis", Safety: "safety", Child: "child",
}

// Act is the speech act that a match is taken for until its sentence says
// otherwise.
type Act uint8

// The speech acts.
const (
	Statement Act = iota
	Offer
	Demand
	Plea
	Story
)

var actNames = []string{
	Statement: "statement", Offer: "offer", Demand: "demand", Plea: "plea", Story: "story",
}

// Effect is what a match of a context rule does to scam matches near it.
type Effect uint8

// The effects; see DESIGN, "Context rules". Negate acts on its clause, Quote
// on its block, Void on its message, and Uphold cancels every Void there.
const (
	NoEffect Effect = iota
	Negate
	Quote
	Void
	Uphold
)

var effectNames = []string{
	NoEffect: "none", Negate: "negate", Quote: "quote", Void: "void", Uphold: "uphold",
}

// Status is where a rule stands in its life. Experimental rules are reported
// and score 0.
type Status uint8

// The statuses. Stable is the default.
const (
	Stable Status = iota
	Testing
	Experimental
	Deprecated
)

var statusNames = []string{
	Stable: "stable", Testing: "test", Experimental: "experimental", Deprecated: "deprecated",
}

// Scope is the stretch of a thread within which a condition must hold.
type Scope uint8

// The scopes, narrowest first. SenderScope is all messages of one sender in
// the thread.
const (
	ClauseScope Scope = iota
	MessageScope
	SenderScope
	ThreadScope
)

var scopeNames = []string{
	ClauseScope: "clause", MessageScope: "message", SenderScope: "sender", ThreadScope: "thread",
}

// Band is how urgent a human look is. The greater of two bands is the more
// urgent one.
type Band uint8

// The bands, least urgent first; NoBand is "not said".
const (
	NoBand Band = iota
	P4
	P3
	P2
	P1
	P0
)

var bandNames = []string{NoBand: "", P4: "P4", P3: "P3", P2: "P2", P1: "P1", P0: "P0"}

// Op is the operator of a condition.
type Op uint8

// The operators. Ref is a leaf: a pattern's name, or in a composite a [Ref].
const (
	OpRef Op = iota
	OpAll
	OpAny
	OpNone
	OpAtLeast
	OpNear
	OpThen
)

var opNames = []string{
	OpRef: "pattern", OpAll: "all", OpAny: "any", OpNone: "none", OpAtLeast: "at_least",
	OpNear: "near", OpThen: "then",
}

func nameOf[E ~uint8](names []string, e E) string {
	if int(e) >= len(names) {
		return fmt.Sprintf("(%d)", uint8(e))
	}
	return names[e]
}

func textOf[E ~uint8](names []string, what string, e E) ([]byte, error) {
	if int(e) >= len(names) {
		return nil, fmt.Errorf("unknown %s (%d)", what, uint8(e))
	}
	return []byte(names[e]), nil
}

func parseText[E ~uint8](names []string, what string, text []byte, e *E) error {
	i := slices.Index(names, string(text))
	if i < 0 {
		return fmt.Errorf("unknown %s %q", what, text)
	}
	*e = E(i)
	return nil
}

// String is the name of the stage in rule files and verdicts.
func (s Stage) String() string { return nameOf(stageNames, s) }

// MarshalText is [Stage.String] for encoders.
func (s Stage) MarshalText() ([]byte, error) { return textOf(stageNames, "stage", s) }

// UnmarshalText reads a stage's name.
func (s *Stage) UnmarshalText(text []byte) error { return parseText(stageNames, "stage", text, s) }

// String is the name of the class in rule files.
func (c Class) String() string { return nameOf(classNames, c) }

// MarshalText is [Class.String] for encoders.
func (c Class) MarshalText() ([]byte, error) { return textOf(classNames, "weight", c) }

// UnmarshalText reads a class's name.
func (c *Class) UnmarshalText(text []byte) error { return parseText(classNames, "weight", text, c) }

// String is the name of the queue in rule files and verdicts.
func (q Queue) String() string { return nameOf(queueNames, q) }

// MarshalText is [Queue.String] for encoders.
func (q Queue) MarshalText() ([]byte, error) { return textOf(queueNames, "queue", q) }

// UnmarshalText reads a queue's name.
func (q *Queue) UnmarshalText(text []byte) error { return parseText(queueNames, "queue", text, q) }

// String is the name of the act in rule files and verdicts.
func (a Act) String() string { return nameOf(actNames, a) }

// MarshalText is [Act.String] for encoders.
func (a Act) MarshalText() ([]byte, error) { return textOf(actNames, "act", a) }

// UnmarshalText reads an act's name.
func (a *Act) UnmarshalText(text []byte) error { return parseText(actNames, "act", text, a) }

// String is the name of the effect in rule files.
func (e Effect) String() string { return nameOf(effectNames, e) }

// MarshalText is [Effect.String] for encoders.
func (e Effect) MarshalText() ([]byte, error) { return textOf(effectNames, "effect", e) }

// UnmarshalText reads an effect's name.
func (e *Effect) UnmarshalText(text []byte) error { return parseText(effectNames, "effect", text, e) }

// String is the name of the status in rule files.
func (s Status) String() string { return nameOf(statusNames, s) }

// MarshalText is [Status.String] for encoders.
func (s Status) MarshalText() ([]byte, error) { return textOf(statusNames, "status", s) }

// UnmarshalText reads a status's name.
func (s *Status) UnmarshalText(text []byte) error { return parseText(statusNames, "status", text, s) }

// String is the name of the scope in rule files.
func (s Scope) String() string { return nameOf(scopeNames, s) }

// MarshalText is [Scope.String] for encoders.
func (s Scope) MarshalText() ([]byte, error) { return textOf(scopeNames, "scope", s) }

// UnmarshalText reads a scope's name.
func (s *Scope) UnmarshalText(text []byte) error { return parseText(scopeNames, "scope", text, s) }

// String is the name of the band in rule files and verdicts.
func (b Band) String() string { return nameOf(bandNames, b) }

// MarshalText is [Band.String] for encoders.
func (b Band) MarshalText() ([]byte, error) { return textOf(bandNames, "band", b) }

// UnmarshalText reads a band's name.
func (b *Band) UnmarshalText(text []byte) error { return parseText(bandNames, "band", text, b) }

// String is the operator's key in rule files.
func (o Op) String() string { return nameOf(opNames, o) }

// MarshalText is [Op.String] for encoders.
func (o Op) MarshalText() ([]byte, error) { return textOf(opNames, "operator", o) }

// UnmarshalText reads an operator's key.
func (o *Op) UnmarshalText(text []byte) error { return parseText(opNames, "operator", text, o) }
