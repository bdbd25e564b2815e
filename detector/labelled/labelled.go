package labelled

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hookline/hookline/detector/marked"
	"github.com/hookline/hookline/detector/message"
)

// Case is one labelled conversation or advert.
type Case struct {
	Path     string `yaml:"-"`
	Label    string `yaml:"label"`    // scam, benign, at_risk
	Category string `yaml:"category"` // of the taxonomy; benign for benign
	Lang     string `yaml:"lang"`
	Group    string `yaml:"group"` // script family: cases of one group are near each other
	Kind     string `yaml:"kind"`  // chat, sms, email, post, advert; chat if absent
	Note     string `yaml:"note"`  // why the case is there

	Title    string `yaml:"title"` // of an advert
	Company  string `yaml:"company"`
	Location string `yaml:"location"`
	Salary   string `yaml:"salary"`
	Apply    string `yaml:"apply"`

	Turns []Turn `yaml:"turns"`

	body string // of the file
}

// Turn is one message of a case.
type Turn struct {
	Who       string        `yaml:"who"`
	Role      string        `yaml:"role"`
	At        string        `yaml:"at"` // RFC 3339
	Stage     string        `yaml:"stage"`
	AsksMoney bool          `yaml:"asks_money"`
	Text      string        `yaml:"text"` // after reading: without marks
	Marks     []marked.Mark `yaml:"-"`    // by rule id; spans are bytes of Text
}

// HeldOut is the subfolder of the cases that only measure: Walk leaves it out,
// so nothing is compared with them or fitted to them unless it is walked itself.
const HeldOut = "heldout"

// Walk reads every case of a folder, in the order of their paths, and stops at
// the first fault or error of visit. It leaves out the samples and what is held
// out.
func Walk(folder fs.FS, visit func(Case) error) error {
	return fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name == "samples" || name == HeldOut {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".yaml" {
			return nil
		}
		c, err := Read(folder, name)
		if err != nil {
			return err
		}
		return visit(c)
	})
}

// Read reads one case.
func Read(folder fs.FS, name string) (Case, error) {
	body, err := fs.ReadFile(folder, name)
	if err != nil {
		return Case{}, err
	}
	c := Case{Path: name, body: string(body)}
	decoder := yaml.NewDecoder(bytes.NewReader(body))
	decoder.KnownFields(true)
	if err := decoder.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
		return c, fmt.Errorf("%s: %w", name, err)
	}
	for i := range c.Turns {
		t := &c.Turns[i]
		if t.Text, t.Marks, err = marked.Parse(strings.TrimSpace(t.Text)); err != nil {
			return c, fmt.Errorf("%s: turn %d: %w", name, i+1, err)
		}
	}
	return c, c.check()
}

func (c *Case) check() error {
	switch {
	case c.Label != "scam" && c.Label != "benign" && c.Label != "at_risk":
		return fmt.Errorf("%s: label %q is not scam, benign or at_risk", c.Path, c.Label)
	case c.Category == "" || c.Lang == "" || c.Group == "":
		return fmt.Errorf("%s: category, lang and group must be given", c.Path)
	case len(c.Turns) == 0:
		return fmt.Errorf("%s: no turns", c.Path)
	}
	for i, t := range c.Turns {
		if _, err := message.ParseTime(t.At); err != nil {
			return fmt.Errorf("%s: turn %d: %w", c.Path, i+1, err)
		}
		if _, ok := message.ParseRole(t.Role); !ok && t.Role != "" {
			return fmt.Errorf("%s: turn %d: unknown role %q", c.Path, i+1, t.Role)
		}
	}
	return nil
}

// Name is the case's path without its ending.
func (c *Case) Name() string { return strings.TrimSuffix(c.Path, path.Ext(c.Path)) }

// Messages returns the case as a labelled thread.
func (c *Case) Messages() []message.Message {
	all := make([]message.Message, len(c.Turns))
	for i, t := range c.Turns {
		sent, _ := message.ParseTime(t.At)
		role, ok := message.ParseRole(t.Role)
		if !ok {
			role, _ = message.ParseRole(t.Who)
		}
		m := message.Message{
			ID: "m" + strconv.Itoa(i+1), Thread: c.Name(), Namespace: "corpus", Sender: t.Who, Role: role,
			Seq: int64(i + 1), HasSeq: true, Sent: sent, Text: t.Text, Kind: message.Kind(c.Kind), Source: c.Path,
			Position: int64(i),
			Labels: &message.Labels{
				Label: c.Label, Category: c.Category, Lang: c.Lang, Stage: t.Stage, AsksMoney: t.AsksMoney, Cluster: c.Group,
			},
		}
		if c.Kind == string(message.JobAdvert) {
			m.Advert = &message.Advert{Title: c.Title, Company: c.Company, Location: c.Location, Salary: c.Salary, Apply: c.Apply}
			m.Text = c.advertText(t.Text)
		}
		all[i] = m
	}
	return all
}

// advertText is the text of an advert as the contract has it: title, company,
// location, salary, description, apply line, one a line.
func (c *Case) advertText(description string) string {
	var lines []string
	for _, line := range []string{c.Title, c.Company, c.Location, c.Salary, description, c.Apply} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// ScammerText joins what the reporter of the case did not write.
func (c *Case) ScammerText() string {
	var lines []string
	for _, m := range c.Messages() {
		if m.Role != message.Reporter {
			lines = append(lines, m.Text)
		}
	}
	return strings.Join(lines, "\n")
}
