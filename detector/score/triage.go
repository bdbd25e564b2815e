package score

import "github.com/hookline/hookline/detector/rule"

// Alert says whether a human should look: P0 to P3.
func Alert(b rule.Band) bool { return b > rule.P4 }

// Protects says whether a queue looks after the writer: nothing may happen to
// such a thread without a human.
func Protects(q rule.Queue) bool { return q >= rule.Victim }

// Action is what a platform does until a human has looked: pass, review or
// block. The queues that protect are always reviewed.
func Action(b rule.Band, q rule.Queue) string {
	switch {
	case Protects(q), b == rule.P2:
		return "review"
	case b >= rule.P1:
		return "block"
	default:
		return "pass"
	}
}
