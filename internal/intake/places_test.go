package intake

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"rabta/geo"
	"rabta/internal/fault"
)

// readAll gives every row of a table, and the error that ended it.
func readAll(r io.Reader) (rows []PlaceRow, err error) {
	for row, err := range Places(r) {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// readFile reads an invented table of testdata.
func readFile(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func mustRead(t *testing.T, body []byte) []PlaceRow {
	t.Helper()
	rows, err := readAll(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func gzipped(t *testing.T, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPlacesReadsBothLayouts(t *testing.T) {
	tests := []struct {
		file, source                       string
		rows, taken, towns, passed, faults int
	}{
		{"headed.tsv", SourceWhosOnFirst, 39, 24, 1, 2, 13},
		{"geonames.txt", SourceGeoNames, 35, 22, 3, 5, 8},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			var taken, towns, passed, faults int
			rows := mustRead(t, readFile(t, tt.file))
			for _, r := range rows {
				switch {
				case r.Fault != nil:
					faults++
				case r.Taken():
					taken++
					if r.Place.Level == geo.LevelTown {
						towns++
					}
				default:
					passed++
				}
				if r.Source != tt.source {
					t.Errorf("row %d is said to be of %q", r.Row, r.Source)
				}
				if r.Fault != nil && (r.Taken() || r.Fault.Row != r.Row) {
					t.Errorf("row %d has both a place and a fault, or a fault of row %d", r.Row, r.Fault.Row)
				}
			}
			if len(rows) != tt.rows || taken != tt.taken || towns != tt.towns || passed != tt.passed || faults != tt.faults {
				t.Errorf("%d rows, %d taken of which %d towns, %d passed over, %d faults; want %d, %d, %d, %d, %d",
					len(rows), taken, towns, passed, faults, tt.rows, tt.taken, tt.towns, tt.passed, tt.faults)
			}
		})
	}
}

func TestPlacesGivesNamesByScript(t *testing.T) {
	tests := []struct {
		file, id string
		want     geo.Place
	}{
		{"headed.tsv", "vil-wof900000001", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Årnapur", Ur: "آرنا پور"}, Other: []string{"Arnapur", "Aarnapur"}}},
		{"headed.tsv", "vil-gn90000002", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Noorgarh Bala", Ur: "نورگڑھ بالا"}, Other: []string{"Nurgarh Bala"}}},
		{"headed.tsv", "vil-gn90000004", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "57/12-L", Ur: "چک 57 بارہ ایل"}}},
		{"headed.tsv", "vil-gn90000006", geo.Place{Level: geo.LevelTown, Names: geo.Names{En: "Sukhanwala", Ur: "سکھن والا"}, Other: []string{"Sukhan Wala"}}},
		{"headed.tsv", "vil-gn90000007", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Goth Meharban Solangi"}, Other: []string{"ڳوٺ مہربان سولنگی"}}},
		{"headed.tsv", "vil-wof900000009", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Basti Chiraghan", Ur: "بستی چراغاں"}}},
		{"headed.tsv", "vil-gn90000025", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Raised Bell Kot"}}},
		{"headed.tsv", "vil-gn90000026", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Kot Nadir", Ur: "کوٹ نادر"}}},
		{"headed.tsv", "vil-gn90000027", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Naya Goth", Ur: "نیا گوٹھ"}}},
		{"headed.tsv", "vil-gn90000028", geo.Place{Level: geo.LevelVillage, Names: geo.Names{Ur: "صرف اردو"}}},
		{"headed.tsv", "vil-wof900000029", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Leading Zero"}}},
		{"headed.tsv", "vil-gn90000030", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "33"}}},
		{"headed.tsv", "vil-gn90000032", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Mohalla Qasaban", Ur: "محلہ قصاباں"}}},
		{"headed.tsv", "vil-gn90000038", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Windows Nagar"}}},
		{"headed.tsv", "vil-gn90000039", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Aakhri Basti"}}},
		{"geonames.txt", "vil-gn90000051", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Ṭibbī Ṣādiqābād", Ur: "ٹبی صادق آباد"},
			Other: []string{"Tibbi Sadiqabad", "Tibi Sadiqabad", "تبی صادق"}}},
		{"geonames.txt", "vil-gn90000053", geo.Place{Level: geo.LevelTown, Names: geo.Names{En: "Capital Of Tests"}}},
		{"geonames.txt", "vil-gn90000065", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Dhok Jāmi‘ Masjid"}, Other: []string{"Dhok Jami Masjid"}}},
		{"geonames.txt", "vil-gn90000066", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Qila Arabi", Ur: "قلعہ عربی"}}},
		{"geonames.txt", "vil-gn90000067", geo.Place{Level: geo.LevelVillage, Names: geo.Names{En: "Gaon Be Naam", Ur: "گاؤں بے نام"}}},
		{"geonames.txt", "vil-gn90000072", geo.Place{Level: geo.LevelTown, Names: geo.Names{En: "Shahr-e-Namuna", Ur: "شہر نمونہ"}}},
	}
	for _, tt := range tests {
		t.Run(tt.id, func(t *testing.T) {
			rows := mustRead(t, readFile(t, tt.file))
			i := slices.IndexFunc(rows, func(r PlaceRow) bool { return r.Place.ID == tt.id })
			if i < 0 {
				t.Fatal("not read")
			}
			got := rows[i].Place
			if got.Names != tt.want.Names || !slices.Equal(got.Other, tt.want.Other) || got.Level != tt.want.Level {
				t.Errorf("got %+v\nwant %+v", got, tt.want)
			}
			if got.Population != 0 || got.Parent != "" || !got.Point.InBox() {
				t.Errorf("population %d, parent %q, point %v: want 0, none, one in the box", got.Population, got.Parent, got.Point)
			}
		})
	}
	rows := mustRead(t, readFile(t, "headed.tsv"))
	i := slices.IndexFunc(rows, func(r PlaceRow) bool { return r.Place.ID == "vil-gn90000031" })
	if len(rows[i].Place.Other) != maxOther {
		t.Errorf("%d further spellings of 40 were kept, want %d", len(rows[i].Place.Other), maxOther)
	}
}

func TestPlacesSaysWhatIsWrong(t *testing.T) {
	tests := []struct {
		file string
		want RowFault
	}{
		{"headed.tsv", RowFault{Row: 12, Column: "name", Found: "", Expected: "a name in Latin or Urdu letters, of at most 80 letters"}},
		{"headed.tsv", RowFault{Row: 13, Column: "lat", Found: "12.5", Expected: "a point in Pakistan: 22.5 to 38 degrees of latitude"}},
		{"headed.tsv", RowFault{Row: 14, Column: "lat", Found: "72.3", Expected: "latitude before longitude: they seem to be swapped"}},
		{"headed.tsv", RowFault{Row: 15, Column: "lat", Found: "north", Expected: "degrees of latitude, 22.5 to 38"}},
		{"headed.tsv", RowFault{Row: 16, Column: "lon", Found: "99.5", Expected: "a point in Pakistan: 60 to 78.5 degrees of longitude"}},
		{"headed.tsv", RowFault{Row: 17, Column: "geonames_id", Found: "", Expected: "the number by which the source knows the place"}},
		{"headed.tsv", RowFault{Row: 18, Column: "geonames_id", Found: "12x4", Expected: "a whole number above 0"}},
		{"headed.tsv", RowFault{Row: 19, Column: "lat", Found: "NaN", Expected: "a point in Pakistan: 22.5 to 38 degrees of latitude"}},
		{"headed.tsv", RowFault{Row: 20, Column: "name", Found: "北京", Expected: "a name in Latin or Urdu letters, of at most 80 letters"}},
		{"headed.tsv", RowFault{Row: 21, Column: "", Found: "5 columns", Expected: "19 columns separated by tabs"}},
		{"headed.tsv", RowFault{Row: 22, Column: "", Found: "20 columns", Expected: "19 columns separated by tabs"}},
		{"headed.tsv", RowFault{Row: 23, Column: "name", Found: strings.Repeat("x", maxFound), Expected: "a name in Latin or Urdu letters, of at most 80 letters"}},
		{"headed.tsv", RowFault{Row: 38, Column: "name", Found: "Kot \uFFFD Sultan", Expected: "text in UTF-8"}},
		{"geonames.txt", RowFault{Row: 1, Column: "", Found: "3 columns", Expected: "19 columns separated by tabs"}},
		{"geonames.txt", RowFault{Row: 13, Column: "latitude", Found: "51.5", Expected: "a point in Pakistan: 22.5 to 38 degrees of latitude"}},
		{"geonames.txt", RowFault{Row: 15, Column: "geonameid", Found: "abc", Expected: "a whole number above 0"}},
	}
	for _, tt := range tests {
		t.Run(tt.want.String(), func(t *testing.T) {
			rows := mustRead(t, readFile(t, tt.file))
			i := slices.IndexFunc(rows, func(r PlaceRow) bool { return r.Row == tt.want.Row })
			if i < 0 || rows[i].Fault == nil || !reflect.DeepEqual(*rows[i].Fault, tt.want) {
				t.Errorf("got %+v", rows[max(i, 0)].Fault)
			}
		})
	}
}

func TestPlacesReadsTheSameUnderAnyWrapping(t *testing.T) {
	for _, file := range []string{"headed.tsv", "geonames.txt"} {
		body := readFile(t, file)
		want := mustRead(t, body)
		wrapped := map[string]io.Reader{
			"gzip":             bytes.NewReader(gzipped(t, body)),
			"two gzip members": bytes.NewReader(append(gzipped(t, body[:700]), gzipped(t, body[700:])...)),
			"byte order mark":  bytes.NewReader(append([]byte("\uFEFF"), body...)),
			"a byte at a time": iotest.OneByteReader(bytes.NewReader(body)),
		}
		for name, r := range wrapped {
			t.Run(file+" "+name, func(t *testing.T) {
				got, err := readAll(r)
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("%d rows, %v; want the %d of the plain file", len(got), err, len(want))
				}
			})
		}
	}
}

func TestPlacesRefusesOtherFiles(t *testing.T) {
	whole := gzipped(t, readFile(t, "headed.tsv"))
	flipped := slices.Clone(whole)
	flipped[len(flipped)-5] ^= 0xff // in the checksum and length at the end
	tests := []struct {
		name string
		body []byte
		kind fault.Kind
	}{
		{"empty", nil, fault.Malformed},
		{"blank lines", []byte("\n\n\r\n"), fault.Malformed},
		{"prose", []byte(strings.Repeat("Dear sir, here are the villages.\n", 50)), fault.Malformed},
		{"one line of prose", []byte("Dear sir"), fault.Malformed},
		{"headings without ids", []byte("name\tlat\tlon\nKot\t31\t72\n"), fault.Malformed},
		{"commas", []byte("wof_id,name,lat,lon\n1,Kot,31,72\n"), fault.Malformed},
		{"zip", []byte("PK\x03\x04rest"), fault.Malformed},
		{"UTF-16", []byte("\xff\xfen\x00a\x00"), fault.Malformed},
		{"cut gzip", whole[:len(whole)/2], fault.Malformed},
		{"damaged gzip", flipped, fault.Malformed},
		{"gzip's first bytes alone", []byte("\x1f\x8b"), fault.Malformed},
		{"gzip in gzip", gzipped(t, gzipped(t, []byte("name\tlat"))), fault.Malformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, err := readAll(bytes.NewReader(tt.body))
			if err == nil || fault.KindOf(err) != tt.kind {
				t.Errorf("%d rows and %v, want a fault of kind %v", len(rows), err, tt.kind)
			}
			if said, ok := fault.Shown(err); !ok || said.Message == "" {
				t.Errorf("%v has no sentence for a person", err)
			}
		})
	}
}

func TestPlacesPassesOnWhatTheReaderSays(t *testing.T) {
	torn := errors.New("the line went dead")
	body := readFile(t, "headed.tsv")
	rows, err := readAll(io.MultiReader(bytes.NewReader(body[:2000]), iotest.ErrReader(torn)))
	if !errors.Is(err, torn) || len(rows) == 0 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

func TestPlacesStopsWhenTheCallerDoes(t *testing.T) {
	n := 0
	for range Places(bytes.NewReader(readFile(t, "headed.tsv"))) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d rows came", n)
	}
}

// endless gives the same bytes again and again.
type endless struct {
	part []byte
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.part[e.at:])
	e.at = (e.at + n) % len(e.part)
	return n, nil
}

func TestPlacesPassesOverALongLine(t *testing.T) {
	head, rest, _ := bytes.Cut(readFile(t, "headed.tsv"), []byte("\n"))
	long := append(bytes.Repeat([]byte("ل"), maxLine), '\n')
	rows := mustRead(t, slices.Concat(head, []byte("\n"), long, rest))
	if f := rows[0].Fault; f == nil || f.Row != 2 || f.Expected != "a row of at most 65536 bytes" || len([]rune(f.Found)) > maxFound {
		t.Errorf("the long line: %+v", f)
	}
	if rows[1].Place.ID != "vil-wof900000001" || len(rows) != 40 {
		t.Errorf("%d rows, after the long line comes %+v", len(rows), rows[1])
	}
}

func TestPlacesRefusesBombs(t *testing.T) {
	row := append(bytes.Repeat([]byte("x"), maxLine-2), '\n')
	tests := []struct {
		name string
		r    io.Reader
		rows int // that come before it is refused, at most
	}{
		{"one gzipped line without end", &endless{part: gzipped(t, make([]byte, 8<<20))}, 1},
		{"gzipped rows without end", io.MultiReader(bytes.NewReader(gzipped(t, []byte("wof_id\tname\tlat\tlon\n"))),
			&endless{part: gzipped(t, bytes.Repeat(row, 100))}), maxInflated/len(row) + 1},
		{"a plain line without end", &endless{part: make([]byte, 1<<20)}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, err := readAll(tt.r)
			if fault.KindOf(err) != fault.TooLarge || len(rows) > tt.rows {
				t.Errorf("%d rows, %v; want at most %d and a fault of kind %v", len(rows), err, tt.rows, fault.TooLarge)
			}
		})
	}
}

func TestPlacesHoldsOneRow(t *testing.T) {
	body := readFile(t, "headed.tsv")
	head, rest, _ := bytes.Cut(body, []byte("\n"))
	long := slices.Concat(head, []byte("\n"), bytes.Repeat(append(bytes.TrimRight(rest, "\n"), '\n'), 200))
	perRow := func(body []byte) float64 {
		rows := 0
		allocs := testing.AllocsPerRun(3, func() {
			rows = 0
			for range Places(bytes.NewReader(body)) {
				rows++
			}
		})
		return allocs / float64(rows)
	}
	if short, many := perRow(body), perRow(long); many > short {
		t.Errorf("%.1f allocations a row in 40 rows, %.1f in 8,000: something grows", short, many)
	}
}

// TestAFaultRepeatsNoLongNumber: a phone or an identity number in the wrong column is somebody's.
func TestAFaultRepeatsNoLongNumber(t *testing.T) {
	for value, want := range map[string]string{
		"Rabia 0300-5551112":      "Rabia (a long number)",
		"35202-1000022-2, tailor": "(a long number), tailor",
		"۰۳۰۰ ۵۵۵۱۱۱۲":            "(a long number)",
		"electrician level 3":     "electrician level 3",
		"Rs. 25,000 to 30,000":    "Rs. 25,000 to 30,000",
		"2026-11-22":              "2026-11-22",
	} {
		if got := shown(value); got != want {
			t.Errorf("%q is shown as %q, want %q", value, got, want)
		}
	}
}
