package matching

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/script"
)

// What a record may hold.
const (
	maxPay          = 10_000_000 // rupees for any unit: more is a slip of the hand
	maxTitle        = 200        // letters
	maxDescription  = 5_000      // letters
	maxText         = 200        // letters of any other text
	maxVacancies    = 10_000
	maxReach        = 2_000_000 // metres: further than any two places of Pakistan are apart
	maxOutputPerDay = 10_000
	maxDuration     = 3_650 // days
	maxWeekHours    = 112
)

// checkup walks over one record and keeps the first fault. Sentences say what to send instead and repeat nothing that was sent.
type checkup struct {
	model *Model
	fault *fault.Error
}

func (c *checkup) err() error {
	if c.fault == nil {
		return nil
	}
	return c.fault
}

// ok notes that the value at a JSON path is wrong unless the condition holds, in English and, for what a graduate reads, in Urdu.
func (c *checkup) ok(holds bool, field, en, ur string, nearest ...string) {
	if !holds && c.fault == nil {
		f := fault.Field(field, en, nearest...)
		f.MessageUr = ur
		c.first(f)
	}
}

// first keeps a fault when it is the first.
func (c *checkup) first(f *fault.Error) {
	if c.fault == nil {
		c.fault = f
	}
}

// oneOf asks for one of the values; empty passes where it may be left out.
func oneOf[T ~string](c *checkup, field string, value T, all []T, mayBeEmpty bool) {
	if c.fault != nil || value == "" && mayBeEmpty || slices.Contains(all, value) {
		return
	}
	names := asStrings(all)
	c.ok(false, field, "Send one of: "+strings.Join(names, ", ")+".", "ان میں سے ایک لکھیں: "+strings.Join(names, "، ")+"۔",
		closest(string(value), names)...)
}

// listOf asks for at most maxListed of the values.
func listOf[T ~string](c *checkup, field string, values, all []T) {
	c.count(field, len(values))
	for i, v := range values {
		oneOf(c, item(field, i), v, all, false)
	}
}

func (c *checkup) count(field string, n int) {
	c.ok(n <= maxListed, field, fmt.Sprintf("Send at most %d items.", maxListed), fmt.Sprintf("زیادہ سے زیادہ %d چیزیں لکھیں۔", maxListed))
}

// text asks for at most so many letters of valid UTF-8 without the zero byte, which PostgreSQL cannot keep.
func (c *checkup) text(field, value string, most int) {
	c.ok(utf8.ValidString(value) && !strings.ContainsRune(value, 0), field, "Send the text as valid UTF-8, without zero bytes.",
		"عبارت درست یونیکوڈ (UTF-8) میں بھیجیں۔")
	c.ok(!strings.ContainsFunc(value, unseen), field, "Send the text without control characters and without marks that turn the direction of writing.",
		"عبارت میں چھپے ہوئے کنٹرول حروف نہ بھیجیں۔")
	c.ok(len(value) <= most || utf8.RuneCountInString(value) <= most, field, fmt.Sprintf("Send at most %d letters.", most),
		fmt.Sprintf("زیادہ سے زیادہ %d حروف لکھیں۔", most))
}

// unseen tells what no text that is shown to others may hold: control characters, which a terminal obeys, other than the end of a line
// and the tab; and overrides of direction, by which a text can be made to read as another.
func unseen(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// line asks for a text of one line.
func (c *checkup) line(field, value string, most int) {
	c.ok(!strings.ContainsAny(value, "\r\n\t"), field, "Send a text of one line.", "ایک ہی سطر میں لکھیں۔")
	c.text(field, value, most)
}

// number asks for a whole number in a range.
func (c *checkup) number(field string, value, least, most int) {
	c.ok(value >= least && value <= most, field, fmt.Sprintf("Send a whole number from %d to %d.", least, most),
		fmt.Sprintf("%d سے %d تک کا عدد لکھیں۔", least, most))
}

// date asks for a time that somebody can have meant.
func (c *checkup) date(field string, t *time.Time) {
	c.ok(t == nil || t.Year() >= 2000 && t.Year() <= 2100, field, "Send a date between the years 2000 and 2100, as 2026-11-30T00:00:00Z.",
		"2000 سے 2100 کے درمیان کی تاریخ لکھیں۔")
}

// id asks for an identifier of a kind of record; empty passes where it may be left out.
func (c *checkup) id(field string, id ID, prefix string, mayBeEmpty bool) {
	c.ok(id == "" && mayBeEmpty || id.Is(prefix), field, "Send an identifier that begins with "+prefix+"_.",
		"وہ شناختی نمبر لکھیں جو "+prefix+"_ سے شروع ہوتا ہے۔")
}

// trade asks for a trade of the catalogue, skill for a skill of it.
func (c *checkup) trade(field, slug string) {
	if _, known := c.model.Catalogue.Number(slug); !known && c.fault == nil {
		c.ok(false, field, "Send the slug of a trade that the list of trades has.", "فہرست میں سے کوئی پیشہ چنیں۔",
			c.model.Catalogue.Nearest(slug)...)
	}
}

func (c *checkup) skills(field string, slugs []string) {
	c.count(field, len(slugs))
	for i, slug := range slugs {
		if _, known := c.model.Catalogue.SkillNumber(slug); !known && c.fault == nil {
			c.ok(false, item(field, i), "Send the slug of a skill that the list of skills has.", "فہرست میں سے کوئی ہنر چنیں۔",
				c.model.Catalogue.NearestSkill(slug)...)
		}
	}
}

// point asks for a place in the box around Pakistan.
func (c *checkup) point(field string, p geo.Point) {
	if p.InBox() {
		return
	}
	if (geo.Point{Lat: p.Lon, Lon: p.Lat}).InBox() {
		c.ok(false, field, "Latitude and longitude are the wrong way round: send the latitude as lat and the longitude as lon.",
			"عرض بلد اور طول بلد الٹے لکھے گئے ہیں: lat میں عرض بلد اور lon میں طول بلد لکھیں۔")
	}
	c.ok(p.Lat >= geo.MinLat && p.Lat <= geo.MaxLat, field+".lat",
		fmt.Sprintf("Send a latitude in Pakistan, in degrees from %g to %g.", geo.MinLat, geo.MaxLat),
		"پاکستان کے اندر کی جگہ چنیں۔")
	c.ok(false, field+".lon", fmt.Sprintf("Send a longitude in Pakistan, in degrees from %g to %g.", geo.MinLon, geo.MaxLon),
		"پاکستان کے اندر کی جگہ چنیں۔")
}

// amount asks for a number from 0 to a most, in any fraction.
func (c *checkup) amount(field string, value, most float64) {
	c.ok(!math.IsNaN(value) && value >= 0 && value <= most, field, fmt.Sprintf("Send a number from 0 to %.0f.", most),
		fmt.Sprintf("0 سے %.0f تک کا عدد لکھیں۔", most))
}

func item(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }

func asStrings[T ~string](values []T) []string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = string(v)
	}
	return names
}

// closest gives up to three of the names by rising number of errors of typing.
func closest(value string, names []string) []string {
	const longest = 32 // a longer text is nobody's misspelling of a code
	value = strings.ToValidUTF8(value[:min(len(value), longest)], "")
	names = slices.Clone(names)
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Compare(script.Distance(value, a, longest), script.Distance(value, b, longest))
	})
	return names[:min(3, len(names))]
}
