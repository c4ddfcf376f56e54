package node

import (
	"testing"
	"time"

	"rabta/matching"
	"rabta/search"
	"rabta/store"
)

func documents(ids ...matching.ID) (list []search.Document) {
	for _, id := range ids {
		list = append(list, search.Document{ID: id, Trade: "mason"})
	}
	return list
}

func TestOfADocumentHeldBackTheLastWordCounts(t *testing.T) {
	k, h := &kept{}, newHeldBack()
	h.add(k, 4, search.Batch{Epoch: "e", Position: 6, Put: documents("grd_1", "grd_2"), Delete: []matching.ID{"grd_3"}})
	second := search.Batch{Epoch: "e", Position: 9, Put: documents("grd_3"), Delete: []matching.ID{"grd_1"}}
	if !h.follows(k, 6, second) {
		t.Fatal("what begins where the other ends does not follow it")
	}
	h.add(k, 6, second)
	b := h.take()
	put := map[matching.ID]bool{}
	for _, d := range b.Put {
		put[d.ID] = true
	}
	if b.Position != 9 || b.Epoch != "e" || len(b.Put) != 2 || !put["grd_2"] || !put["grd_3"] || len(b.Delete) != 1 || b.Delete[0] != "grd_1" {
		t.Errorf("%+v, want 2 and 3 put and 1 deleted, up to 9", b)
	}
	if !h.empty() || h.due() || h.reached.Load() != 0 {
		t.Error("something is held still")
	}
}

func TestWhatDoesNotFollowIsNotPutBehindWhatIsHeld(t *testing.T) {
	k, h := &kept{}, newHeldBack()
	h.add(k, 4, search.Batch{Epoch: "e", Position: 6, Put: documents("grd_1")})
	for name, follows := range map[string]bool{
		"a gap":         h.follows(k, 7, search.Batch{Epoch: "e", Position: 9}),
		"another index": h.follows(&kept{}, 6, search.Batch{Epoch: "e", Position: 9}),
		"another epoch": h.follows(k, 6, search.Batch{Epoch: "f", Position: 9}),
	} {
		if follows {
			t.Errorf("%s is put behind what is held", name)
		}
	}
}

func TestWhatIsHeldIsGivenWhenItIsWantedMuchOrOld(t *testing.T) {
	k := &kept{}
	held := func(n int) *heldBack {
		h := newHeldBack()
		var b search.Batch
		b.Position = 1
		for i := range n {
			b.Delete = append(b.Delete, matching.ID(string(rune('a'+i%26))+time.Duration(i).String()))
		}
		h.add(k, 0, b)
		return h
	}
	if held(holdFrom).due() {
		t.Error("little, new and not wanted: it is due")
	}
	if !held(holdMost).due() {
		t.Error("as much as is held at the most: it is not due")
	}
	old := held(holdFrom)
	old.since = time.Now().Add(-holdLong)
	if !old.due() {
		t.Error("old: it is not due")
	}
	wanted := held(holdFrom)
	wanted.want()
	if !wanted.due() {
		t.Error("wanted: it is not due")
	}
	wanted.take()
	wanted.want()
	wanted.add(k, 1, search.Batch{Position: 2})
	if wanted.due() {
		t.Error("wanted when nothing was held: what comes then is due")
	}
	if !held(holdFrom).covers(k, 1) || held(holdFrom).covers(k, store.Position(2)) {
		t.Error("what is held covers something else than up to its position")
	}
}
