package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

//go:embed testdata/yara.c
var yaraProgram []byte

//go:embed testdata/hyperscan.c
var hyperscanProgram []byte

//go:embed testdata/spamassassin.pl
var spamAssassinProgram []byte

// peers are all, hookline first.
func peers() []*peer {
	const c, utf8 = "LC_ALL=C", "LC_ALL=C.UTF-8"
	return []*peer{
		hookline(),
		lines("grep", c, "-F", "-i", "-c"),
		lines("grep", c, "-F", "-i", "-w", "-c"),
		slow(lines("grep", utf8, "-F", "-i", "-c"), 1000),
		lines("rg", c, "-j1", "-F", "-c"),
		slow(lines("rg", c, "-j1", "-F", "-i", "-c"), 1000),
		lines("ugrep", c, "-J1", "-F", "-i", "-c"),
		compiled("hyperscan, a call a message", "hs", `caseless, word boundaries; no names, no score`, hyperscanProgram, func(l *load) (string, error) { return filepath.Join(l.folder, "phrases"), nil }),
		slow(compiled("libyara, a call a message", "yara", "caseless, whole words, names of rules; no score", yaraProgram, yaraRules), 10_000),
		rspamd(),
		spamAssassin(false),
		spamAssassin(true),
	}
}

func slow(p *peer, messages int) *peer {
	p.messages = messages
	return p
}

func hookline() *peer {
	return &peer{
		name: "`GOMAXPROCS=1 hookline scan --workers 1`", messages: messages,
		work:  "JSONL decoded, text folded, words, identifiers, language, names of rules, evidence, score, JSONL written",
		needs: []string{"go"},
		setup: func(l *load) error {
			_, _, err := command(nil, "go", "build", "-o", filepath.Join(l.folder, "hookline"), "./cmd/hookline")
			return err
		},
		run: func(l *load, n int) (m measure, err error) {
			in, out := filepath.Join(l.folder, fmt.Sprintf("%d.jsonl", n)), filepath.Join(l.folder, "verdicts")
			if err := os.WriteFile(in, append(bytes.Join(l.lines[:n], []byte("\n")), '\n'), 0o600); err != nil {
				return m, err
			}
			m.used, _, err = command([]string{"GOMAXPROCS=1"}, filepath.Join(l.folder, "hookline"), "scan", "--rules", filepath.Join(l.folder, "rules"),
				"--format", "jsonl", "--workers", "1", "--output", out, in)
			if err != nil {
				return m, err
			}
			verdicts, err := os.ReadFile(out)
			for line := range bytes.Lines(verdicts) {
				if !bytes.Contains(line, []byte(`"tags":[]`)) {
					m.matched++
				}
			}
			return m, err
		},
	}
}

// lines is a tool that reads lines and counts those in which a phrase is.
func lines(tool, locale string, flags ...string) *peer {
	all := strings.Join(flags, " ")
	work := "lines"
	if strings.Contains(all, "-i") {
		work += ", caseless"
	}
	if strings.Contains(all, "-w") {
		work += ", whole words"
	}
	return &peer{
		name: fmt.Sprintf("`%s %s %s -f`", locale, tool, all), work: work + "; no names, no score", messages: messages, needs: []string{tool},
		run: func(l *load, n int) (m measure, err error) {
			path, err := l.texted(n)
			if err != nil {
				return m, err
			}
			var out []byte
			m.used, out, err = command([]string{locale}, tool, append(flags, "-f", filepath.Join(l.folder, "phrases"), path)...)
			return counted(m, out, err)
		},
	}
}

// counted reads the number that a tool printed; nothing is none.
func counted(m measure, out []byte, err error) (measure, error) {
	if text := string(bytes.TrimSpace(out)); err == nil && text != "" {
		m.matched, err = strconv.Atoi(text)
	}
	return m, err
}

