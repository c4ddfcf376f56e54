package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"

	"rabta/internal/node"
)

// Lists of postings are asked for more than all else, and encoding/json takes longer over twenty results than finding them does. They
// are written by hand here, byte for byte as encoding/json writes them, which a test holds them to. What is the same in every list, a
// posting's summary, is written once and kept with it.

// appender writes itself as JSON, and then gives back the memory that it lies in.
type appender interface {
	appendJSON(b []byte) []byte
	release()
}

// buffers are what answers are written into, used again.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// largestBuffer is the size in bytes up to which a buffer is kept: more than a page of 100 results.
const largestBuffer = 512 << 10

// appendAny writes a value as encoding/json does, without a newline. It panics for one that JSON cannot hold, a fault of the program.
func appendAny(b []byte, v any) []byte {
	text := bytes.NewBuffer(b)
	enc := json.NewEncoder(text)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n"))
}

// appendString writes a string as encoding/json does without escaping for HTML.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	done := 0
	for i := 0; i < len(s); {
		if i += plainBytes(s[i:]); i == len(s) {
			break
		}
		size, escaped := 1, ""
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				escaped = `\ufffd`
			} else if r == '\u2028' || r == '\u2029' { // line breaks to JavaScript
				escaped = `\u` + strconv.FormatInt(int64(r), 16)
			}
		default:
			escaped = escapes(c)
		}
		if escaped != "" {
			b = append(append(b, s[done:i]...), escaped...)
			done = i + size
		}
		i += size
	}
	return append(append(b, s[done:]...), '"')
}

// plainBytes counts the bytes that a string begins with and that stand for themselves: letters of ASCII, eight at a time, and of two
// bytes, which those of Urdu are.
func plainBytes(s string) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	i := 0
	for {
		for ; i+8 <= len(s); i += 8 {
			w := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
				uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
			quote, slash := w^'"'*ones, w^'\\'*ones
			// A byte of w that is above 0x7f, below 0x20, a quote or a backslash sets the high bit of a byte; others may then too.
			if (w|(w-' '*ones)|(quote-ones)|(slash-ones))&highs != 0 {
				break
			}
		}
		for ; i < len(s) && s[i] < utf8.RuneSelf; i++ {
			if c := s[i]; c < ' ' || c == '"' || c == '\\' {
				return i
			}
		}
		letters := i
		for i+1 < len(s) && s[i] >= 0xc2 && s[i] <= 0xdf && s[i+1]&0xc0 == 0x80 {
			i += 2
		}
		if i == letters {
			return i
		}
	}
}

// escapes gives how a character of ASCII is written that may not stand for itself.
func escapes(c byte) string {
	switch c {
	case '"', '\\':
		return `\` + string(c)
	case '\b':
		return `\b`
	case '\f':
		return `\f`
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	}
	return fmt.Sprintf(`\u%04x`, c)
}

// appendNumber writes a number as encoding/json does: by the exponent where it is very small or very large.
func appendNumber(b []byte, x float64) []byte {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		panic(fmt.Sprintf("api: %v cannot be written as JSON", x))
	}
	if size := math.Abs(x); size != 0 && (size < 1e-6 || size >= 1e21) {
		return appendAny(b, x)
	}
	if x > 0 && x < 1e6 {
		if whole := uint64(x*1e9 + 0.5); float64(whole)/1e9 == x {
			return appendBillionths(b, whole)
		}
	}
	return strconv.AppendFloat(b, x, 'f', -1, 64)
}

// appendBillionths writes a number of billionths below 10^15, without zeros at its end. Scores and terms are such numbers, and no number
// of up to 15 digits has a shorter way to be written, so that this is what AppendFloat writes, in a fifth of the time.
func appendBillionths(b []byte, n uint64) []byte {
	const one = 1_000_000_000
	b = strconv.AppendUint(b, n/one, 10)
	rest := uint32(n % one)
	if rest == 0 {
		return b
	}
	first, second, third := &triples[rest/1_000_000], &triples[rest/1_000%1_000], &triples[rest%1_000]
	b = append(b, '.', first[0], first[1], first[2], second[0], second[1], second[2], third[0], third[1], third[2])
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	return b
}

// triples are the numbers below 1,000 in three digits.
var triples = makeTriples()

func makeTriples() (all [1_000][3]byte) {
	for i := range all {
		all[i] = [...]byte{byte('0' + i/100), byte('0' + i/10%10), byte('0' + i%10)}
	}
	return all
}

func appendTime(b []byte, t time.Time) []byte {
	if year := t.Year(); year < 0 || year > 9999 {
		return appendAny(b, t)
	}
	b = t.AppendFormat(append(b, '"'), time.RFC3339Nano)
	return append(b, '"')
}

// appendTerms writes terms, which rise by name. Their names are those of matching.TermNames, and stand for themselves.
func appendTerms(b []byte, terms node.Terms) []byte {
	b = append(b, '{')
	for i := range terms {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), terms[i].Name...), `":`...)
		b = appendNumber(b, terms[i].Value)
	}
	return append(b, '}')
}

