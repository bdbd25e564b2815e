// Package corpus holds labelled conversations and adverts of our own writing:
// the known scripts that verdicts are compared with, and the cases that
// measure the detector. See README.md for how one is written.
package corpus

import "embed"

// FS is the corpus folder without the sample exports and the held-out cases:
// no verdict is compared with those, and eval reads them from the disk.
//
//go:embed *.md all:advert all:benign all:distress all:lookalike all:post all:scam all:victim
var FS embed.FS
