package intake

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"rabta/geo"
)

// longRoster gives n rows of a roster as it is read, none of which is held.
type longRoster struct {
	rows, at int
	trades   []string
	places   []string
	random   *rand.Rand
	rest     []byte
}

// newLongRoster makes a roster of every trade by all its names, and of every town and tehsil with its district.
func newLongRoster(t testing.TB, rows int) *longRoster {
	tables := testTables(t)
	l := &longRoster{rows: rows, random: rand.New(rand.NewPCG(1, 2)),
		rest: []byte("Sr,Reg No,Name,Father Name,Gender,CNIC,Mobile,Trade,Tehsil,District,Date of Birth,Qualification,Experience,Expected Salary,Institute,Completion Date,Consent\n")}
	for _, trade := range tables.Model.Catalogue.All() {
		l.trades = append(append(l.trades, trade.Names.En, trade.Names.Ur, trade.Names.Roman), trade.Synonyms...)
	}
	for _, level := range []geo.Level{geo.LevelTown, geo.LevelTehsil} {
		for _, p := range tables.Gazetteer.All(level) {
			if parent, ok := tables.Gazetteer.Place(p.Parent); ok && parent.Level == geo.LevelDistrict {
				l.places = append(l.places, p.Names.En+","+parent.Names.En)
			}
		}
	}
	return l
}

func (l *longRoster) Read(p []byte) (int, error) {
	for len(l.rest) < len(p) && l.at < l.rows {
		l.at++
		name := []string{"Ayesha Bibi", "محمد عمران", "Sana Gul", "زینب", "Bilal Ahmed", "Muhammad Usman"}[l.random.IntN(6)]
		l.rest = fmt.Appendf(l.rest, "%d,NV-%07d,%s %c%c,M. Aslam,%s,9%012d,039%08d,%s,%s,%02d/%02d/%d,%s,%d months,%d,Government Technical Training Centre,%02d/%02d/2025,yes\n",
			l.at, l.at, name, 'A'+l.random.IntN(26), 'a'+l.random.IntN(26), []string{"F", "Male", "خاتون"}[l.random.IntN(3)], l.random.Int64N(1e12), l.random.IntN(1e8),
			l.trades[l.random.IntN(len(l.trades))], l.places[l.random.IntN(len(l.places))], 1+l.random.IntN(28), 1+l.random.IntN(12), 1980+l.random.IntN(28),
			[]string{"Matric", "میٹرک", "F.A.", "Middle", "B.A"}[l.random.IntN(5)], l.random.IntN(60), 20_000+500*l.random.IntN(60), 1+l.random.IntN(28), 1+l.random.IntN(12))
	}
	if len(l.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// processorTime is what this process has had of all processors.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkGraduates reads a long roster, the making of its rows counted; rows/s is of the processors that the machine leaves it, rows/cpu-s of a
// second of one.
func BenchmarkGraduates(b *testing.B) {
	roster := newLongRoster(b, b.N)
	b.ReportAllocs()
	b.ResetTimer()
	before := processorTime()
	rows, refused := 0, 0
	var why string
	for row, err := range Graduates(context.Background(), roster, testTables(b)) {
		if err != nil {
			b.Fatal(err)
		}
		if rows++; row.Headings == nil && row.Graduate == nil {
			refused++
			why = row.Problems[0].String()
		}
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(rows)/(processorTime()-before).Seconds(), "rows/cpu-s")
	b.ReportMetric(100*float64(refused)/float64(rows), "%refused")
	if refused > 0 {
		b.Log(why)
	}
}

// What is held does not grow with the rows that were read.
func TestGraduatesHoldsOneRow(t *testing.T) {
	const first, last = 15_000, 30_000
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var early, late uint64
	rows := 0
	for row, err := range Graduates(context.Background(), newLongRoster(t, last), testTables(t)) {
		if err != nil {
			t.Fatal(err)
		}
		switch rows++; rows {
		case first:
			early = heap()
		case last:
			late = heap()
		}
		_ = row
	}
	if grown := int64(late) - int64(early); rows != last+1 || grown > 4<<20 {
		t.Errorf("%d rows, %d KB more held after the last than after half", rows, grown>>10)
	}
}

// A memo never holds more than its two halves.
func TestMemoIsBounded(t *testing.T) {
	var m memo[int]
	asked := 0
	for i := range 5 * memoSize {
		m.of(fmt.Sprint(i), func(string) int { asked++; return i })
	}
	if len(m.young) > memoSize || len(m.old) > memoSize || asked != 5*memoSize {
		t.Errorf("%d and %d held, %d asked", len(m.young), len(m.old), asked)
	}
	if m.of(strings.Repeat("x", memoBytes+1), func(string) int { return 7 }) != 7 || len(m.young) > memoSize {
		t.Error("a long text is not read")
	}
}