// compiled is a library behind a small program in C, which measures itself:
// compiling the expressions may take longer than all messages.
func compiled(name, library, work string, program []byte, prepare func(*load) (string, error)) *peer {
	binary, expressions := "", ""
	return &peer{
		name: name, work: work, messages: messages, needs: []string{"cc"},
		setup: func(l *load) (err error) {
			if expressions, err = prepare(l); err != nil {
				return err
			}
			binary = filepath.Join(l.folder, "scan-"+library)
			if err := os.WriteFile(binary+".c", program, 0o600); err != nil {
				return err
			}
			if _, _, err = command(nil, "cc", "-O2", "-o", binary, binary+".c", "-l"+library); err != nil {
				return fmt.Errorf("does not build: %w", err)
			}
			return nil
		},
		run: func(l *load, n int) (m measure, err error) {
			path, err := l.texted(n)
			if err != nil {
				return m, err
			}
			_, out, err := command(nil, binary, expressions, path)
			if err == nil {
				var microseconds int64
				_, err = fmt.Sscan(string(out), &m.matched, &microseconds)
				m.used = time.Duration(microseconds) * time.Microsecond
			}
			return m, err
		},
	}
}

func yaraRules(l *load) (string, error) {
	var all []string
	for i := range rules {
		all = append(all, fmt.Sprintf("rule r%d {\n\tstrings:", i))
		for k, phrase := range l.phrases[i*phrases : (i+1)*phrases] {
			all = append(all, fmt.Sprintf("\t\t$p%d = %q nocase fullword", k, phrase))
		}
		all = append(all, "\tcondition: any of them\n}")
	}
	return l.write("rules.yar", all)
}

// alternatives are the phrases of a rule as a regular expression.
func (l *load) alternatives(rule int) string {
	return `\b(?:` + strings.Join(l.phrases[rule*phrases:(rule+1)*phrases], "|") + `)\b`
}

func spamAssassin(compile bool) *peer {
	p := &peer{
		name: "SpamAssassin's API, local tests only, no rules but these", messages: 200,
		work: "mail decoded, caseless, word boundaries, names of rules, score", needs: []string{"perl", "spamassassin"},
	}
	folder := ""
	p.setup = func(l *load) error {
		folder = filepath.Join(l.folder, fmt.Sprint("spamassassin", compile))
		for _, name := range []string{"rules", "site", "state"} {
			if err := os.MkdirAll(filepath.Join(folder, name), 0o700); err != nil {
				return err
			}
		}
		var all []string
		for i := range rules {
			all = append(all, fmt.Sprintf("body HOOKLINE_%d /%s/i\nscore HOOKLINE_%d 0.1", i, l.alternatives(i), i))
		}
		for name, text := range map[string]string{
			"prefs": "", "rules/10_rules.cf": strings.Join(all, "\n") + "\n", "check.pl": string(spamAssassinProgram),
			"site/init.pre": "loadplugin Mail::SpamAssassin::Plugin::Check\nloadplugin Mail::SpamAssassin::Plugin::Rule2XSBody\n",
		} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
				return err
			}
		}
		if !compile {
			return nil
		}
		if !l.compile {
			return fmt.Errorf("not asked for")
		}
		_, version, err := command(nil, "perl", "-MMail::SpamAssassin", "-e", `printf "%.3f/%s", $], $Mail::SpamAssassin::VERSION`)
		if err != nil {
			return err
		}
		_, _, err = command(nil, "sa-compile", "-p", filepath.Join(folder, "prefs"), "--configpath="+filepath.Join(folder, "rules"),
			"--siteconfigpath="+filepath.Join(folder, "site"), "--updatedir="+filepath.Join(folder, "state", "compiled", string(version)))
		return err
	}
	if compile {
		p.name, p.messages, p.needs = "the same after `sa-compile`", 2000, append(p.needs, "sa-compile", "re2c")
	}
	p.run = func(l *load, n int) (m measure, err error) {
		path, err := l.texted(n)
		if err != nil {
			return m, err
		}
		var out []byte
		m.used, out, err = command(nil, "perl", filepath.Join(folder, "check.pl"), folder, path)
		return counted(m, out, err)
	}
	return p
}
