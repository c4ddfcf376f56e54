package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"strconv"
	"strings"
)

// pair is one row: a word and a spelling that people wrote for it.
type pair struct {
	native, roman string
	attestations  int
}

// readPairs reads a file of pairs, plain or gzip.
func readPairs(path string) ([]pair, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := bufio.NewReader(f)
	var r io.Reader = b
	if magic, _ := b.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		if r, err = gzip.NewReader(b); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	pairs, err := parsePairs(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return pairs, nil
}

func parsePairs(r io.Reader) ([]pair, error) {
	var pairs []pair
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Split(strings.TrimRight(lines.Text(), "\r"), "\t")
		if n == 1 && len(fields) > 1 && fields[1] == "native" || len(fields) == 1 && fields[0] == "" {
			continue
		}
		if len(fields) < 3 || fields[1] == "" {
			return nil, fmt.Errorf("line %d: want the columns split, native, roman, attestations", n)
		}
		p := pair{native: fields[1], roman: fields[2], attestations: 1}
		if len(fields) > 3 {
			count, err := strconv.Atoi(fields[3])
			if err != nil {
				return nil, fmt.Errorf("line %d: attestations: %w", n, err)
			}
			p.attestations = count
		}
		pairs = append(pairs, p)
	}
	return pairs, lines.Err()
}

// vocabulary gives the different words of the pairs in the order of the file.
func vocabulary(pairs []pair) []string {
	seen := make(map[string]bool, len(pairs)/4)
	var words []string
	for _, p := range pairs {
		if !seen[p.native] {
			seen[p.native] = true
			words = append(words, p.native)
		}
	}
	return words
}

// part is one of several parts of the words, so that what was tuned on some can be tried on others.
type part struct{ fold, parts int }

// of gives the pairs whose word is in the part.
func (p part) of(pairs []pair) []pair {
	var in []pair
	for _, c := range pairs {
		h := fnv.New32a()
		_, _ = io.WriteString(h, c.native) // a hash does not fail
		if int(h.Sum32()>>8)%p.parts == p.fold {
			in = append(in, c)
		}
	}
	return in
}
