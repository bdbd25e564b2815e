package triage_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/triage"
)

// browser starts a browser of its own; the test is skipped where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium: apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1300, 900))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	tab, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	_, err = chromedp.Run(tab, chromedp.Title()) // starts it; its time is not limited
	require.NoError(t, err)
	tab, cancel := context.WithTimeout(tab, 2*time.Minute)
	t.Cleanup(cancel)
	return tab
}

// do runs steps in a browser.
func do(t *testing.T, tab context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	require.NoError(t, chromedp.Do(tab, steps...))
}

// see returns the text of an element.
func see(t *testing.T, tab context.Context, selector string) string {
	t.Helper()
	text, err := chromedp.Run(tab, chromedp.Text(selector))
	require.NoError(t, err)
	return text
}

// eval runs a script in the page.
func eval[T any](t *testing.T, tab context.Context, script string) T {
	t.Helper()
	value, err := chromedp.Run(tab, chromedp.Evaluate[T](script))
	require.NoError(t, err)
	return value
}

func emulate(t *testing.T, tab context.Context, scheme string) {
	t.Helper()
	_, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	require.NoError(t, err)
}

func sayWho(web, name string) chromedp.Action[chromedp.Void] {
	return chromedp.Steps(
		chromedp.Navigate(web+"/"),
		chromedp.SetValue(`input[name=name]`, name),
		chromedp.Click(`.who-am-i button`),
		chromedp.WaitVisible(`main h1`),
	)
}

// A reviewer works the queue by keyboard alone; after a restart the decision
// is there.
func TestKeyboard(t *testing.T) {
	tab := browser(t)
	folder := filepath.Join(t.TempDir(), "book")
	d := newDetector(t)
	write(t, folder, d, thread("t1", "pay the fee now"), thread("t2", "hello", "pay the fee today"))
	web, store := serve(t, folder, d, nil)
	do(t, tab,
		sayWho(web.URL, "Kim"),
		chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(`#decide`),
		chromedp.KeyEvent("n"), chromedp.KeyEvent("seen by keyboard"), chromedp.Blur(`#decide textarea`),
		chromedp.KeyEvent("c"),
		chromedp.WaitVisible(`.history`),
	)
	require.Contains(t, see(t, tab, `.state`), "confirmed")
	c := firstCase(t, store)
	require.Equal(t, triage.Confirmed, c.State)

	again, _ := serve(t, folder, d, nil)
	_, page := get(t, again.URL+"/case/"+c.Key)
	require.Contains(t, page, "<strong>confirmed</strong>")
	require.Contains(t, page, "seen by keyboard")
}

// Two browsers race for one case: the later one is told, and sees what the
// other did.
func TestRace(t *testing.T) {
	kim, lou := browser(t), browser(t)
	web, store := newServer(t, nil, thread("t1", "pay the fee now"))
	address := web.URL + "/case/" + firstCase(t, store).Key
	do(t, kim, sayWho(web.URL, "Kim"), chromedp.Navigate(address), chromedp.WaitVisible(`#decide`))
	do(t, lou, sayWho(web.URL, "Lou"), chromedp.Navigate(address), chromedp.WaitVisible(`#decide`))
	do(t, kim, chromedp.KeyEvent("c"), chromedp.WaitVisible(`.history`))
	do(t, lou, chromedp.KeyEvent("r"), chromedp.WaitVisible(`.problem[role=alert]`))
	require.Contains(t, see(t, lou, `.problem[role=alert]`), "somebody else changed this case")
	require.Contains(t, see(t, lou, `.history`), "Kim: confirm")
	require.Equal(t, triage.Confirmed, firstCase(t, store).State)
}

// Messages that try to be script run nothing, in any page, and load nothing
// from elsewhere.
func TestHostileMessagesExecuteNothing(t *testing.T) {
	tab := browser(t)
	var threads [][]message.Message
	for i, text := range hostile {
		all := thread(fmt.Sprintf("h%d", i), text, "pay the fee now "+text)
		for k := range all {
			all[k].Sender = text
		}
		threads = append(threads, all)
	}
	web, store := newServer(t, nil, threads...)
	page, _, err := store.Page(t.Context(), triage.Filter{Size: 100})
	require.NoError(t, err)
	var opened atomic.Int64
	require.NoError(t, chromedp.Listen(tab, func(event any) {
		if strings.Contains(fmt.Sprintf("%T", event), "JavascriptDialogOpening") {
			opened.Add(1)
		}
	}))
	do(t, tab, sayWho(web.URL, "<img src=x onerror=alert(1)>"))
	addresses := []string{"/", "/search?q=fee", "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"}
	for _, c := range page {
		addresses = append(addresses, "/case/"+c.Key)
	}
	for _, address := range addresses {
		do(t, tab, chromedp.Navigate(web.URL+address), chromedp.WaitReady(`main`))
		require.Equal(t, 2, eval[int](t, tab, `document.scripts.length`), address)
		require.Zero(t, eval[int](t, tab, `document.querySelectorAll("main img, main iframe, main [onerror], main [onload], main a[href^='http'], main a[href^='java']").length`), address)
	}
	require.Zero(t, opened.Load())
}

