// Recall measures how often a spelling that people wrote in Latin letters finds its Urdu word.
//
//	go run ./internal/script/recall -pairs FILE
//
// FILE, plain or gzip, has a header row and the tab-separated columns split, native, roman, attestations: an Urdu word, a spelling that people
// wrote for it, how many wrote it. The vocabulary is all Urdu words of FILE. For each spelling it is looked at whether its word is
// the first found (recall@1) or among the first ten (recall@10), by our reading (script.Lexicon) and by a plain one: edit distance to a
// letter-by-letter transliteration. Each row of FILE is one case; a second pair of figures weighs each by its attestations.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

func main() {
	file := flag.String("pairs", "", "the pairs: TSV with split, native, roman, attestations; plain or gzip")
	fold := flag.Int("fold", 0, "with -of N: look up only the words of this part, 0 to N-1, by a hash of the word")
	of := flag.Int("of", 1, "into how many parts -fold divides the words; all stay in the vocabulary")
	missed := flag.Bool("missed", false, "also list each spelling whose word is not among the first ten, with the first three found")
	quick := flag.Bool("quick", false, "leave the plain reading out")
	flag.Parse()
	if *file == "" || *of < 1 || *fold < 0 || *fold >= *of || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*file, part{*fold, *of}, *missed, *quick); err != nil {
		fmt.Fprintln(os.Stderr, "recall:", err)
		os.Exit(1)
	}
}

func run(file string, p part, missed, quick bool) error {
	all, err := readPairs(file)
	if err != nil {
		return err
	}
	words := vocabulary(all)
	cases := p.of(all)
	spellings, attested := 0, 0
	seen := map[string]bool{}
	for _, c := range cases {
		attested += c.attestations
		if !seen[c.roman] {
			seen[c.roman] = true
			spellings++
		}
	}
	fmt.Printf("vocabulary %d words; %d cases (each row of the file is one), %d different spellings, attested %d times\n", len(words), len(cases), spellings, attested)
	began := time.Now()
	ours := newOurs(words)
	built := time.Since(began)
	report("ours", measure("ours", cases, ours.places))
	fmt.Printf("%-6s index built in %.2f s\n", "", built.Seconds())
	if missed {
		listMissed(cases, ours)
	}
	if !quick {
		report("plain", measure("plain", cases, newPlain(words).places))
	}
	return nil
}

func report(name string, r result) {
	fmt.Printf("%-6s recall@1 %.2f %%  recall@10 %.2f %%  (each case once)\n", name, 100*r.first, 100*r.ten)
	fmt.Printf("%-6s recall@1 %.2f %%  recall@10 %.2f %%  (weighed by attestations)\n", "", 100*r.firstAttested, 100*r.tenAttested)
	fmt.Printf("%-6s %d look-ups in %.1f s, %.0f microseconds each on a core\n", "", r.lookups, r.took.Seconds(), float64(r.busy.Microseconds())/float64(max(1, r.lookups)))
}
