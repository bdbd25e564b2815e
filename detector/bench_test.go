package detector_test

import (
	"testing"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/workload"
)

// detect measures Detect on generated threads: bytes are those of the texts.
func detect(b *testing.B, threads [][]message.Message) {
	d := builtin(b)
	size := 0
	for _, thread := range threads {
		for i := range thread {
			size += len(thread[i].Text)
		}
	}
	b.SetBytes(int64(size / len(threads)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		judge(d, threads[i%len(threads)])
	}
}

// threads makes so many threads.
func threads(count int, make func() []message.Message) (all [][]message.Message) {
	for range count {
		all = append(all, make())
	}
	return all
}

func BenchmarkDetectSMS(b *testing.B) {
	for _, s := range workload.Scripts() {
		b.Run(string(s), func(b *testing.B) {
			g := workload.New(1)
			detect(b, threads(500, func() []message.Message { return []message.Message{g.Message(s)} }))
		})
	}
}

func BenchmarkDetectChat200(b *testing.B) {
	g := workload.New(1)
	detect(b, threads(10, func() []message.Message { return g.Thread(workload.English, "t", 200) }))
}

func BenchmarkDetectAdvert(b *testing.B) {
	g := workload.New(1)
	detect(b, threads(50, func() []message.Message { return []message.Message{g.Advert(workload.English)} }))
}

func BenchmarkNew(b *testing.B) {
	set := builtin(b).Set()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := detector.New(set, detector.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
