package main

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/board"
)

// column is one column of a table of the peer's, with where its value comes from.
type column[R any] struct {
	name, kind string
	value      func(*R) any
}

// postingRow is a posting as the peer has it: the digest by which our side judges, the same figures in columns of their own, and what
// can be worked out beforehand worked out, such as the sines of its place and what its trade earns where it is.
type postingRow struct {
	n int
	matching.Opening
	wage  matching.WageRow
	trust float64
}

// postings are the columns of the table of postings.
var postings = []column[postingRow]{
	{"n", "int4", func(r *postingRow) any { return r.n }},
	{"trade", "int2", func(r *postingRow) any { return int16(r.Trade) }},
	{"lon", "float8", func(r *postingRow) any { return r.At.Lon }},
	{"lat", "float8", func(r *postingRow) any { return r.At.Lat }},
	{"rlon", "float8", func(r *postingRow) any { return radians(r.At.Lon) }},
	{"rlat", "float8", func(r *postingRow) any { return radians(r.At.Lat) }},
	{"coslat", "float8", func(r *postingRow) any { return cosine(r.At.Lat) }},
	{"ln_answers", "float8", func(r *postingRow) any { return math.Log(max(0.01, float64(r.Answers)/1000)) }},
	{"p25", "float8", func(r *postingRow) any { return r.wage.P25 }},
	{"p50", "float8", func(r *postingRow) any { return r.wage.P50 }},
	{"trust", "float8", func(r *postingRow) any { return r.trust }},
	{"posted", "int4", func(r *postingRow) any { return int64(r.Posted) }},
	{"expires", "int4", func(r *postingRow) any { return int64(r.Expires) }},
	{"posted_day", "int4", func(r *postingRow) any { return matching.Day(time.Unix(int64(r.Posted), 0)) }},
	{"starts", "int4", func(r *postingRow) any { return dayOrNull(r.Starts) }},
	{"monthly", "int4", func(r *postingRow) any { return int64(r.Monthly) }},
	{"kind", "int2", func(r *postingRow) any { return int16(r.Kind) }},
	{"open_to", "int2", func(r *postingRow) any { return int16(r.OpenTo) }},
	{"need_yes", "int2", func(r *postingRow) any { return int16(r.NeedYes) }},
	{"need_no", "int2", func(r *postingRow) any { return int16(r.NeedNo) }},
	{"licences", "int2", func(r *postingRow) any { return int16(r.Licences) }},
	{"schooling", "int2", func(r *postingRow) any { return int16(r.Schooling) }},
	{"level", "int2", func(r *postingRow) any { return int16(r.Level) }},
	{"months", "int2", func(r *postingRow) any { return int16(r.Months) }},
	{"n_required", "int2", func(r *postingRow) any { return int16(r.Required) }},
	{"n_preferred", "int2", func(r *postingRow) any { return int16(len(r.Skills) - int(r.Required)) }},
	{"remote", "bool", func(r *postingRow) any { return r.Remote }},
	{"living", "bool", func(r *postingRow) any { return r.Accommodation }},
	{"own_home", "bool", func(r *postingRow) any { return r.OwnHome }},
	{"transport", "bool", func(r *postingRow) any { return r.Transport }},
	{"vouched", "bool", func(r *postingRow) any { return r.Vouched }},
	{"asks_tools", "bool", func(r *postingRow) any { return r.AsksTools }},
	{"required", "int4[]", func(r *postingRow) any { return int4s(r.Skills[:r.Required]) }},
	{"preferred", "int4[]", func(r *postingRow) any { return int4s(r.Skills[r.Required:]) }},
}

// graduateRow is one (graduate, trade) row, found by the centre of her home's resolution-7 cell.
type graduateRow struct {
	n int // of the person: her rows share it
	board.Graduate
	bands
	reach float64
}

