package seed

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"

	"rabta/matching"
)

// tradeMarket is what is assumed of one trade, for wages and for the sample market.
type tradeMarket struct {
	trade         string
	graduates     float64 // relative weight; 1 is an average trade
	postings      float64
	women         float64 // share of women among its graduates
	urban         float64 // how far the work is in cities, 0 to 1
	kinds         []kindShare
	unit          matching.PayUnit // month or day
	p25, p50, p75 float64          // rupees for each unit, Punjab in 2025
}

// kindShare is the share of a kind of work among the postings of a trade.
type kindShare struct {
	kind  matching.Kind
	share float64
}

func readTradeMarket(files fs.FS) ([]tradeMarket, error) {
	var list []tradeMarket
	columns := []string{"trade", "graduates", "postings", "women", "urban", "kinds", "unit", "p25", "p50", "p75"}
	err := eachRow(files, "tables/trade_market.tsv", columns, func(r *row) error {
		kinds, err := readKindShares(r.list("kinds"))
		if err != nil {
			return err
		}
		t := tradeMarket{trade: r.text("trade"), graduates: r.float("graduates"), postings: r.float("postings"),
			women: r.float("women"), urban: r.float("urban"), kinds: kinds,
			unit: matching.PayUnit(r.oneOf("unit", "month", "day")),
			p25:  r.float("p25"), p50: r.float("p50"), p75: r.float("p75")}
		if t.graduates <= 0 || t.postings <= 0 || t.women < 0 || t.women > 1 || t.urban < 0 || t.urban > 1 {
			return fmt.Errorf("a weight of %q is not above 0, or a share of it is not from 0 to 1", t.trade)
		}
		list = append(list, t)
		return nil
	})
	return list, err
}

// readKindShares reads items such as "job:0.6", whose shares make 1.
func readKindShares(items []string) ([]kindShare, error) {
	var kinds []kindShare
	total := 0.0
	for _, item := range items {
		name, figure, _ := strings.Cut(item, ":")
		share, err := strconv.ParseFloat(figure, 64)
		if err != nil || share <= 0 || !slices.Contains(matching.Kinds[:], matching.Kind(name)) {
			return nil, fmt.Errorf("%q is not a kind of work and its share", item)
		}
		kinds = append(kinds, kindShare{matching.Kind(name), share})
		total += share
	}
	if math.Abs(total-1) > 1e-6 {
		return nil, fmt.Errorf("the shares of kinds make %g, not 1", total)
	}
	return kinds, nil
}
