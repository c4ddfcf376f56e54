package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching/gaps"
	"rabta/matching/trades"
)

// cases are districts that show much, little and nothing.
func cases(t *testing.T) map[string]*District {
	return map[string]*District{"Lahore": districtOf(t, "Lahore"), "Khuzdar": districtOf(t, "Khuzdar"), "Awaran": districtOf(t, "Awaran"),
		"stuffed": stuffed(), "empty": empty()}
}

// elements walks over the elements of a page.
func elements(t *testing.T, pageText []byte, visit func(n *html.Node)) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(pageText))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			visit(n)
		}
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// TestPageStandsAlone is that a report has its two pages, names its language, and asks nothing of a network or of scripts.
func TestPageStandsAlone(t *testing.T) {
	for name, d := range cases(t) {
		for lang, w := range languages {
			text := written(t, d, lang)
			if !bytes.Equal(text, written(t, d, lang)) {
				t.Errorf("%s in %s is another page each time", name, lang)
			}
			pages, ids := 0, map[string]bool{}
			elements(t, text, func(n *html.Node) {
				switch n.Data {
				case "script", "link", "img", "iframe", "object", "base":
					t.Errorf("%s in %s has a %s", name, lang, n.Data)
				case "html":
					if attribute(n, "lang") != lang || attribute(n, "dir") != w.Dir {
						t.Errorf("%s in %s says lang=%s dir=%s", name, lang, attribute(n, "lang"), attribute(n, "dir"))
					}
				}
				for _, a := range n.Attr {
					if a.Key == "src" || a.Key == "href" || strings.HasPrefix(a.Key, "on") {
						t.Errorf("%s in %s: %s has %s", name, lang, n.Data, a.Key)
					}
				}
				if id := attribute(n, "id"); id != "" {
					if ids[id] {
						t.Errorf("%s in %s has two elements %s", name, lang, id)
					}
					ids[id] = true
				}
				if attribute(n, "class") == "page" {
					pages++
				}
			})
			if pages != 2 || bytes.Contains(text, []byte("ZgotmplZ")) || bytes.Contains(text, []byte("%!")) || bytes.Contains(text, []byte("NaN")) {
				t.Errorf("%s in %s has %d pages, or something that could not be written", name, lang, pages)
			}
			if !bytes.Contains(text, []byte(w.Registered)) {
				t.Errorf("%s in %s does not say of whom its figures are", name, lang)
			}
		}
	}
	if regexp.MustCompile(`https?:|@import|url\((?:[^#])`).MatchString(style) {
		t.Error("the style asks for something outside the page")
	}
}

// figures gives what the page shows as figures of a group: by "group name", such as "mason supply".
func figures(t *testing.T, text []byte) map[string]string {
	t.Helper()
	all := make(map[string]string)
	elements(t, text, func(n *html.Node) {
		name := attribute(n, "data-figure")
		if name == "" {
			return
		}
		shown := textOf(n)
		if before, twice := all[name]; twice && before != shown && before != dash && shown != dash {
			t.Errorf("%s is %q and %q", name, before, shown)
		}
		all[name] = shown
	})
	return all
}

// published gives a figure of a row by its name in JSON, as an answer of the API would give it; false when it is null.
func published(t *testing.T, row any, name string) (float64, bool) {
	t.Helper()
	text, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	for part, rest, deeper := strings.Cut(name, "."); ; part, rest, deeper = strings.Cut(rest, ".") {
		value, is := fields[part]
		if !is {
			t.Fatalf("%s is no figure of a row", name)
		}
		if !deeper {
			if within, ok := value.(map[string]any); ok {
				value = within["share"]
			}
			figure, ok := value.(float64)
			return figure, ok
		}
		fields, _ = value.(map[string]any)
	}
}

// TestEveryFigureIsThePublishedOne compares each number of a page with the row that it is of, in both languages.
func TestEveryFigureIsThePublishedOne(t *testing.T) {
	for name, d := range cases(t) {
		rows := map[string]*gaps.Row{gaps.AllTrades: d.Whole, "province": d.Province}
		for i := range d.Trades {
			rows[d.Trades[i].Row.Group] = &d.Trades[i].Row
		}
		for lang, w := range languages {
			shown := figures(t, written(t, d, lang))
			if d.Whole != nil && len(shown) < 12 {
				t.Errorf("%s in %s shows %d figures", name, lang, len(shown))
			}
			for figure, text := range shown {
				group, of, _ := strings.Cut(figure, " ")
				var want float64
				var is bool
				switch {
				case group == "trend":
					want, is = published(t, d.Trend, of)
				case group == "women":
					want, is = map[string]float64{"distance": d.Whole.Women.Lost.Distance, "transport": d.Whole.Women.Lost.Transport,
						"conditions": d.Whole.Women.Lost.Conditions}[of], true
				default:
					want, is = published(t, rows[group], of)
				}
				checkFigure(t, fmt.Sprintf("%s in %s: %s", name, lang, figure), text, want, is, w)
			}
		}
	}
}

