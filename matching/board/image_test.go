package board

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
)

// throughImages puts in the place of both boards what is read of images of them.
func (p *pair) throughImages(t fataler) {
	t.Helper()
	most := p.postings.table.most
	var a, b bytes.Buffer
	if n, err := p.postings.Image().WriteTo(&a); err != nil || n != int64(a.Len()) {
		t.Fatalf("writing %d bytes of postings, %d told: %v", a.Len(), n, err)
	}
	if _, err := p.graduates.Image().WriteTo(&b); err != nil {
		t.Fatalf("writing graduates: %v", err)
	}
	var err error
	if p.postings, err = ReadPostings(p.market.model, &a, int64(a.Len())); err != nil {
		t.Fatalf("reading postings: %v", err)
	}
	if p.graduates, err = ReadGraduates(&b, int64(b.Len())); err != nil {
		t.Fatalf("reading graduates: %v", err)
	}
	p.postings.table.most, p.graduates.table.most = most, most
}

// TestImagesHoldNobodyDeleted deletes people and looks for their ids in the bytes.
func TestImagesHoldNobodyDeleted(t *testing.T) {
	p := newPair(testModel(t), newMaker(12), 3_000)
	var gone []GraduateChange
	for n := range 200 {
		gone = append(gone, GraduateChange{ID: id(matching.GraduatePrefix, n*7)})
	}
	has := func(change GraduateChange) bool {
		var image bytes.Buffer
		if _, err := p.graduates.Image().WriteTo(&image); err != nil {
			t.Fatal(err)
		}
		key := change.ID.ULID()
		return bytes.Contains(image.Bytes(), key[:])
	}
	if !has(gone[0]) {
		t.Fatal("the image does not hold who is there: the test shows nothing")
	}
	p.graduates.Apply(gone)
	for _, g := range gone[:20] {
		if has(g) {
			t.Fatalf("%s is in the image after her deletion", g.ID)
		}
	}
}

// TestBrokenImagesAreRefused cuts images short and changes their bytes: reading never panics, and what is cut is refused.
func TestBrokenImagesAreRefused(t *testing.T) {
	p := newPair(testModel(t), newMaker(13), 400)
	p.apply(50)
	var a, b bytes.Buffer
	if _, err := p.postings.Image().WriteTo(&a); err != nil {
		t.Fatal(err)
	}
	if _, err := p.graduates.Image().WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, image := range []struct {
		name string
		of   []byte
		read func([]byte) error
	}{
		{"postings", a.Bytes(), func(b []byte) error {
			_, err := ReadPostings(p.market.model, bytes.NewReader(b), int64(len(b)))
			return err
		}},
		{"graduates", b.Bytes(), func(b []byte) error { _, err := ReadGraduates(bytes.NewReader(b), int64(len(b))); return err }},
	} {
		if err := image.read(image.of); err != nil {
			t.Fatal(err)
		}
		for range 300 {
			if cut := random.IntN(len(image.of)); image.read(image.of[:cut]) == nil {
				t.Fatalf("%s cut to %d of %d bytes are taken", image.name, cut, len(image.of))
			}
			broken := bytes.Clone(image.of)
			broken[random.IntN(len(broken))] ^= 1 << random.IntN(8)
			_ = image.read(broken) // whether it can be told is for the checksum
		}
		if image.read(append(bytes.Clone(image.of), 0)) == nil {
			t.Errorf("%s with a byte too many are taken", image.name)
		}
	}
}

// TestEachIDVisitsEveryRecordOnce holds the ids to the plain market, after changes and merges that came in between.
func TestEachIDVisitsEveryRecordOnce(t *testing.T) {
	p := newPair(testModel(t), newMaker(14), 300)
	p.apply(200)
	p.postings.MergeDue()
	p.apply(50)
	var postings, people []ulid.ULID
	p.postings.EachID(func(id ulid.ULID) { postings = append(postings, id) })
	p.graduates.EachID(func(id ulid.ULID) { people = append(people, id) })
	if len(postings) != len(p.market.adverts) || len(people) != len(p.market.graduates) {
		t.Errorf("%d postings of %d, %d people of %d", len(postings), len(p.market.adverts), len(people), len(p.market.graduates))
	}
	seen := map[ulid.ULID]bool{}
	for _, key := range postings {
		id := matching.ID(matching.PostingPrefix + "_" + key.String())
		if _, is := p.market.adverts[id]; !is || seen[key] {
			t.Errorf("%s: of nobody, or seen before", id)
		}
		seen[key] = true
	}
}