// contrast measures the text of a page against WCAG 2.2, 1.4.3: it returns what
// falls short of 4.5 to 1.
const contrast = `(() => {
  const probe = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = text => { probe.clearRect(0, 0, 1, 1); probe.fillStyle = text; probe.fillRect(0, 0, 1, 1); return [...probe.getImageData(0, 0, 1, 1).data]; };
  const light = c => { const f = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; return .2126 * f(c[0]) + .7152 * f(c[1]) + .0722 * f(c[2]); };
  const ground = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255, 255]; };
  const poor = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest("script, style")) continue;
    const a = light(rgba(getComputedStyle(e).color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.push(e.tagName + "." + e.className + " " + ratio.toFixed(2));
  }
  return [...new Set(poor)].join("; ");
})()`

// unlabelled finds controls that a screen reader could not name.
const unlabelled = `[...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a")].filter(e =>
  !(e.labels && e.labels.length) && !e.textContent.trim() && !e.getAttribute("aria-label")).map(e => e.outerHTML).join("; ")`

// Pages are legible in the light and in the dark and fit a phone.
func TestPagesCanBeRead(t *testing.T) {
	tab := browser(t)
	web, store := newServer(t, nil, thread("t1", "hello", "pay the fee now"), thread("t2", "they beat us here"))
	page, _, err := store.Page(t.Context(), triage.Filter{Size: 10})
	require.NoError(t, err)
	do(t, tab, sayWho(web.URL, "Kim"))
	addresses := []string{"/", "/search?q=fee", "/upload", "/partners"}
	for _, c := range page {
		addresses = append(addresses, "/case/"+c.Key)
	}
	for _, dark := range []bool{false, true} {
		scheme := "light"
		if dark {
			scheme = "dark"
		}
		emulate(t, tab, scheme)
		for _, address := range addresses {
			do(t, tab, chromedp.EmulateViewport(390, 844), chromedp.Navigate(web.URL+address), chromedp.WaitReady(`main`))
			require.Empty(t, eval[string](t, tab, contrast), "%s, %s", address, scheme)
			require.Empty(t, eval[string](t, tab, unlabelled), address)
			require.LessOrEqual(t, eval[int](t, tab, `document.documentElement.scrollWidth`), eval[int](t, tab, `innerWidth`), "%s is wider than a phone", address)
		}
	}
}

// An export is dropped, scanned while its progress shows, and its case is in
// the queue.
func TestUpload(t *testing.T) {
	tab := browser(t)
	folder := filepath.Join(t.TempDir(), "book")
	d := newDetector(t)
	write(t, folder, d, thread("t1", "see you at nine"))
	web, _ := serve(t, folder, d, func(o *triage.Options) {
		o.Ingest = func(_ context.Context, path string, progress func(int64)) (string, error) {
			progress(1)
			text, err := os.ReadFile(path)
			if err != nil {
				return "", err
			}
			write(t, folder, d, thread("t9", string(text)))
			return "read 1 messages in 1 threads: 1 scanned, 0 skipped", nil
		}
	})
	export := filepath.Join(t.TempDir(), "chat export.txt")
	require.NoError(t, os.WriteFile(export, []byte("pay the fee now"), 0o600))
	do(t, tab, sayWho(web.URL, "Kim"), chromedp.Navigate(web.URL+"/upload"),
		chromedp.SetUploadFiles(`input[type=file]`, []string{export}), chromedp.Click(`.upload button`),
		chromedp.WaitVisible(`.done`))
	require.Contains(t, see(t, tab, `.done`), "read 1 messages in 1 threads")
	do(t, tab, chromedp.Click(`.done a`), chromedp.WaitVisible(`#cases`))
	require.Contains(t, see(t, tab, `#cases`), "fake job")
	left, err := filepath.Glob(filepath.Join(folder, "upload-*"))
	require.NoError(t, err)
	require.Empty(t, left, "the export is not kept")
}
