package node

import (
	"context"
	"iter"
	"strings"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
	"rabta/matching/gaps"
)

// GapsRequest asks for the figures of a trade, of all places of a level.
type GapsRequest struct {
	Trade      string     // a slug, a group of ISCO-08 such as isco-7, or all; empty: each trade by itself
	By         string     // cell, tehsil, district, division, province or country; empty: district
	Resolution int        // of cells, 4 to 7; 0: 6
	Date       *time.Time // the day; nil: today
	Box        *geo.Box   // only cells and seats of units in it
}

// GapsAnswer is the figures that were asked for. Its rows are made as they are read.
type GapsAnswer struct {
	AsOf  time.Time // what the figures know of
	Day   time.Time // which day they are of, at its beginning
	Level gaps.Level

	n      *Node
	pub    *published
	groups []string
	box    *geo.Box
}

// Gaps gives the figures of a trade by place. Bad input is a fault.Invalid with what is nearest to it.
func (n *Node) Gaps(ctx context.Context, r GapsRequest) (*GapsAnswer, error) {
	level, err := GapsLevel(r.By, r.Resolution)
	if err != nil {
		return nil, err
	}
	groups, err := n.gapGroups(r.Trade)
	if err != nil {
		return nil, err
	}
	pub, err := n.figuresOn(ctx, r.Date)
	if err != nil {
		return nil, err
	}
	return &GapsAnswer{AsOf: pub.asOf, Day: dayTime(pub.Day()), Level: level, n: n, pub: pub, groups: groups, box: r.Box}, nil
}

// nearestLevels are offered for a level that does not exist.
var nearestLevels = []string{string(gaps.District), string(gaps.Tehsil), "cell"}

// Resolutions of cells that figures are given for.
const (
	coarsestGaps = 4
	usualGaps    = 6
	finestGaps   = 7
)

// GapsLevel gives the level that a request means by a word and a resolution of cells.
func GapsLevel(by string, resolution int) (gaps.Level, error) {
	switch by {
	case "":
		by = string(gaps.District)
	case "cell":
		if resolution == 0 {
			resolution = usualGaps
		}
		if resolution < coarsestGaps || resolution > finestGaps {
			return "", fault.Field("resolution", "Figures are given for cells of resolution 4, 5, 6 and 7. Send one of these.", "4", "5", "6", "7")
		}
		return [...]gaps.Level{gaps.Cell4, gaps.Cell5, gaps.Cell6, gaps.Cell7}[resolution-coarsestGaps], nil
	}
	level := gaps.Level(by)
	if !level.Valid() || level.Cells() {
		return "", fault.Field("by", "There is no such level. Send cell, tehsil, district, division, province or country.", nearestLevels...)
	}
	if resolution != 0 {
		return "", fault.Field("resolution", "A resolution is of cells. Send by=cell with it, or leave it out.")
	}
	return level, nil
}

// gapGroups gives the groups of a request, each of which exists.
func (n *Node) gapGroups(trade string) ([]string, error) {
	if trade == "" {
		var slugs []string
		for _, t := range n.ref.Catalogue.All() {
			slugs = append(slugs, t.Slug)
		}
		return slugs, nil
	}
	for _, g := range gaps.Groups(n.ref.Catalogue) {
		if g == trade {
			return []string{trade}, nil
		}
	}
	return nil, fault.Field("trade", "There is no such trade or group. Send a trade's slug, a group of ISCO-08 such as isco-7 or isco-741, or all.",
		n.ref.Catalogue.Nearest(strings.TrimPrefix(trade, "isco-"))...)
}

// figuresOn gives the publication of a date; nil is today.
func (n *Node) figuresOn(ctx context.Context, date *time.Time) (*published, error) {
	today := n.figures.today()
	day := today
	if date != nil {
		day = matching.Day(*date)
	}
	if day > today {
		return nil, fault.Field("date", "This day has not come yet. Send today's date or an earlier one, such as "+dayTime(today).Format(time.DateOnly)+
			", or leave it out for today.", dayTime(today).Format(time.DateOnly))
	}
	if day < today {
		now, err := n.figures.on(ctx, today) // which knows how far back there is anything
		if err != nil {
			return nil, err
		}
		if now.earliest == matching.NoDay || day < now.earliest {
			return nil, unknownDay(now.earliest, today)
		}
	}
	return n.figures.on(ctx, day)
}

// unknownDay says from which day on anything is known.
func unknownDay(earliest, today int32) error {
	if earliest == matching.NoDay || earliest > today {
		earliest = today
	}
	first := dayTime(earliest).Format(time.DateOnly)
	return fault.Field("date", "Nothing is known of this day. Send a date from "+first+" on.", first)
}

// dayTime gives the beginning of a day.
func dayTime(day int32) time.Time { return time.Unix(int64(day)*24*60*60, 0).UTC() }

// Rows gives the rows by trade, then by place, each with the seat of its unit: nil of a cell, and of what is of no place.
func (a *GapsAnswer) Rows() iter.Seq2[gaps.NamedRow, *geo.Point] {
	return func(yield func(gaps.NamedRow, *geo.Point) bool) {
		for _, group := range a.groups {
			rows, err := a.pub.Rows(group, a.Level)
			if err != nil {
				return // group and level exist: they were looked up
			}
			for i := range rows {
				if a.within(&rows[i]) && !yield(a.named(rows[i])) {
					return
				}
			}
		}
	}
}

// within tells whether a row's place is in the box that was asked for.
func (a *GapsAnswer) within(r *gaps.Row) bool {
	if a.box == nil {
		return true
	}
	at, ok := a.n.pointOf(r)
	return ok && a.box.Holds(at)
}

// pointOf gives the centre of a row's cell or the point of its unit; false for what is of no place.
func (n *Node) pointOf(r *gaps.Row) (geo.Point, bool) {
	if r.Cell != "" {
		c, err := geo.ParseCell(r.Cell)
		return c.Center(), err == nil
	}
	p, ok := n.gazetteer().Place(r.Place)
	return p.Point, ok
}

func (a *GapsAnswer) named(r gaps.Row) (row gaps.NamedRow, seat *geo.Point) {
	row = gaps.NamedRow{Row: r}
	if r.Cell == "" {
		row.NameEn, row.NameUr, seat = a.n.placeNames(r.Place)
	}
	return row, seat
}

// placeNames gives the names of a unit and its seat; nothing for what is no unit, and no seat for the country.
func (n *Node) placeNames(id string) (en, ur string, seat *geo.Point) {
	if id == gaps.Pakistan {
		return "Pakistan", "پاکستان", nil
	}
	p, ok := n.gazetteer().Place(id)
	if !ok {
		return "", "", nil
	}
	return p.Names.En, p.Names.Ur, &p.Point
}

// gapGroupSet is gapGroups as a set.
func (n *Node) gapGroupSet(trade string) (map[string]bool, error) {
	groups, err := n.gapGroups(trade)
	set := make(map[string]bool, len(groups))
	for _, g := range groups {
		set[g] = true
	}
	return set, err
}
