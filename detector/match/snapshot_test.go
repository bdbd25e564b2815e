package match_test

import (
	"encoding/binary"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/rule"
)

// A restored program finds what the compiled one finds, also of a set whose
// patterns are read only when they are asked for.
func TestRestoredFindsTheSame(t *testing.T) {
	folder := rule.Folder{FS: os.DirFS("../../rules")}
	set, err := rule.LoadFolders(folder)
	require.NoError(t, err)
	compiled, err := match.Compile(set)
	require.NoError(t, err)
	snapshot := compiled.Snapshot()
	require.Equal(t, snapshot, compiled.Snapshot())
	brief, err := rule.LoadKnown(func(string) []byte { return set.Brief() }, folder)
	require.NoError(t, err)
	restored, err := match.Restore(brief, snapshot)
	require.NoError(t, err)
	require.Equal(t, compiled.Slots(), restored.Slots())
	require.Equal(t, compiled.Languages(), restored.Languages())
	require.Len(t, restored.Snapshot(), len(snapshot))
	requireSameHits(t, compiled, restored)

	damaged := slices.Clone(snapshot)
	parts := 0
	take := func(rest []byte, n uint32) ([]byte, []byte) { return rest[:n], rest[n:] }
	size := binary.LittleEndian.Uint32
	_, rest := take(damaged[8:], size(damaged))
	for len(rest) > 0 {
		var part, tries []byte
		part, rest = take(rest[8:], size(rest))
		tries, rest = take(rest[5+rest[4]:], size(rest))
		if parts++; parts > 1 && len(part) > 0 {
			part[len(part)/2]++
		}
		for i := range tries {
			tries[i] ^= 0x55
		}
	}
	require.Equal(t, 7, parts)
	restored, err = match.Restore(brief, damaged)
	require.NoError(t, err)
	requireSameHits(t, compiled, restored)
}

// requireSameHits scans the tests of all rules with two programs.
func requireSameHits(t *testing.T, one, other *match.Program) {
	a, b := one.NewScanner("US"), other.NewScanner("US")
	for _, r := range one.Set().Rules {
		for _, test := range append(r.Tests.Match, r.Tests.NoMatch...) {
			for _, m := range test.Messages {
				require.Equal(t, a.Scan(m.Text).Hits, b.Scan(m.Text).Hits, m.Text)
				require.Equal(t, a.Sift(m.Text).Hits, b.Sift(m.Text).Hits, m.Text)
				require.Equal(t, a.Alone(m.Text).Hits, b.Alone(m.Text).Hits, m.Text)
			}
		}
	}
}

// Bytes that are no snapshot of the set are refused.
func TestRestoreRefuses(t *testing.T) {
	set, err := rule.LoadFolders(rule.Folder{FS: os.DirFS("../../rules")})
	require.NoError(t, err)
	compiled, err := match.Compile(set)
	require.NoError(t, err)
	snapshot := compiled.Snapshot()
	for _, n := range []int{0, 3, 60, 200, len(snapshot) / 2} {
		_, err = match.Restore(set, snapshot[:n])
		require.ErrorIs(t, err, match.ErrSnapshot, "%d bytes", n)
	}
	for _, at := range []int{0, 4, 60, 2000, 1 << 20} {
		damaged := slices.Clone(snapshot)
		damaged[at]++
		_, err = match.Restore(set, damaged)
		require.ErrorIs(t, err, match.ErrSnapshot, "byte %d", at)
	}
	other := *set
	other.Hash = "sha256:0"
	_, err = match.Restore(&other, snapshot)
	require.ErrorIs(t, err, match.ErrSnapshot)
}

func BenchmarkRestore(b *testing.B) {
	set, err := rule.LoadFolders(rule.Folder{FS: os.DirFS("../../rules"), Untested: true})
	require.NoError(b, err)
	compiled, err := match.Compile(set)
	require.NoError(b, err)
	snapshot := compiled.Snapshot()
	b.SetBytes(int64(len(snapshot)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := match.Restore(set, snapshot)
		require.NoError(b, err)
	}
}

// A snapshot is taken while others scan.
func TestSnapshotWhileScanning(t *testing.T) {
	set, err := rule.LoadFolders(rule.Folder{FS: os.DirFS("../../rules")})
	require.NoError(t, err)
	compiled, err := match.Compile(set)
	require.NoError(t, err)
	var wait sync.WaitGroup
	snapshots := make([][]byte, 2)
	for i := range snapshots {
		wait.Go(func() { snapshots[i] = compiled.Snapshot() })
		wait.Go(func() {
			s := compiled.NewScanner("")
			for _, r := range set.Rules[i*len(set.Rules)/8:][:len(set.Rules)/8] {
				for _, test := range r.Tests.Match {
					s.Scan(test.Messages[0].Text)
				}
			}
		})
	}
	wait.Wait()
	require.Equal(t, snapshots[0], snapshots[1])
}
