package report

import (
	"fmt"
	"slices"

	"rabta/matching/gaps"
)

// Sizes of charts in millimetres.
const (
	tradesWidth  = 112.0
	tradesName   = 55.0 // for the names
	tradesFigure = 13.0 // for the figures behind the bars
	pairHeight   = 7.4
	barHeight    = 2.7
	mostPairs    = 10

	smallWidth  = 68.0
	smallHeight = 62.0
)

// dash stands for what is not shown where there is no room to say so; the page says what it means.
const dash = "—"

// countedOr is a number of people or vacancies as the page writes it, or what stands for one that is not shown.
func countedOr(n *int64, hidden string) string {
	if n == nil {
		return hidden
	}
	return number(*n)
}

// tradesChart sets vacancies beside people, a pair of bars for each trade; nil of no trades.
func tradesChart(trades []Trade, t *words) *drawing {
	shown := trades[:min(mostPairs, len(trades))]
	most := int64(1)
	for _, trade := range shown {
		most = max(most, trade.Row.Demand)
		if trade.Row.Supply != nil {
			most = max(most, *trade.Row.Supply)
		}
	}
	if len(shown) == 0 {
		return nil
	}
	d := drawing{Width: tradesWidth, Height: pairHeight*float64(len(shown)) + 1}
	room := tradesWidth - tradesName - tradesFigure
	for i, trade := range shown {
		top := pairHeight * float64(i)
		d.Labels = append(d.Labels, label{X: tradesName - 2, Y: top + barHeight + 1.1, Anchor: "end", Class: "name", Text: t.trade(trade.Names)})
		for k, side := range [...]struct {
			n             *int64
			class, figure string
		}{{&trade.Row.Demand, "demand", "demand"}, {trade.Row.Supply, "supply", "supply"}} {
			y, long := top+float64(k)*barHeight, 0.0
			if side.n != nil {
				long = room * float64(*side.n) / float64(most)
				d.Bars = append(d.Bars, bar{tradesName, y, max(0.15, long), barHeight - 0.2, side.class})
			}
			d.Labels = append(d.Labels, label{X: tradesName + long + 1, Y: y + 2.1, Anchor: "start", Class: "figure " + muted(side.n == nil),
				Text: countedOr(side.n, t.Hidden), Figure: trade.Row.Group + " " + side.figure})
		}
	}
	d.Lines = []line{{tradesName, 0, tradesName, pairHeight*float64(len(shown)) - 1}}
	return d.mirrored(t)
}

func muted(hidden bool) string {
	if hidden {
		return "muted"
	}
	return ""
}

// trendChart sets vacancies beside people a year ago, a month ago and now.
func trendChart(trend *gaps.Trend, t *words) *drawing {
	if trend == nil {
		return nil
	}
	moments := [...]struct {
		name           string
		demand, supply *int64
		figure         string
	}{{t.LastYear, trend.DemandYear, trend.SupplyYear, "_last_year"}, {t.LastMonth, trend.DemandMonth, trend.SupplyMonth, "_last_month"},
		{t.Now, &trend.Demand, trend.Supply, ""}}
	most := int64(1)
	for _, m := range moments {
		for _, n := range [...]*int64{m.demand, m.supply} {
			if n != nil {
				most = max(most, *n)
			}
		}
	}
	d := drawing{Width: smallWidth, Height: smallHeight}
	const foot, head, wide = 8.0, 5.0, 10.0
	room := smallHeight - foot - head
	for i, m := range moments {
		middle := smallWidth * (2*float64(i) + 1) / 6
		d.Labels = append(d.Labels, label{X: middle, Y: smallHeight - 2.5, Anchor: "middle", Class: "name", Text: m.name})
		if m.demand == nil {
			d.Labels = append(d.Labels, label{X: middle, Y: smallHeight - foot - 2, Anchor: "middle", Class: "figure muted", Text: t.NoRecord,
				Figure: "trend demand" + m.figure})
			continue
		}
		for k, side := range [...]struct {
			n             *int64
			class, figure string
		}{{m.demand, "demand", "demand"}, {m.supply, "supply", "supply"}} {
			x, high := middle-wide+float64(k)*wide, 0.0
			if side.n != nil {
				high = room * float64(*side.n) / float64(most)
				d.Bars = append(d.Bars, bar{x + 0.3, smallHeight - foot - high, wide - 0.6, high, side.class})
			}
			d.Labels = append(d.Labels, label{X: x + wide/2, Y: smallHeight - foot - high - 1.2, Anchor: "middle",
				Class: "figure " + muted(side.n == nil), Text: countedOr(side.n, dash), Figure: "trend " + side.figure + m.figure})
		}
	}
	d.Lines = []line{{0, smallHeight - foot, smallWidth, smallHeight - foot}}
	return d.mirrored(t)
}

