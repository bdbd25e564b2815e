package message

// Message is one thing somebody wrote, as a reader found it.
type Message struct {
	// ID names the message within its thread. Readers of exports without ids
	// set ContentID.
	ID string
	// Thread names the conversation; empty means a thread of its own, which
	// then bears the message's id (see ThreadID).
	Thread string
	// Namespace keeps equal thread names of different exports apart.
	Namespace string

	Sender string
	Role   Role
	Seq    int64 // position in the thread, meaningful where HasSeq
	HasSeq bool
	Sent   Time
	Text   string // as exported; evidence spans are byte ranges of it
	Kind   Kind
	Advert *Advert

	// Source says where the message was read: file, member of an archive,
	// line. Position is its ordinal in that source.
	Source   string
	Position int64

	System  bool   // a notice of the platform, never scored
	Media   string // MIME type of an entry without words, never scored
	Deleted bool   // a placeholder of a removed message, never scored

	Labels *Labels
}

// Advert holds what a job advert says apart from its text.
type Advert struct {
	Title, Company, Location, Salary, Apply string
}

// Labels is what a labelled row knows about a message; no rule sees it.
type Labels struct {
	Label     string // scam, benign, at_risk
	Category  string
	Lang      string // the row's true language
	Stage     string
	AsksMoney bool
	Cluster   string // near-duplicate campaign
	Fields    map[string]string
}

// ThreadID is the name of the message's conversation.
func (m *Message) ThreadID() string {
	if m.Thread == "" {
		return m.ID
	}
	return m.Thread
}

// Scored says whether the message carries words that a person wrote.
func (m *Message) Scored() bool { return !m.System && !m.Deleted && m.Media == "" }

// Kind is the sort of thing a message is.
type Kind string

// The kinds of CONTRACT; the zero Kind is read as Chat.
const (
	Chat      Kind = "chat"
	SMS       Kind = "sms"
	Email     Kind = "email"
	Post      Kind = "post"
	JobAdvert Kind = "advert"
)

// Role is who wrote a message, seen from the person who handed it over.
type Role uint8

// The roles. A sender called exactly "counterparty" or "reporter" has that role.
const (
	Unknown Role = iota
	Counterparty
	Reporter
)

var roleNames = [...]string{"unknown", "counterparty", "reporter"}

// String is the contract's word for the role.
func (r Role) String() string { return roleNames[min(int(r), len(roleNames)-1)] }

// ParseRole reads the contract's word; ok is false for any other.
func ParseRole(word string) (role Role, ok bool) {
	for i, name := range roleNames {
		if name == word {
			return Role(i), true
		}
	}
	return Unknown, false
}

// Field is a label by the name it has in JSON; "" where there is none.
func (l *Labels) Field(name string) string {
	switch name {
	case "label":
		return l.Label
	case "category":
		return l.Category
	case "lang":
		return l.Lang
	case "stage":
		return l.Stage
	case "cluster":
		return l.Cluster
	default:
		return l.Fields[name]
	}
}
