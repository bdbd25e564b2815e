package score

import (
	"math"
	"strconv"
)

// Weight is evidence in log-odds, in ten-thousandths: a sum of them is exact.
type Weight int64

const weightUnit = 10000

// WeightOf rounds log-odds to ten-thousandths.
func WeightOf(logOdds float64) Weight { return Weight(math.Round(logOdds * weightUnit)) }

// LogOdds is the weight as a number.
func (w Weight) LogOdds() float64 { return float64(w) / weightUnit }

// MarshalJSON prints log-odds with as few digits as they need, four at most.
func (w Weight) MarshalJSON() ([]byte, error) { return w.Append(nil), nil }

// Append is MarshalJSON for a buffer.
func (w Weight) Append(dst []byte) []byte {
	return strconv.AppendFloat(dst, w.LogOdds(), 'f', -1, 64)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (w *Weight) UnmarshalJSON(text []byte) error {
	logOdds, err := strconv.ParseFloat(string(text), 64)
	*w = WeightOf(logOdds)
	return err
}

// Bias is the log-odds of a scam before any evidence, for the share of scams
// among what is scanned; the share must lie between 0 and 1.
func Bias(baseRate float64) Weight { return WeightOf(math.Log(baseRate / (1 - baseRate))) }

// Score is 100 · sigmoid(logit), to one decimal and clamped to 0.1–99.9: no
// evidence of this kind is certainty.
func Score(logit Weight) float64 {
	s := math.Round(1000/(1+math.Exp(-logit.LogOdds()))) / 10
	return min(max(s, 0.1), 99.9)
}