// womenChart divides one bar into what women have of their access and what takes the rest from them.
func womenChart(w *gaps.WomenLoss, t *words) *drawing {
	if w == nil {
		return nil
	}
	parts := [...]struct {
		share               float64
		class, text, figure string
	}{{max(0, 1-w.Lost), "has", t.HasAccess, ""}, {w.Distance, "distance", t.Distance, "women distance"},
		{w.Transport, "transport", t.Transport, "women transport"}, {w.Conditions, "conditions", t.Conditions, "women conditions"}}
	sum := 0.0
	for _, p := range parts {
		sum += p.share
	}
	const width, height = 88.0, 9.0
	d := drawing{Width: width, Height: height + 4*5.6 + 3}
	x := 0.0
	for i, p := range parts {
		long := width * p.share / max(sum, 1e-9) // rounded parts need not add up to 1
		if long > 0 {
			d.Bars = append(d.Bars, bar{x, 0, long, height, p.class})
		}
		x += long
		y := height + 3 + 5.6*float64(i)
		d.Bars = append(d.Bars, bar{0, y, 4, 3.4, p.class})
		d.Labels = append(d.Labels, label{X: 16, Y: y + 2.7, Anchor: "start", Class: "name", Text: p.text},
			label{X: 14.5, Y: y + 2.7, Anchor: "end", Class: "figure", Text: percent(p.share), Figure: p.figure})
	}
	return d.mirrored(t)
}

// unfilledChart sets the share of postings that stay open in the district beside that of its province; nil without postings of a year.
func unfilledChart(here, province *gaps.Row, t *words) *drawing {
	if here == nil || here.Unfilled14 == nil {
		return nil
	}
	const width, name, pair = 88.0, 24.0, 10.4
	days := [...]int{14, 30, 60}
	rows := []*gaps.Row{here}
	if province != nil && province.Unfilled14 != nil {
		rows = append(rows, province)
	}
	d := drawing{Width: width, Height: pair * float64(len(days))}
	for i, n := range days {
		top := pair * float64(i)
		d.Labels = append(d.Labels, label{X: name - 2, Y: top + 5, Anchor: "end", Class: "name", Text: fmt.Sprintf(t.After, n)})
		for k, row := range rows {
			share := [...]*float64{row.Unfilled14, row.Unfilled30, row.Unfilled60}[i]
			if share == nil {
				continue
			}
			y, long := top+4.2*float64(k), (width-name-30)**share
			d.Bars = append(d.Bars, bar{name, y, max(0.15, long), 3.9, [...]string{"here", "province"}[k]})
			d.Labels = append(d.Labels, label{X: name + long + 9, Y: y + 3, Anchor: "end", Class: "figure", Text: percent(*share),
				Figure: [...]string{gaps.AllTrades, "province"}[k] + fmt.Sprintf(" unfilled_%d_days", n)},
				label{X: name + long + 10.5, Y: y + 3, Anchor: "start", Class: "figure", Text: [...]string{t.Here, t.InProvince}[k]})
		}
	}
	d.Lines = []line{{name, 0, name, pair*float64(len(days)) - 1.5}}
	return d.mirrored(t)
}

// byDemand gives trades by falling vacancies, then people, then name.
func byDemand(all []Trade) []Trade {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, compareTrades)
	return sorted
}