// graduates are the columns of the table of graduates; their names are those of a seeker in a judge.
var graduates = []column[graduateRow]{
	{"n", "int4", func(r *graduateRow) any { return r.n }},
	{"trade", "int2", func(r *graduateRow) any { return int16(r.Trade) }},
	{"lon", "float8", func(r *graduateRow) any { return r.Coarse.Lon }},
	{"lat", "float8", func(r *graduateRow) any { return r.Coarse.Lat }},
	{"rlon", "float8", func(r *graduateRow) any { return radians(r.Coarse.Lon) }},
	{"rlat", "float8", func(r *graduateRow) any { return radians(r.Coarse.Lat) }},
	{"coslat", "float8", func(r *graduateRow) any { return cosine(r.Coarse.Lat) }},
	{"reach", "float8", func(r *graduateRow) any { return r.reach }},
	{"up1", "float8", func(r *graduateRow) any { return r.up[0] }},
	{"up2", "float8", func(r *graduateRow) any { return r.up[1] }},
	{"decay1", "float8", func(r *graduateRow) any { return r.decay[0] }},
	{"decay2", "float8", func(r *graduateRow) any { return r.decay[1] }},
	{"decay3", "float8", func(r *graduateRow) any { return r.decay[2] }},
	{"cost1", "float8", func(r *graduateRow) any { return r.cost[0] }},
	{"cost2", "float8", func(r *graduateRow) any { return r.cost[1] }},
	{"cost3", "float8", func(r *graduateRow) any { return r.cost[2] }},
	{"lowest", "int4", func(r *graduateRow) any { return int64(r.LowestPay) }},
	{"free", "int4", func(r *graduateRow) any { return dayOrNull(r.AvailableFrom) }},
	{"kinds", "int2", func(r *graduateRow) any { return int16(r.Kinds) }},
	{"needs", "int2", func(r *graduateRow) any { return int16(r.Needs) }},
	{"gender", "int2", func(r *graduateRow) any { return int16(r.Gender) }},
	{"months", "int2", func(r *graduateRow) any { return r.Months }},
	{"level", "int2", func(r *graduateRow) any { return int16(r.Level) }},
	{"schooling", "int2", func(r *graduateRow) any { return int16(r.Schooling) }},
	{"licences", "int2", func(r *graduateRow) any { return int16(r.Licences) }},
	{"tools", "int2", func(r *graduateRow) any { return int16(r.OwnTools) }},
	{"n_skills", "int2", func(r *graduateRow) any { return int16(len(r.Skills)) }},
	{"confirmed", "bool", func(r *graduateRow) any { return r.ConfirmedOnly }},
	{"lives_in", "bool", func(r *graduateRow) any { return r.LivesIn }},
	{"skills", "int4[]", func(r *graduateRow) any { return int4s(r.Skills) }},
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

// cosine is that of a latitude in degrees.
func cosine(degrees float64) float64 { return math.Cos(radians(degrees)) }

func int4s(numbers []uint16) []int32 {
	list := make([]int32, len(numbers))
	for i, n := range numbers {
		list[i] = int32(n)
	}
	return list
}

func dayOrNull(day int32) any {
	if day == matching.NoDay {
		return nil
	}
	return day
}

// create makes a table for the rows as they come; settle makes the one that is asked of it.
func create[R any](ctx context.Context, p *peer, table string, columns []column[R]) error {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = c.name + " " + c.kind
	}
	return p.run(ctx, "create unlogged table "+table+" ("+strings.Join(list, ", ")+")")
}

// settle makes the table with the place of each row as a point of the plane and one of the globe, and its indexes. Rows lie by trade, and
// within one along PostGIS's Hilbert curve of places, as CLUSTER by the index would have them, without a second index and a second table.
func settle(ctx context.Context, p *peer, table, columns string, more ...string) error {
	return p.run(ctx, append([]string{
		"set work_mem = '1GB'",
		"create unlogged table " + table + " as " + placed(table, columns) + " order by trade, pt",
		"reset work_mem",
		"drop table " + table + "_raw",
		"create index " + table + "_trade_pt on " + table + " using gist (trade, pt)",
		"create index " + table + "_trade_at on " + table + " using gist (trade, at)",
		"create index " + table + "_trade on " + table + " (trade)",
		"create index " + table + "_pt on " + table + " using gist (pt)",
	}, append(more, "analyze "+table)...)...)
}

// placed selects the rows of a raw table with their places as points.
func placed(table, columns string) string {
	const point = "st_setsrid(st_makepoint(lon, lat), 4326)"
	return "select " + columns + ", " + point + " as pt, " + point + "::geography as at from " + table + "_raw"
}

// copier puts rows into a table by COPY while they come.
type copier[R any] struct {
	rows chan *R
	done chan error
}

func newCopier[R any](ctx context.Context, p *peer, table string, columns []column[R]) (*copier[R], error) {
	conn, err := p.connect(ctx)
	if err != nil {
		return nil, err
	}
	c := &copier[R]{rows: make(chan *R, 1024), done: make(chan error, 1)}
	names := make([]string, len(columns))
	for i, col := range columns {
		names[i] = col.name
	}
	go func() {
		_, err := conn.CopyFrom(ctx, pgx.Identifier{table}, names, pgx.CopyFromFunc(func() ([]any, error) {
			r, more := <-c.rows
			if !more {
				return nil, nil
			}
			values := make([]any, len(columns))
			for i, col := range columns {
				values[i] = col.value(r)
			}
			return values, nil
		}))
		c.done <- firstOf(err, conn.Close(ctx))
	}()
	return c, nil
}

// put hands a row over; it fails when the copy has ended.
func (c *copier[R]) put(r *R) error {
	select {
	case c.rows <- r:
		return nil
	case err := <-c.done:
		c.done <- err
		return fmt.Errorf("the copy ended early: %w", err)
	}
}

// end waits until all rows are in.
func (c *copier[R]) end() error {
	close(c.rows)
	return <-c.done
}

// box is the rectangle around a circle, which the peer's index of plane points is asked for.
func box(p geo.Point, metres float64) (west, south, east, north float64) {
	angle := metres / geo.EarthRadius
	dLat := angle * 180 / math.Pi * 1.000001
	dLon := math.Asin(min(1, math.Sin(angle)/math.Cos(radians(p.Lat)))) * 180 / math.Pi * 1.000001
	return p.Lon - dLon, p.Lat - dLat, p.Lon + dLon, p.Lat + dLat
}