// appendReach writes the ladder.
func appendReach(b []byte, r *node.Reach) []byte {
	b = append(b, '{')
	if r.Near != nil {
		b = appendNumber(append(b, `"near":{"lat":`...), r.Near.Lat)
		b = append(appendNumber(append(b, `,"lon":`...), r.Near.Lon), `},`...)
	}
	if r.Place != nil {
		b = append(appendAny(append(b, `"place":`...), r.Place), ',')
	}
	if r.WithinM != 0 {
		b = append(appendNumber(append(b, `"within_m":`...), r.WithinM), ',')
	}
	if r.Widened {
		b = append(b, `"widened":true,`...)
	}
	for i, ring := range r.Rings {
		if i == 0 {
			b = append(b, `"rings":[`...)
		}
		b = appendNumber(append(b, `{"within_m":`...), ring.WithinM)
		b = strconv.AppendInt(append(b, `,"count":`...), int64(ring.Count), 10)
		b = append(b, `},`...)
	}
	if len(r.Rings) > 0 {
		b = append(b[:len(b)-1], `],`...)
	}
	if r.District != nil {
		b = appendString(append(b, `"district":{"id":`...), r.District.ID)
		b = appendString(append(b, `,"name":`...), r.District.Name)
		b = strconv.AppendInt(append(b, `,"count":`...), int64(r.District.Count), 10)
		b = append(b, `},`...)
	}
	b = strconv.AppendInt(append(b, `"remote":`...), int64(r.Remote), 10)
	if r.Note != "" {
		b = appendString(append(b, `,"note":`...), r.Note)
	}
	return append(b, '}')
}

// appendCounts writes a map of numbers by name, in the order of the names.
func appendCounts[K ~string](b []byte, counts map[K]int) []byte {
	if counts == nil {
		return append(b, "null"...)
	}
	b = append(b, '{')
	var room [256]K
	names := slices.AppendSeq(room[:0], maps.Keys(counts))
	slices.Sort(names)
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, string(name)), ':')
		b = strconv.AppendInt(b, int64(counts[name]), 10)
	}
	return append(b, '}')
}

// appendJSON writes one posting of a list.
func (o *Offer) appendJSON(b []byte) []byte {
	b = appendString(append(b, `{"id":`...), string(o.ID))
	b = appendString(append(b, `,"trade":`...), o.Trade)
	b = appendString(append(b, `,"isco":`...), o.ISCO)
	if o.Kind != "" {
		b = appendString(append(b, `,"kind":`...), string(o.Kind))
	}
	b = append(b, `,"distance_m":`...)
	if o.Distance == nil {
		b = append(b, "null"...)
	} else {
		b = appendNumber(b, *o.Distance)
	}
	b = appendNumber(append(b, `,"score":`...), o.Score)
	b = appendString(append(b, `,"why":`...), o.Why)
	if len(o.Terms) > 0 {
		b = appendTerms(append(b, `,"terms":`...), o.Terms)
	}
	if o.Views != nil {
		b = appendNumber(append(b, `,"views":{"graduate":`...), o.Views.Graduate)
		b = append(appendNumber(append(b, `,"employer":`...), o.Views.Employer), '}')
	}
	if o.Employer != "" {
		b = appendString(append(b, `,"employer":`...), o.Employer)
	}
	if len(o.Notes) > 0 {
		b = appendAny(append(b, `,"notes":`...), o.Notes)
	}
	if o.Posting != nil {
		b = o.Posting.appendJSON(append(b, `,"posting":`...))
	}
	return append(b, '}')
}

// appendJSON writes what was written before, or writes it anew.
func (s *Summary) appendJSON(b []byte) []byte {
	if s.text != nil {
		return append(b, s.text...)
	}
	return appendAny(b, s)
}

// appendJSON writes a page of postings.
func (p OfferPage) appendJSON(b []byte) []byte {
	b = appendTime(append(b, `{"as_of":`...), p.AsOf)
	if p.from != nil && p.from.Written != nil {
		b = append(b, p.from.Written...)
	} else {
		from := len(b)
		b = p.appendList(b)
		if p.from != nil {
			p.from.Keep(b[from:])
		}
	}
	if p.Next != "" {
		b = appendString(append(b, `,"next":`...), p.Next)
	}
	if p.Partial {
		b = append(b, `,"partial":true`...)
	}
	return append(b, '}')
}

// appendList writes what is between the moment of a page and its cursor.
func (p *OfferPage) appendList(b []byte) []byte {
	b = strconv.AppendInt(append(b, `,"total":`...), int64(p.Total), 10)
	b = appendReach(append(b, `,"reach":`...), &p.Reach)
	b = append(b, `,"results":[`...)
	for i := range p.Results {
		if i > 0 {
			b = append(b, ',')
		}
		b = p.Results[i].appendJSON(b)
	}
	b = append(b, ']')
	if p.Facets != nil {
		b = appendCounts(append(b, `,"facets":{"trades":`...), p.Facets.Trades)
		b = append(appendCounts(append(b, `,"kinds":`...), p.Facets.Kinds), '}')
	}
	if p.Understood != nil {
		b = appendAny(append(b, `,"understood":`...), p.Understood)
	}
	return b
}
