package gaps

import (
	"sync"
	"syscall"
	"testing"
	"time"

	"rabta/matching"
	"rabta/seed"
)

// noon is the moment at which the sample markets stand.
var noon = time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC)

var reference = sync.OnceValue(func() *seed.Reference {
	ref, err := seed.Load()
	if err != nil {
		panic(err)
	}
	return ref
})

// sampleSettings are those of the sample's model and gazetteer.
func sampleSettings() Settings {
	ref := reference()
	return DefaultSettings(ref.Model, ref.Gazetteer)
}

// sampleRows digests a sample market.
func sampleRows(size seed.Size, number uint64) ([]Searcher, []Vacancy) {
	ref := reference()
	market := seed.NewMarket(ref, size, number, noon)
	today := matching.Day(noon)
	people := make([]Searcher, 0, size.Graduates)
	for g := range market.Graduates() {
		if s, ok := SearcherOf(ref.Model, g, matching.Day(g.Created), matching.NoDay); ok && g.Status == matching.Searching {
			people = append(people, s)
		}
	}
	work := make([]Vacancy, 0, size.Postings)
	for p := range market.Postings() {
		ended := matching.Day(p.Expires)
		if p.Status != matching.Open {
			ended = min(ended, matching.Day(p.Updated))
		}
		if v, ok := VacancyOf(ref.Model, p, matching.EmployerFacts{}, ended, p.Status == matching.Filled && ended <= today); ok {
			work = append(work, v)
		}
	}
	return people, work
}

func fill(l *Ledger, people []Searcher, work []Vacancy) {
	for _, s := range people {
		l.PutSearcher(s)
	}
	for _, v := range work {
		l.PutVacancy(v)
	}
}

// million is the market of the speed that is asked for: a million people and 100,000 vacancies.
var million = sync.OnceValues(func() ([]Searcher, []Vacancy) {
	return sampleRows(seed.Size{Graduates: 1_000_000, Postings: 100_000}, 1)
})

func BenchmarkTable(b *testing.B) {
	people, work := million()
	l := NewLedger(sampleSettings())
	fill(l, people, work)
	b.Logf("%d people, %d postings", len(people), len(work))
	start := processorTime(b)
	for b.Loop() {
		l.day = matching.NoDay
		l.Table(matching.Day(noon))
	}
	b.ReportMetric(float64(processorTime(b)-start)/float64(b.N)/1e9, "cpu-s/op")
}

// processorTime gives how long the process has had a processor, which a busy machine does not stretch.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkOneChange puts one person of the largest trade into a table that is up to date.
func BenchmarkOneChange(b *testing.B) {
	people, work := million()
	l := NewLedger(sampleSettings())
	fill(l, people, work)
	l.Table(matching.Day(noon))
	largest := people[0]
	for _, p := range people {
		if len(l.buckets[p.Trade].searchers.all) > len(l.buckets[largest.Trade].searchers.all) {
			largest = p
		}
	}
	b.Logf("%s: %d people", l.set.Catalogue.At(largest.Trade).Slug, len(l.buckets[largest.Trade].searchers.all))
	start := processorTime(b)
	for b.Loop() {
		l.PutSearcher(largest)
		l.Table(matching.Day(noon))
	}
	b.ReportMetric(float64(processorTime(b)-start)/float64(b.N)/1e9, "cpu-s/op")
}

// BenchmarkRows asks for the map of one trade at each level, and for all trades and groups by district, of an up-to-date publication.
func BenchmarkRows(b *testing.B) {
	people, work := million()
	l := NewLedger(sampleSettings())
	fill(l, people, work)
	p := Publish(l.Table(matching.Day(noon)), nil)
	for _, level := range Levels {
		for _, group := range []string{"tailor", AllTrades} {
			b.Run(string(level)+"/"+group, func(b *testing.B) {
				start := processorTime(b)
				for b.Loop() {
					if _, err := p.Rows(group, level); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(processorTime(b)-start)/float64(b.N)/1e6, "cpu-ms/op")
			})
		}
	}
	b.Run("all-groups-by-district", func(b *testing.B) {
		start := processorTime(b)
		shown, rows := 0, 0
		for b.Loop() {
			shown, rows = 0, 0
			for _, g := range Groups(l.set.Catalogue) {
				all, err := p.Rows(g, District)
				if err != nil {
					b.Fatal(err)
				}
				for _, r := range all {
					rows++
					shown += int(count(r.Supply != nil))
				}
			}
		}
		b.ReportMetric(float64(processorTime(b)-start)/float64(b.N)/1e9, "cpu-s/op")
		b.ReportMetric(float64(shown)/float64(rows), "supply-shown")
	})
}

// BenchmarkPublish is the decision of what may be known, with the frame drawn anew.
func BenchmarkPublish(b *testing.B) {
	people, work := million()
	l := NewLedger(sampleSettings())
	fill(l, people, work)
	t := l.Table(matching.Day(noon))
	start := processorTime(b)
	for b.Loop() {
		Publish(t, nil)
	}
	b.ReportMetric(float64(processorTime(b)-start)/float64(b.N)/1e9, "cpu-s/op")
}

// BenchmarkAdvise asks for all advice over the whole country.
func BenchmarkAdvise(b *testing.B) {
	people, work := million()
	l := NewLedger(sampleSettings())
	fill(l, people, work)
	p := Publish(l.Table(matching.Day(noon)), nil)
	q := Question{Seats: Seats(reference().Gazetteer)}
	start := processorTime(b)
	var advice []Training
	for b.Loop() {
		advice = l.Advise(p, q)
	}
	b.ReportMetric(float64(processorTime(b)-start)/float64(b.N)/1e9, "cpu-s/op")
	b.Logf("%d places to train in", len(advice))
	for _, a := range advice[:min(3, len(advice))] {
		b.Log(a.En, a.Ur)
	}
}
