package message

import (
	"fmt"
	"time"
)

// Time is when a message was sent: an instant, or the local time of an export
// that names no zone, or unknown (the zero Time). Local times and instants do
// not compare.
type Time struct {
	sec  int64 // of the Unix epoch; for a local time, as if its clock showed UTC
	nsec int32
	zone int16 // minutes east of Greenwich, kept for printing
	kind timeKind
}

type timeKind uint8

const (
	unknownTime timeKind = iota
	localTime
	instant
)

const localLayout = "2006-01-02T15:04:05.999999999"

// Instant is the time t; its zone is kept to the minute.
func Instant(t time.Time) Time {
	_, offset := t.Zone()
	return Time{sec: t.Unix(), nsec: int32(t.Nanosecond()), zone: int16(offset / 60), kind: instant}
}

// Local is what t's clock shows, without its zone.
func Local(t time.Time) Time {
	clock := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	return Time{sec: clock.Unix(), nsec: int32(clock.Nanosecond()), kind: localTime}
}

// ParseTime reads RFC 3339 with a zone (an instant) or without (a local time);
// a space may stand for the T. The empty string is the unknown Time.
func ParseTime(text string) (Time, error) {
	if text == "" {
		return Time{}, nil
	}
	if len(text) > 10 && text[10] == ' ' {
		text = text[:10] + "T" + text[11:]
	}
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return Instant(t), nil
	}
	for _, layout := range []string{localLayout, "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.Parse(layout, text); err == nil {
			return Local(t), nil
		}
	}
	return Time{}, fmt.Errorf("time %.40q is not RFC 3339", text)
}

// IsZero says whether the time is unknown.
func (t Time) IsZero() bool { return t.kind == unknownTime }

// IsLocal says whether the time is known, but not its zone.
func (t Time) IsLocal() bool { return t.kind == localTime }

// Clock is the time as the standard library has it: an instant in its zone, a
// local time as if in UTC.
func (t Time) Clock() time.Time {
	clock := time.Unix(t.sec, int64(t.nsec)).UTC()
	if t.zone != 0 {
		clock = clock.In(time.FixedZone("", int(t.zone)*60))
	}
	return clock
}

// String prints RFC 3339, without offset for a local time; empty if unknown.
func (t Time) String() string { return string(t.Append(nil)) }

// Append is String for a buffer.
func (t Time) Append(dst []byte) []byte {
	switch t.kind {
	case localTime:
		return t.Clock().AppendFormat(dst, localLayout)
	case instant:
		return t.Clock().AppendFormat(dst, time.RFC3339Nano)
	default:
		return dst
	}
}

// MarshalText is String.
func (t Time) MarshalText() ([]byte, error) { return t.Append(nil), nil }

// UnmarshalText is ParseTime.
func (t *Time) UnmarshalText(text []byte) (err error) {
	*t, err = ParseTime(string(text))
	return err
}

// Compare orders times: unknown, then local, then instants, each by the clock.
func (t Time) Compare(other Time) int {
	switch {
	case t.kind != other.kind:
		return int(t.kind) - int(other.kind)
	case t.sec != other.sec:
		if t.sec < other.sec {
			return -1
		}
		return 1
	default:
		return int(t.nsec) - int(other.nsec)
	}
}

// Since is the time from earlier to t; zero where the two do not compare.
func (t Time) Since(earlier Time) time.Duration {
	if t.kind != earlier.kind || t.kind == unknownTime {
		return 0
	}
	return time.Duration(t.sec-earlier.sec)*time.Second + time.Duration(t.nsec-earlier.nsec)
}
