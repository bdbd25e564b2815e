package fit

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// YAML is the result as rules/weights.yaml has it, with the figures as
// comments.
func (r *Result) YAML(options Options) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Written by hookline fit. Start weights of the classes hold for rules that are not named here.\n")
	fmt.Fprintf(&b, "# Fitted on %d threads, %d of them scams, for %g false alerts by score in 1,000 benign threads:\n",
		r.Threads, r.Scams, 1000*options.Budget)
	for _, s := range r.Sets {
		fmt.Fprintf(&b, "#   %-32s %6d scam %6d benign\n", s.Set, s.Scams, s.Benigns)
	}
	line := func(name string, f Figures) {
		fmt.Fprintf(&b, "# %-28s log loss %.6f  recall %.4f  false %.5f  at t3 %.1f\n", name, f.LogLoss, f.Recall, f.False, f.T3)
	}
	line("with the weights before", r.Before)
	line("with these, same threads", r.After)
	line("grouped cross-validation", r.Held)
	fmt.Fprintf(&b, "base_rate: %g\nt3: %g\nt2: %g\nweights:\n", options.BaseRate, r.T3, r.T2)
	for _, id := range slices.Sorted(maps.Keys(r.Weights)) {
		fmt.Fprintf(&b, "  %s: %g\n", id, r.Weights[id])
	}
	return b.String()
}
