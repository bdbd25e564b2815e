package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const rspamdConfig = `options {
  pidfile = "%[1]s/pid";
  tempdir = "%[1]s";
  filters = "regexp";
  url_tld = "/usr/share/rspamd/effective_tld_names.dat";
  control_socket = "%[1]s/control mode=0600";
  hs_cache_dir = "%[1]s";
  dns { nameserver = ["127.0.0.1:%[3]d"]; }
}
logging { type = "file"; filename = "%[1]s/log"; level = "error"; }
worker "normal" { bind_socket = "127.0.0.1:%[2]d"; count = 1; }
worker "hs_helper" { cache_dir = "%[1]s"; count = 1; }
modules { path = "/usr/share/rspamd/plugins"; }
actions { reject = 10000; }
regexp { }
lua = "%[1]s/rules.lua";
`

const mail = "From: a@desk.example\r\nTo: b@desk.example\r\nSubject: message\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n"

// patience is how long Rspamd may take to start and to compile its expressions
// for Hyperscan, without which it asks them one by one.
const patience = 10 * time.Minute

// rspamd is a server on the loopback interface with one worker, asked over one
// connection. What it costs is the CPU time of its processes while it answers.
func rspamd() *peer {
	var server *exec.Cmd
	url := ""
	p := &peer{
		name: "Rspamd with Hyperscan, one worker, one HTTP connection", messages: 5000, needs: []string{"rspamd"},
		work: "HTTP, mail decoded, caseless, word boundaries, names of rules, score",
	}
	p.setup = func(l *load) error {
		folder := filepath.Join(l.folder, "rspamd")
		if err := os.Mkdir(folder, 0o700); err != nil {
			return err
		}
		port, nobody, err := freePorts()
		if err != nil {
			return err
		}
		all := []string{"config['regexp'] = config['regexp'] or {}"}
		for i := range rules {
			all = append(all, fmt.Sprintf("config['regexp']['HOOKLINE_%d'] = {re = [[/%s/i{mime}]], score = 0.1}", i, l.alternatives(i)))
		}
		for name, text := range map[string]string{"rules.lua": strings.Join(all, "\n") + "\n", "conf": fmt.Sprintf(rspamdConfig, folder, port, nobody)} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
				return err
			}
		}
		server = exec.Command("rspamd", "-f", "-i", "-c", filepath.Join(folder, "conf"))
		if err := server.Start(); err != nil {
			return err
		}
		url = fmt.Sprintf("http://127.0.0.1:%d/checkv2", port)
		for began := time.Now(); ; time.Sleep(time.Second) {
			databases, _ := filepath.Glob(filepath.Join(folder, "*.hs"))
			if _, err = scored(url, "hello"); err == nil && len(databases) > 0 {
				time.Sleep(5 * time.Second) // the worker loads them
				return nil
			}
			if time.Since(began) > patience {
				return errors.Join(errors.New("not ready, or without Hyperscan"), err, p.stop())
			}
		}
	}
	p.run = func(l *load, n int) (m measure, err error) {
		before, err := usedBy(server.Process.Pid)
		if err != nil {
			return m, err
		}
		for _, text := range l.texts[:n] {
			matched, err := scored(url, text)
			if err != nil {
				return m, err
			}
			if matched {
				m.matched++
			}
		}
		after, err := usedBy(server.Process.Pid)
		m.used = after - before
		return m, err
	}
	p.stop = func() error {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
		return nil
	}
	return p
}

// freePorts are two that nobody listens on.
func freePorts() (a, b int, err error) {
	first, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, err
	}
	second, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, errors.Join(err, first.Close())
	}
	a, b = first.Addr().(*net.TCPAddr).Port, second.Addr().(*net.TCPAddr).Port
	return a, b, errors.Join(first.Close(), second.Close())
}

func scored(url, text string) (matched bool, err error) {
	answer, err := http.Post(url, "message/rfc822", strings.NewReader(fmt.Sprintf(mail, text)))
	if err != nil {
		return false, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = errors.New(answer.Status)
	}
	return strings.Contains(string(body), "HOOKLINE_"), err
}

// usedBy is the CPU time of a process and its children, as the kernel counts it
// in hundredths of a second.
func usedBy(pid int) (used time.Duration, err error) {
	all, err := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range all {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(text), ") ")
		fields := strings.Fields(rest)
		if len(fields) < 13 || fields[1] != strconv.Itoa(pid) && filepath.Base(filepath.Dir(path)) != strconv.Itoa(pid) {
			continue
		}
		for _, field := range fields[11:13] {
			ticks, err := strconv.Atoi(field)
			if err != nil {
				return 0, err
			}
			used += time.Duration(ticks) * 10 * time.Millisecond
		}
	}
	return used, err
}
