package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/text/language"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/internal/script"
	"rabta/matching"
)

// Given is a number in a query that may be left out: 0 is a latitude like any other.
type Given struct {
	Value float64
	Set   bool
}

// Receiver and OnParamSet let huma read the parameter into Value; Schema describes it as the number that it is.
func (g *Given) Receiver() reflect.Value { return reflect.ValueOf(g).Elem().Field(0) }

// OnParamSet notes whether the parameter was sent.
func (g *Given) OnParamSet(isSet bool, _ any) { g.Set = isSet }

// Schema describes the parameter as a number.
func (g Given) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Format: "double"}
}

// Where is a point to measure from.
type Where struct {
	Lat Given `query:"lat" example:"31.5204" doc:"Latitude in degrees, 22.5 to 38; with lon"`
	Lon Given `query:"lon" example:"74.3587" doc:"Longitude in degrees, 60 to 78.5; with lat"`
}

// point gives the point sent, nil when none was.
func (w Where) point() (*geo.Point, error) {
	switch {
	case !w.Lat.Set && !w.Lon.Set:
		return nil, nil
	case !w.Lat.Set:
		return nil, fault.Field("lat", "A longitude alone is no place: send lat with it.")
	case !w.Lon.Set:
		return nil, fault.Field("lon", "A latitude alone is no place: send lon with it.")
	}
	p := geo.Point{Lat: w.Lat.Value, Lon: w.Lon.Value}
	return &p, inBox(p)
}

// twoPlaces refuses a point together with a place: one of them would be passed over in silence.
func twoPlaces() error {
	e := fault.Field("place", "Send either place, or lat and lon: a search measures from one of them.")
	e.MessageUr = "یا place بھیجیں یا lat اور lon: فاصلہ ایک ہی جگہ سے ناپا جاتا ہے۔"
	return e
}

// inBox refuses a point outside the box around Pakistan, naming the coordinate at fault.
func inBox(p geo.Point) error {
	if p.InBox() {
		return nil
	}
	field := "lat"
	if p.Lat >= geo.MinLat && p.Lat <= geo.MaxLat {
		field = "lon"
	}
	e := fault.Field(field, "The place is outside Pakistan: send latitude 22.5 to 38 and longitude 60 to 78.5, in degrees.")
	e.MessageUr = "یہ جگہ پاکستان سے باہر ہے: عرض بلد 22.5 سے 38 اور طول بلد 60 سے 78.5 تک بھیجیں۔"
	return e
}

// Radius is a radius as people write it.
type Radius struct {
	Within string `query:"within" maxLength:"20" example:"25km" doc:"How far at most, with its unit: 25km or 800m; 100 m to 2,000 km"`
}

// The radii that are taken, in metres: less than a street tells nothing, and more is further than any two places of Pakistan.
const (
	leastRadius = 100
	mostRadius  = 2_000_000
)

// metres reads the radius; 0 when none was sent.
func (r Radius) metres() (float64, error) {
	if r.Within == "" {
		return 0, nil
	}
	if metres, ok := geo.ParseMetres(script.Normalize(r.Within)); ok && metres >= leastRadius && metres <= mostRadius {
		return metres, nil
	}
	e := fault.Field("within", "Send a radius from 100 m to 2,000 km, with its unit, such as 25km or 800m.", "5km", "25km", "800m")
	e.MessageUr = "فاصلہ 100 میٹر سے 2,000 کلومیٹر تک لکھیں، جیسے 25km یا 800m۔"
	return 0, e
}

// AsOf is another time than now.
type AsOf struct {
	At string `query:"at" maxLength:"40" doc:"As of an earlier time than now: 2026-11-22T08:00:00Z, or the day 2026-11-22, which means its midnight in UTC. Staff alone may look ahead"`
}

// firstYear is the first whose times are taken; records hold none before.
const firstYear = 2000

// moment reads the time that a list is asked for; zero when none was. What is still to be shown is not for all to see, so that staff
// alone look ahead.
func (s *server) moment(ctx context.Context, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		at, err = time.Parse(time.DateOnly, text)
	}
	if err != nil || at.Year() < firstYear {
		e := fault.Field("at", "Send a time such as 2026-11-22T08:00:00Z, or a day such as 2026-11-22.")
		e.MessageUr = "وقت اس طرح بھیجیں: 2026-11-22T08:00:00Z، یا دن: 2026-11-22۔"
		return time.Time{}, e
	}
	if at.After(s.now()) && callOf(ctx).caller.role != AsStaff {
		e := fault.Field("at", "This time is still to come: send an earlier one, such as 2026-11-22T08:00:00Z or 2026-11-22, or leave at out for now.")
		e.MessageUr = "یہ وقت ابھی نہیں آیا: پہلے کا وقت بھیجیں، جیسے 2026-11-22T08:00:00Z یا 2026-11-22، یا at خالی چھوڑ دیں۔"
		return time.Time{}, e
	}
	return at, nil
}

// Paging is a part of a list.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"How many at most"`
	Cursor string `query:"cursor" maxLength:"400" doc:"next of an earlier answer to the same request"`
}

// Tongue is the language of the sentences.
type Tongue struct {
	Lang string `query:"lang" enum:"en,ur,roman" doc:"Language of the sentences; without it Accept-Language decides"`
}

