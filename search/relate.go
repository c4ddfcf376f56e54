package search

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"rabta/internal/script"
)

// relate finds, for each word of a trade, the other spellings of it among them, in both scripts, and the words of its English stem.
func (v *vocabulary) relate() {
	var texts []string
	var ids []int32
	stems := make(map[string][]int32)
	for i, w := range v.words {
		if w.class&ofTrade != 0 && w.class&ofSpeech == 0 {
			texts, ids = append(texts, w.text), append(ids, int32(i))
			if stem := stemOf(w.text); stem != "" {
				stems[stem] = append(stems[stem], int32(i))
			}
		}
	}
	v.stems = stems
	trades := script.NewLexicon(texts)
	for i := range v.words {
		v.words[i].alike = []guess{{int32(i), 1}}
	}
	// Each word's list is its own, so the words are shared out; this takes most of the time that a Reader takes to make.
	var workers sync.WaitGroup
	for part := range slices.Chunk(ids, max(1, (len(ids)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))) {
		workers.Go(func() {
			for _, i := range part {
				v.relateWord(i, trades, ids)
			}
		})
	}
	workers.Wait()
	v.sameWork()
}

// sameWork lets the spellings of the word for work stand for each other, which names of light words hold as they are written.
func (v *vocabulary) sameWork() {
	kam, kaam := v.ids["kam"], v.ids["kaam"]
	v.words[kam].alike = append(v.words[kam].alike, guess{kaam, alikeShare})
	v.words[kaam].alike = append(v.words[kaam].alike, guess{kam, alikeShare})
}

// relateWord fills the list of one word. trades holds the texts of the words ids.
func (v *vocabulary) relateWord(i int32, trades *script.Lexicon, ids []int32) {
	w := &v.words[i]
	letters := utf8.RuneCountInString(w.text)
	if letters < 3 {
		return
	}
	urdu := isUrdu(w.text)
	for _, m := range trades.Within(w.text, min(farthestOther, farthestCross*float64(letters)), 2*maxGuesses) {
		other := ids[m.At]
		same := isUrdu(m.Word) == urdu
		if other == i || same && (m.Cost > farthestAlike*float64(letters) || letters < 4) {
			continue
		}
		if same && vowelFirst(w.text) != vowelFirst(m.Word) && !strings.ContainsAny(w.text[:1]+m.Word[:1], "s") && !urdu {
			continue // imarat is no mart, though istore is a store
		}
		if w.class&ofTalk != 0 && v.words[other].class&ofTalk == 0 {
			continue // what is said of anything is no trade's for sounding like it
		}
		w.alike = append(w.alike, guess{other, fitOf(m.Cost, letters) * alikeShare})
	}
	if w.class&ofTalk != 0 {
		return
	}
	if ear := earOf(w.text); len(ear) >= shortestSame { // electrition, electrician
		for _, other := range v.ears[ear] {
			if o := &v.words[other]; o.class&ofTrade != 0 && o.class&(ofTalk|ofSpeech) == 0 && earOf(o.text) == ear &&
				!slices.ContainsFunc(w.alike, func(g guess) bool { return g.word == other }) {
				w.alike = append(w.alike, guess{other, earFit(letters) * alikeShare})
			}
		}
	}
	for _, other := range v.stems[stemOf(w.text)] {
		if !slices.ContainsFunc(w.alike, func(g guess) bool { return g.word == other }) {
			w.alike = append(w.alike, guess{other, stemShare})
		}
	}
}

// shortestSame is the length of a sound that is hardly any two words'.
const shortestSame = 6

// vowelFirst tells whether a word in Latin letters begins with a vowel.
func vowelFirst(text string) bool { return strings.IndexByte("aeiou", text[0]) >= 0 }
