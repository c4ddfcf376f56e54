package node_test

import (
	"context"
	"strings"
	"testing"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

func TestWhoMayBeOnePersonIsProposed(t *testing.T) {
	first := "A-1,Nasreen Bibi,0300 1111111,35202-1111111-2,F,Tailor,Lahore,searching,yes"
	for name, c := range map[string]struct {
		second string
		why    string // empty: not proposed
	}{
		"phone and the same name":             {"B-1,Nasreen Bibi,0300-1111111,,F,Tailor,Lahore,searching,yes", store.SamePhoneAndName},
		"phone and the name in Urdu":          {"B-1,نسرین بی بی,0300-1111111,,F,Tailor,Lahore,searching,yes", store.SamePhoneAndName},
		"phone and a spelling that sounds so": {"B-1,Nasrin,+92 300 1111111,,,Tailor,Lahore,searching,yes", store.SamePhoneAndName},
		"a sister of the same phone":          {"B-1,Parveen Bibi,0300-1111111,,F,Tailor,Lahore,searching,yes", ""},
		"a brother who sounds alike":          {"B-1,Nasreen,0300-1111111,,M,Tailor,Lahore,searching,yes", ""},
		"one phone and two identity cards":    {"B-1,Nasreen Bibi,0300-1111111,35202-2222222-2,F,Tailor,Lahore,searching,yes", ""},
		"the same name elsewhere":             {"B-1,Nasreen Bibi,0300-2222222,,F,Tailor,Lahore,searching,yes", ""},
		"one identity card":                   {"B-1,N. Akhtar,0300-2222222,35202-1111111-2,F,Tailor,Karachi,searching,yes", store.SameCNIC},
	} {
		modes := []store.ImportMode{store.ImportRows}
		if c.why == store.SameCNIC {
			modes = append(modes, store.ImportStrict)
		}
		for _, m := range modes {
			t.Run(name+" "+string(m), func(t *testing.T) {
				w := newWorld(t)
				_, err := w.importRoster(roster(first))
				w.done(nil, err)
				report, err := w.importRoster(roster(c.second), mode(m), func(o *node.FileOptions) { o.Source = "navttc" })
				w.done(nil, err)
				pairs, err := w.Duplicates(context.Background(), store.DuplicateOpen, "", "", 10)
				w.done(nil, err)
				switch {
				case c.why == "" && (len(pairs) > 0 || report.Duplicates > 0):
					t.Errorf("proposed: %+v", pairs)
				case c.why != "" && (len(pairs) != 1 || pairs[0].Why != c.why || report.Duplicates != 1):
					t.Errorf("%d pairs, %+v", report.Duplicates, pairs)
				}
				if len(w.graduates()) != 2 {
					t.Error("something was merged")
				}
			})
		}
	}
}

// A phone that a whole centre gave proposes nobody, and costs no more than another.
func TestAPhoneOfManyIsNobodys(t *testing.T) {
	w := newWorld(t)
	var lines []string
	for n := range 120 {
		lines = append(lines, "C-"+strings.Repeat("i", n+1)+",Sana Iqbal,042 35761234,,F,Tailor,Lahore,searching,yes")
	}
	report, err := w.importRoster(roster(lines...))
	if err != nil || report.Created != 120 || report.Duplicates > 21*20/2 {
		t.Errorf("%+v, %v", report.ImportCounts, err)
	}
}

func TestMergingKeepsWhatBothSaid(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	_, err := w.importRoster(roster("A-1,Nasreen Bibi,0300 1111111,,F,Tailor,Lahore,searching,yes"))
	w.done(nil, err)
	_, err = w.importRoster(roster("B-1,Nasreen,0300 1111111,35202-1111111-2,,Beautician,Lahore,searching,yes"), func(o *node.FileOptions) { o.Source = "navttc" })
	w.done(nil, err)
	keep, err := w.Store().ByExternalID(ctx, store.GraduateNoun, "tevta", "A-1")
	w.done(nil, err)
	other, err := w.Store().ByExternalID(ctx, store.GraduateNoun, "navttc", "B-1")
	w.done(nil, err)
	p := w.post()
	text := "I can come tomorrow"
	application := &matching.Application{ID: matching.ApplicationPrefix + "_01J80000000000000000000001", Graduate: other, Posting: p.ID, State: matching.Interested}
	w.done(w.Store().Update(ctx, func(tx store.Tx) error { return tx.PutApplication(ctx, application, &text) }))

	look := &store.Look{Role: "staff", Subject: "test", Action: "decide-duplicate"}
	position, err := w.Merge(ctx, keep, other, look)
	w.done(nil, err)
	w.done(nil, w.WaitFor(ctx, position))
	kept, err := w.Graduate(ctx, keep)
	w.done(nil, err)
	personal, err := w.Personal(ctx, keep)
	w.done(nil, err)
	if len(kept.Trades) != 2 || personal.Name != "Nasreen Bibi" || personal.CNIC == "" {
		t.Errorf("merged to %+v, %+v", kept, personal)
	}
	moved, err := w.Store().ApplicationOf(ctx, keep, p.ID)
	w.done(nil, err)
	if said, err := w.Store().ApplicationText(ctx, moved.ID); err != nil || said != text {
		t.Errorf("the application's text is %q, %v", said, err)
	}
	if _, err := w.Graduate(ctx, other); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the other record: %v", err)
	}
	looks, err := w.Store().Looks(ctx, 0, 10)
	if err != nil || len(looks) != 1 || looks[0].Graduate != keep {
		t.Errorf("audit: %+v, %v", looks, err)
	}
	// The second institute's roster finds the merged record and makes no other.
	report, err := w.importRoster(roster("B-1,Nasreen,0300 1111111,35202-1111111-2,,Beautician,Quetta,searching,yes"), func(o *node.FileOptions) { o.Source = "navttc" })
	w.counts("again", report, err, store.ImportCounts{Rows: 1, Elsewhere: 1})
	w.clean()
}

func TestAPairKeptApartIsNotProposedAgain(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	_, err := w.importRoster(roster("A-1,Nasreen Bibi,0300 1111111,,F,Tailor,Lahore,searching,yes", "A-2,Nasreen,0300 1111111,,F,Tailor,Lahore,searching,yes"))
	w.done(nil, err)
	pairs, err := w.Duplicates(ctx, store.DuplicateOpen, "", "", 10)
	if err != nil || len(pairs) != 1 || pairs[0].Records[0] == nil {
		t.Fatalf("%+v, %v", pairs, err)
	}
	w.done(w.KeepApart(ctx, pairs[0].First, pairs[0].Second, "staff:x"))
	report, err := w.importRoster(roster("A-2,Nasreen,0300 1111111,,F,Tailor,Quetta,searching,yes"))
	w.counts("changed", report, err, store.ImportCounts{Rows: 1, Changed: 1})
	if _, err := w.KeepApart(ctx, pairs[0].First, matching.GraduatePrefix+"_01J80000000000000000000001", "staff:x"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a pair that was never proposed: %v", err)
	}
}