// idCursor makes the cursor of a list that goes on after a record. scope ties it to its list: a cursor holds no right, but one
// from elsewhere is a mistake that its sender should hear of.
func idCursor(list string, whose, after matching.ID) string {
	if after == "" {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(list + "\n" + string(whose) + "\n" + string(after)))
}

// afterOf reads a cursor of the list.
func afterOf(cursor, list string, whose matching.ID, prefix string) (matching.ID, error) {
	if cursor == "" {
		return "", nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	parts := strings.Split(string(text), "\n")
	if err == nil && len(parts) == 3 && parts[0] == list && matching.ID(parts[1]) == whose && matching.ID(parts[2]).Is(prefix) {
		return matching.ID(parts[2]), nil
	}
	e := fault.Field("cursor", "This cursor does not belong to this list. Send next of the last answer to the same request, or none to start at the top.")
	e.MessageUr = "یہ کرسر اس فہرست کا نہیں: پچھلے جواب کا next بھیجیں، یا شروع سے دیکھیں۔"
	return "", e
}

// languageOf finds the reader's language before any parameter is checked, so that a refusal is in it too.
func languageOf(r *http.Request) node.Language {
	if raw := r.URL.RawQuery; len(raw) < longestHead && (strings.Contains(raw, "lang") || strings.Contains(raw, "%")) { // it may be escaped
		// The query is parsed without its errors: they are answered later, and lang may be right all the same.
		switch lang := r.URL.Query().Get("lang"); lang {
		case "en", "ur", "roman":
			return node.Language(lang)
		}
	}
	told := r.Header.Get("Accept-Language")
	if told == "" || len(told) > 1<<10 { // who tells of more languages than anybody speaks, keeps us reading
		return node.English
	}
	wanted, _, err := language.ParseAcceptLanguage(told)
	if err != nil {
		return node.English
	}
	for _, tag := range wanted {
		base, _ := tag.Base()
		written, _ := tag.Script()
		switch {
		case base.String() == "ur" && written.String() == "Latn":
			return node.RomanUrdu
		case base.String() == "ur":
			return node.Urdu
		case base.String() == "en":
			return node.English
		}
	}
	return node.English
}

// checkQuery refuses a query that cannot be read as one, before anything is taken from it: broken escapes and bytes that are no
// text, which would be dropped in silence, and a parameter sent twice, of which one would be.
func (s *server) checkQuery(ctx huma.Context, next func(huma.Context)) {
	u := ctx.URL()
	if err := readableQuery(u.RawQuery, ctx.Operation()); err != nil {
		s.refuse(ctx, err)
		return
	}
	next(ctx)
}

func readableQuery(raw string, op *huma.Operation) error {
	if raw == "" || plainQuery(raw, op) {
		return nil
	}
	return takenApart(raw, op)
}

// takenApart is readableQuery of a query that is not plain.
func takenApart(raw string, op *huma.Operation) error {
	const name = "api.checkQuery"
	values, err := url.ParseQuery(raw)
	if err != nil || !utf8.ValidString(raw) {
		return fault.New(fault.Malformed, name, "The query of the address cannot be read: escape it as UTF-8 (%XX).")
	}
	for key, sent := range values {
		known := slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == key })
		if !known {
			return unknownParameter(key, op)
		}
		if len(sent) > 1 {
			return fault.Field(key, "This parameter was sent more than once: send it once.")
		}
		if !utf8.ValidString(sent[0]) || strings.ContainsRune(sent[0], 0) {
			return &fault.Error{Kind: fault.Malformed, Op: name, Field: key, Message: "This is not valid UTF-8: send it in that encoding, without zero bytes."}
		}
	}
	return nil
}

// plainQuery tells of a query that it is right without taking it apart: parameters that the operation has, each once, and nothing escaped.
// Most are.
func plainQuery(raw string, op *huma.Operation) bool {
	const most = 8
	var keys [most]string
	for n := 0; raw != ""; n++ {
		var pair string
		pair, raw, _ = strings.Cut(raw, "&")
		key, _, _ := strings.Cut(pair, "=")
		if n == most || key == "" || strings.ContainsFunc(pair, isNotPlain) || slices.Contains(keys[:n], key) ||
			!slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == key }) {
			return false
		}
		keys[n] = key
	}
	return true
}

// isNotPlain tells of a character that it may stand for another in a query, or that it must not stand there.
func isNotPlain(r rune) bool {
	return r <= ' ' || r > '~' || r == '%' || r == '+' || r == ';'
}

// unknownParameter names the parameters that are nearest to one that an operation does not have.
func unknownParameter(key string, op *huma.Operation) error {
	var names []string
	for _, p := range op.Parameters {
		if p.In == "query" {
			names = append(names, p.Name)
		}
	}
	field := "(unknown)"
	if plainName(key) {
		field = key
	}
	return fault.Field(field, "This operation has no parameter of that name: leave it out, or correct its name.", nearestNames(key, names)...)
}

// nearestNames gives up to three of the names, those with the fewest errors of typing first.
func nearestNames(sent string, names []string) []string {
	const longest = 32 // a longer one is nobody's misspelling
	sent = strings.ToValidUTF8(sent[:min(len(sent), longest)], "")
	names = slices.Clone(names)
	slices.SortStableFunc(names, func(a, b string) int {
		return script.Distance(sent, a, longest) - script.Distance(sent, b, longest)
	})
	return names[:min(3, len(names))]
}
