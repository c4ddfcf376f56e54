package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// haversine is the distance in metres from the point asked for to that of a row, on the sphere of package geo.
func haversine(row string) string {
	return strings.ReplaceAll("(2 * 6371008.7714::float8 * asin(least(1, sqrt(power(sin((row.rlat - #rlat) / 2), 2) + row.coslat * #coslat * power(sin((row.rlon - #rlon) / 2), 2)))))",
		"row", row)
}

// globe is the same distance by PostGIS: its sphere has our radius to the tenth of a millimetre.
func globe(row string) string {
	return "st_distance(" + row + ".at, st_setsrid(st_makepoint(#lon, #lat), 4326)::geography, false)"
}

// plan is one way of finding the rows p of some trades r near a point, and how the server is told to go it.
type plan struct {
	name  string
	near  string // on p's place; its distance is tested again
	trade string // on its trade
	dist  func(row string) string
	set   []string // settings of the connection
}

const (
	inBox    = "p.pt && st_makeenvelope(#west, #south, #east, #north, 4326)"
	onGlobe  = "st_dwithin(p.at, st_setsrid(st_makepoint(#lon, #lat), 4326)::geography, #r, false)"
	ofTrades = "p.trade = r.trade"
)

// places gives the ways that are tried for a question without words.
func places() []plan {
	nested := []string{"enable_hashjoin = off", "enable_mergejoin = off", "enable_seqscan = off"}
	bitmap := append([]string{"enable_indexscan = off"}, nested...)
	return []plan{
		{"GiST (trade, point)", inBox, ofTrades, haversine, nested},
		{"GiST (trade, point), bitmap", inBox, ofTrades, haversine, bitmap},
		{"GiST (trade, geography)", onGlobe, ofTrades, globe, nested},
		{"B-tree (trade), then distance", "true", ofTrades, haversine, nested},
		{"GiST (point), then trade", inBox, "p.trade + 0 = r.trade", haversine, []string{"enable_seqscan = off"}},
	}
}

// chosen is the fastest way of asking one kind of question, on a connection of its own.
type chosen struct {
	statement
	name string
	conn *pgx.Conn
}

// trials is how many questions each way is tried with.
const trials = 12

// choose tries every way, planned for each question and planned once, and keeps the one with the least median.
func (p *peer) choose(ctx context.Context, ways []plan, write func(plan) statement, questions []parameters) (*chosen, error) {
	var best *chosen
	var least time.Duration
	for _, way := range ways {
		for _, mode := range []string{"force_custom_plan", "force_generic_plan"} {
			conn, err := p.connect(ctx)
			if err != nil {
				return nil, err
			}
			for _, setting := range append([]string{"plan_cache_mode = " + mode}, way.set...) {
				if _, err := conn.Exec(ctx, "set "+setting); err != nil {
					return nil, err
				}
			}
			c := &chosen{write(way), way.name + map[string]string{"force_custom_plan": ", planned each time", "force_generic_plan": ", planned once"}[mode], conn}
			median, err := c.try(ctx, questions, least)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
			if best != nil && median >= least {
				if err := conn.Close(ctx); err != nil {
					return nil, err
				}
				continue
			}
			if best != nil {
				if err := best.conn.Close(ctx); err != nil {
					return nil, err
				}
			}
			best, least = c, median
		}
	}
	return best, nil
}

// try gives the median time of some questions, the first ones left out. A way that never comes near the least so far is given up.
func (c *chosen) try(ctx context.Context, questions []parameters, least time.Duration) (time.Duration, error) {
	var took []time.Duration
	for i := range trials {
		began := time.Now()
		if _, err := ask(ctx, c.conn, c.statement, questions[i%len(questions)]); err != nil {
			return 0, err
		}
		if i >= 2 {
			took = append(took, time.Since(began))
		}
		if len(took) == trials/3 && least > 0 && slices.Min(took) > hopeless*least {
			break
		}
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}

// hopeless is how many times longer than the best way another must take at its fastest to be given up early.
const hopeless = 4

// inside gives the median of what the server itself says that questions took, without the way to it and back.
func (c *chosen) inside(ctx context.Context, questions []parameters) (time.Duration, error) {
	var took []float64
	for i := range min(trials, len(questions)) {
		rows, err := c.conn.Query(ctx, "explain (analyze, timing off, summary on) "+c.sql, c.of(questions[i])...)
		if err != nil {
			return 0, err
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return 0, err
		}
		total := 0.0
		for _, line := range lines {
			var ms float64
			if n, _ := fmt.Sscanf(strings.TrimSpace(line), "Execution Time: %f ms", &ms); n == 1 {
				total += ms
			}
		}
		took = append(took, total)
	}
	slices.Sort(took)
	return time.Duration(took[len(took)/2] * float64(time.Millisecond)), nil
}
