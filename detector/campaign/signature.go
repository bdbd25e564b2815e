package campaign

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/identifier"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/source"
	"github.com/hookline/hookline/detector/token"
)

// Thread is what a signature is made from.
type Thread struct {
	Key   string // unique
	Name  string
	Texts []Text
}

// Text is a message of a thread.
type Text struct {
	Text string
	Sent time.Time // zero if unknown
}

// NewThread is what a campaign may be found by in a conversation: not what the
// reporter wrote, nor notices of the platform.
func NewThread(key, name string, messages []message.Message) Thread {
	t := Thread{Key: key, Name: name}
	for i := range messages {
		m := &messages[i]
		if m.Role == message.Reporter || !m.Scored() {
			continue
		}
		var sent time.Time
		if !m.Sent.IsZero() {
			sent = m.Sent.Clock()
		}
		t.Texts = append(t.Texts, Text{Text: m.Text, Sent: sent})
	}
	return t
}

// Signature is as little of a thread as finding campaigns needs.
type Signature struct {
	Key, Name   string
	First, Last time.Time // zero if unknown
	Identifiers []Identifier
	wordings    []wording
}

// Identifier is something that ties threads together.
type Identifier struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// wording is a message as its pairs of neighbouring words.
type wording struct {
	pairs []uint64 // hashes, sorted
	text  string   // its beginning, for show
}

// Bounds of a signature.
const (
	MinWords    = 8  // of a message, for its wording to count
	maxWordings = 16 // of a thread: its longest messages
	maxPairs    = 256
	maxShown    = 300 // bytes
)

// Sketcher makes signatures. It is scratch memory for one goroutine.
type Sketcher struct {
	folder fold.Folder
	tokens token.Tokenizer
	finder *identifier.Finder
	found  []identifier.Identifier
	words  []uint64
}

// NewSketcher returns a sketcher that reads phone numbers without country code
// as those of a region.
func NewSketcher(region string) *Sketcher { return &Sketcher{finder: identifier.NewFinder(region)} }

// Sketch makes a thread's signature.
func (k *Sketcher) Sketch(t Thread) *Signature {
	s := &Signature{Key: t.Key, Name: t.Name}
	for _, text := range t.Texts {
		s.date(text.Sent)
		k.text(s, text.Text)
	}
	slices.SortFunc(s.Identifiers, compareIdentifiers)
	s.Identifiers = slices.Compact(s.Identifiers)
	if len(s.wordings) > maxWordings {
		slices.SortStableFunc(s.wordings, func(a, b wording) int { return cmp.Compare(len(b.pairs), len(a.pairs)) })
		s.wordings = s.wordings[:maxWordings]
	}
	return s
}

func compareIdentifiers(a, b Identifier) int {
	return cmp.Or(strings.Compare(a.Type, b.Type), strings.Compare(a.Value, b.Value))
}

func (s *Signature) date(sent time.Time) {
	if sent.IsZero() {
		return
	}
	if s.First.IsZero() || sent.Before(s.First) {
		s.First = sent
	}
	if sent.After(s.Last) {
		s.Last = sent
	}
}

func (k *Sketcher) text(s *Signature, raw string) {
	text := k.folder.Fold(raw)
	k.found = k.finder.Find(text, k.found[:0])
	for i := range k.found {
		if id, ok := tie(&k.found[i]); ok {
			s.Identifiers = append(s.Identifiers, id)
		}
	}
	if pairs := k.pairs(text); pairs != nil {
		s.wordings = append(s.wordings, wording{pairs, clip(raw)})
	}
}

func clip(text string) string {
	if len(text) > maxShown {
		text = strings.ToValidUTF8(text[:maxShown], "") + "…"
	}
	return strings.Clone(text)
}

// pairs are the neighbouring words of a text that are no numbers and no part
// of an identifier; nil for too short a text.
func (k *Sketcher) pairs(text *fold.Text) []uint64 {
	stream := k.tokens.Tokenize(text)
	k.words = k.words[:0]
	units := 0
	next := 0
	for i := range stream.Tokens {
		t := &stream.Tokens[i]
		for next < len(k.found) && k.found[next].Span.End <= int(t.Start) {
			next++
		}
		if t.Units == 0 || next < len(k.found) && overlaps(k.found[next].Span, t) || digit(stream.Word(i)) {
			continue
		}
		units += int(t.Units)
		k.words = append(k.words, hash(stream.Word(i)))
	}
	if units < 2*MinWords {
		return nil
	}
	pairs := make([]uint64, 0, len(k.words))
	for i := 1; i < len(k.words) && i <= maxPairs; i++ {
		pairs = append(pairs, mix(k.words[i-1]*3+k.words[i]))
	}
	slices.Sort(pairs)
	return slices.Compact(pairs)
}

func overlaps(s source.Span, t *token.Token) bool {
	return s.Start < int(t.End) && int(t.Start) < s.End
}

func digit(word []byte) bool {
	return slices.ContainsFunc(word, func(c byte) bool { return '0' <= c && c <= '9' })
}

// hash is FNV-1a, mixed: the same in every run, so that campaigns are.
func hash(word []byte) uint64 {
	h := uint64(0xcbf29ce484222325)
	for _, c := range word {
		h = (h ^ uint64(c)) * 0x100000001b3
	}
	return mix(h)
}

// mix is the finaliser of SplitMix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// tie is what an identifier ties threads together by.
func tie(id *identifier.Identifier) (Identifier, bool) {
	switch id.Kind {
	case identifier.Wallet, identifier.Account:
		return Identifier{id.Type, strings.Clone(id.Value)}, id.Valid && id.Type != "card"
	case identifier.Phone, identifier.Email, identifier.Handle:
		return Identifier{id.Type, strings.Clone(id.Value)}, true
	case identifier.URL:
		return domain(id.Value)
	default:
		return Identifier{}, false
	}
}

// everybodys are domains that unrelated people link to: of them, the whole
// link ties.
var everybodys = set(`google.com youtube.com youtu.be facebook.com fb.com instagram.com whatsapp.com wa.me t.me
	telegram.org telegram.me twitter.com x.com tiktok.com linkedin.com lnkd.in reddit.com wikipedia.org amazon.com
	apple.com microsoft.com live.com office.com outlook.com yahoo.com gmail.com goo.gl bit.ly tinyurl.com zoom.us
	paypal.com binance.com coinbase.com etherscan.io tronscan.org line.me lin.ee weixin.qq.com qq.com weibo.com
	bilibili.com baidu.com taobao.com discord.gg discord.com spotify.com netflix.com github.com medium.com
	forms.gle indeed.com airbnb.com booking.com ebay.com shopee.sg lazada.sg trustpilot.com viber.com zalo.me`)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(words) {
		all[word] = true
	}
	return all
}

// domain is the registered domain of a link; the whole link where the domain
// is everybody's.
func domain(link string) (Identifier, bool) {
	_, rest, ok := strings.Cut(link, "://")
	if !ok {
		rest = link
	}
	host := rest
	if cut := strings.IndexAny(rest, "/?#"); cut >= 0 {
		host = rest[:cut]
	}
	host = strings.TrimPrefix(host, "www.")
	registered, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		registered = host // an address in numbers, or a suffix itself
	}
	if registered == "" {
		return Identifier{}, false
	}
	if everybodys[registered] {
		if rest = strings.TrimRight(rest, "/"); len(rest) <= len(host) {
			return Identifier{}, false
		}
		return Identifier{"url", strings.Clone(rest)}, true
	}
	return Identifier{"domain", strings.Clone(registered)}, true
}