// peopleCounts are the figures that count people.
var peopleCounts = regexp.MustCompile(`supply|hired|matched|interviewed`)

func checkFigure(t *testing.T, what, text string, want float64, is bool, w *words) {
	t.Helper()
	if !is {
		if text != dash && text != w.Hidden && text != w.NoRecord {
			t.Errorf("%s is suppressed and shown as %q", what, text)
		}
		return
	}
	number, share := strings.CutSuffix(strings.ReplaceAll(text, ",", ""), "%")
	got, err := strconv.ParseFloat(number, 64)
	off := 0.005
	if share {
		got, off = got/100, 0.00501
	}
	if err != nil || got-want > off+1e-9 || want-got > off+1e-9 {
		t.Errorf("%s is %v and shown as %q", what, want, text)
	}
	if peopleCounts.MatchString(what) && got < gaps.Threshold {
		t.Errorf("%s shows %q people", what, text)
	}
}

// TestHostileNamesStayText is that no name of a place, a trade or an institute becomes more than text.
func TestHostileNamesStayText(t *testing.T) {
	const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>{{.T}} %s`
	d := stuffed()
	d.Names = geo.Names{En: hostile, Ur: hostile}
	d.Above = []geo.Names{d.Names}
	d.Places["div-long"] = d.Names
	d.Outcomes[0].Institute = hostile
	d.Training[0].En, d.Training[0].Ur = hostile, hostile
	d.Trades[0].Names = trades.Names{En: hostile, Ur: hostile}
	d.Trades[0].Row.Group = hostile
	for i := range d.Towns {
		d.Towns[i].Names = geo.Names{En: "<b>x", Ur: "<b>x"}
	}
	for lang := range languages {
		times := 0
		elements(t, written(t, d, lang), func(n *html.Node) {
			if n.Data == "script" || n.Data == "img" || n.Data == "b" && strings.HasPrefix(textOf(n), "x") {
				t.Errorf("in %s a name became a %s", lang, n.Data)
			}
			if n.FirstChild != nil && n.FirstChild.Type == html.TextNode && strings.Contains(n.FirstChild.Data, hostile) {
				times++
			}
		})
		if times < 7 {
			t.Errorf("in %s the name stands %d times as it is", lang, times)
		}
	}
}

// TestEveryTextIsInBothLanguages is that no text is missing, and that those of the Urdu page are Urdu.
func TestEveryTextIsInBothLanguages(t *testing.T) {
	for lang, w := range languages {
		v := reflect.ValueOf(*w)
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if v.Field(i).IsZero() {
				t.Errorf("%s has no %s", lang, field.Name)
			}
			if v.Field(i).Kind() != reflect.String || lang != Urdu || field.Name == "Lang" || field.Name == "Dir" || field.Name == "Comma" {
				continue
			}
			text := strings.NewReplacer("%d", "", "%s", "", "%[1]s", "", "%[2]s", "").Replace(v.Field(i).String())
			if strings.ContainsFunc(text, func(r rune) bool { return unicode.In(r, unicode.Latin) }) {
				t.Errorf("the Urdu %s has Latin letters: %s", field.Name, text)
			}
		}
	}
	if urdu.name(geo.Names{En: "Gwadar"}) != "Gwadar" || urdu.name(geo.Names{En: "Gwadar", Ur: "گوادر"}) != "گوادر" {
		t.Error("a place without an Urdu name is called by its English one, and only such a place")
	}
}

// TestEveryMeaningHasItsSource holds the last part of the page to the definitions of the figures.
func TestEveryMeaningHasItsSource(t *testing.T) {
	for lang := range languages {
		for i, m := range meaningsIn(lang) {
			if m.Title == "" || m.Text == "" || m.Source == "" {
				t.Errorf("%s in %s: %+v", meanings[i].name, lang, m)
			}
		}
	}
}

func TestAnotherLanguageIsRefused(t *testing.T) {
	err := Write(&bytes.Buffer{}, empty(), "sd")
	if shown, ok := fault.Shown(err); !ok || fault.KindOf(err) != fault.Invalid || shown.Field != "lang" {
		t.Errorf("got %v", err)
	}
}
