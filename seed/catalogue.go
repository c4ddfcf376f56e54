package seed

import (
	"fmt"
	"io/fs"
	"slices"

	"rabta/matching/trades"
)

// readCatalogue reads trades, their skills, how they relate, and the words that several share.
func readCatalogue(files fs.FS, isco map[string]string) (*trades.Catalogue, error) {
	list, err := readTrades(files)
	if err != nil {
		return nil, err
	}
	at := make(map[string]*trades.Trade, len(list))
	for i := range list {
		at[list[i].Slug] = &list[i]
	}
	if err := readTradeSkills(files, at); err != nil {
		return nil, err
	}
	if err := readRelated(files, at); err != nil {
		return nil, err
	}
	skills, err := readSkills(files)
	if err != nil {
		return nil, err
	}
	shared, err := readSharedWords(files)
	if err != nil {
		return nil, err
	}
	groups := make([]string, 0, len(isco))
	for code := range isco {
		groups = append(groups, code)
	}
	slices.Sort(groups)
	return trades.New(list, skills, shared, groups...)
}

func readTrades(files fs.FS) ([]trades.Trade, error) {
	var list []trades.Trade
	columns := []string{"slug", "isco", "sector", "en", "ur", "roman", "syn_en", "syn_ur", "syn_roman", "find_only"}
	err := eachRow(files, "tables/trades.tsv", columns, func(r *row) error {
		list = append(list, trades.Trade{
			Slug: r.text("slug"), ISCO: r.text("isco"), Sector: r.text("sector"), Names: readNames(r),
			Synonyms: slices.Concat(r.list("syn_en"), r.list("syn_ur"), r.list("syn_roman")),
			FindOnly: r.list("find_only"),
		})
		return nil
	})
	return list, err
}

func readNames(r *row) trades.Names {
	return trades.Names{En: r.text("en"), Ur: r.text("ur"), Roman: r.text("roman")}
}

func readSkills(files fs.FS) ([]trades.Skill, error) {
	var list []trades.Skill
	err := eachRow(files, "tables/skills.tsv", []string{"slug", "en", "ur", "roman"}, func(r *row) error {
		list = append(list, trades.Skill{Slug: r.text("slug"), Names: readNames(r)})
		return nil
	})
	return list, err
}

func readTradeSkills(files fs.FS, at map[string]*trades.Trade) error {
	return eachRow(files, "tables/trade_skills.tsv", []string{"trade", "skill", "need"}, func(r *row) error {
		t, ok := at[r.text("trade")]
		if !ok {
			return fmt.Errorf("trade %q is in no table", r.text("trade"))
		}
		essential := r.oneOf("need", "essential", "optional") == "essential"
		t.Skills = append(t.Skills, trades.Skilled{Skill: r.text("skill"), Essential: essential})
		return nil
	})
}

func readRelated(files fs.FS, at map[string]*trades.Trade) error {
	return eachRow(files, "tables/related.tsv", []string{"a", "b", "relatedness"}, func(r *row) error {
		a, b := r.text("a"), r.text("b")
		if at[a] == nil || at[b] == nil || a >= b {
			return fmt.Errorf("%q and %q are not two trades in order", a, b)
		}
		at[a].Related = append(at[a].Related, trades.Relation{Trade: b, Relatedness: r.float("relatedness")})
		return nil
	})
}

// readSharedWords gathers the rows of one word in one script, which stand together, the likeliest trade first.
func readSharedWords(files fs.FS) ([]trades.SharedWord, error) {
	var list []trades.SharedWord
	err := eachRow(files, "tables/shared_words.tsv", []string{"word", "script", "trade", "weight"}, func(r *row) error {
		word, script := r.text("word"), r.oneOf("script", "en", "ur", "roman")
		if n := len(list); n == 0 || list[n-1].Word != word || list[n-1].Script != script {
			list = append(list, trades.SharedWord{Word: word, Script: script})
		}
		last := &list[len(list)-1]
		last.Trades = append(last.Trades, trades.Weighted{Trade: r.text("trade"), Weight: r.float("weight")})
		return nil
	})
	return list, err
}
