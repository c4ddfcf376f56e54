package node_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"

	"rabta/internal/node"
	"rabta/matching"
)

const goldenDir = "testdata/golden/"

// readBlocks reads a file whose records are parted by blank lines, with comments that begin with "#".
func readBlocks(t *testing.T, name string) [][]string {
	t.Helper()
	text, err := os.ReadFile(goldenDir + name)
	if err != nil {
		t.Fatal(err)
	}
	var blocks [][]string
	fresh := true
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			fresh = true
		case strings.HasPrefix(line, "#"):
		case fresh:
			blocks, fresh = append(blocks, []string{line}), false
		default:
			blocks[len(blocks)-1] = append(blocks[len(blocks)-1], line)
		}
	}
	return blocks
}

// goldenID makes an identifier from a key, so that ties break alike in every run.
func goldenID(prefix, key string) matching.ID {
	sum := sha256.Sum256([]byte(key))
	u := ulid.ULID(sum[:16])
	if err := u.SetTime(ulid.Timestamp(day)); err != nil {
		panic(err)
	}
	return matching.ID(prefix + "_" + u.String())
}

// invented are the records of the golden market by their keys.
type invented struct {
	graduates, postings []string // keys, in the order of their files
	keyOf               map[matching.ID]string
	story               map[string]string
	language            map[string]node.Language
}

// loadInvented reads the golden market and stores it in a node.
func loadInvented(t *testing.T, n *node.Node) *invented {
	t.Helper()
	market := &invented{keyOf: map[matching.ID]string{}, story: map[string]string{}, language: map[string]node.Language{}}
	ctx := context.Background()
	for _, block := range readBlocks(t, "market/employers.txt") {
		for _, line := range block {
			e := readEmployer(t, line)
			if _, err := n.ChangeEmployer(ctx, e, &matching.EmployerContact{Phone: "03900000000"}); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
		}
	}
	for i, block := range readBlocks(t, "market/graduates.txt") {
		r := &recordReader{t: t, n: n, graduate: &matching.Graduate{Status: matching.Searching, Consent: matching.Consent{Matching: true}}}
		key := r.read(block)
		r.graduate.ID = goldenID(matching.GraduatePrefix, key)
		r.graduate.Home = r.at
		for j := range r.graduate.Trades {
			r.graduate.Trades[j].Learnt = r.learnt
		}
		if _, err := n.ChangeGraduate(ctx, r.graduate, &matching.Personal{Name: key, Phone: fmt.Sprintf("0390%07d", i)}); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		market.graduates = append(market.graduates, key)
		market.keyOf[r.graduate.ID], market.story[key], market.language[key] = key, r.story, r.language
	}
	for _, block := range readBlocks(t, "market/postings.txt") {
		r := &recordReader{t: t, n: n, days: 3, lasts: 30,
			posting: &matching.Posting{Workplace: matching.OnSite, Vacancies: 1, Status: matching.Open, Conditions: matching.Conditions{}}}
		key := r.read(block)
		p := r.posting
		p.ID, p.Title = goldenID(matching.PostingPrefix, key), r.story
		p.Posted, p.Expires = day.AddDate(0, 0, -r.days), day.AddDate(0, 0, r.lasts-r.days)
		if p.Workplace != matching.Remote {
			p.Location = &r.at
		}
		if _, err := n.ChangePosting(ctx, p); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		market.postings = append(market.postings, key)
		market.keyOf[p.ID], market.story[key] = key, r.story
	}
	return market
}

func readEmployer(t *testing.T, line string) *matching.Employer {
	t.Helper()
	f := splitFields(line)
	if len(f) != 5 {
		t.Fatalf("an employer has five fields: %q", line)
	}
	e := &matching.Employer{ID: goldenID(matching.EmployerPrefix, f[0]), Name: f[1], Kind: f[2], Verified: f[3] == "verified"}
	if _, err := fmt.Sscan(f[4], &e.Asked, &e.Answered); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return e
}

func splitFields(line string) []string {
	fields := strings.Split(line, "|")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	return fields
}
