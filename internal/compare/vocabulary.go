package main

import (
	"slices"
	"strings"

	"rabta/search"
)

// vocabulary gathers the terms of all documents, and from the adverts drawn the words to ask for.
type vocabulary struct {
	sifter *search.Sifter
	terms  map[string]bool
	texts  []string // of the postings in market.openings
}

func newVocabulary() *vocabulary {
	return &vocabulary{sifter: search.NewSifter(), terms: map[string]bool{}}
}

// take gives the terms of a document.
func (v *vocabulary) take(d search.Document) []string {
	terms := v.sifter.Terms(&d)
	for _, t := range terms {
		v.terms[t] = true
	}
	return terms
}

// questions makes the questions with words: of each advert drawn, one of its words that says anything.
func (v *vocabulary) questions(m *market) ([]worded, error) {
	var list []worded
	known := map[string][]string{}
	for i, text := range v.texts {
		words := strings.Fields(text)
		for j := range words {
			word := strings.Trim(words[(i*7+j)%len(words)], ".,:;()،۔!?\"'")
			if len([]rune(word)) < 3 || len(v.sifter.Terms(&search.Document{Title: word})) == 0 {
				continue
			}
			if _, asked := known[word]; !asked {
				meeting, err := v.meeting(word)
				if err != nil {
					return nil, err
				}
				known[word] = meeting
			}
			o := &m.openings[i]
			list = append(list, worded{word, o.Trade, o, known[word]})
			break
		}
	}
	return list, nil
}

// meeting gives the terms of the vocabulary that meet a word, by the definition that a search in the store uses.
func (v *vocabulary) meeting(word string) ([]string, error) {
	sift, err := v.sifter.Begin(search.NounPosting, search.TextQuery{Text: word})
	if err != nil {
		return nil, err
	}
	var list []string
	for term := range v.terms {
		if sift.Meets(term) {
			list = append(list, term)
		}
	}
	slices.Sort(list)
	return list, nil
}

// tsquery is any of some terms, as PostgreSQL reads it.
func tsquery(terms []string) string {
	quoted := make([]string, len(terms))
	for i, t := range terms {
		quoted[i] = "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(t) + "'"
	}
	return strings.Join(quoted, " | ")
}
