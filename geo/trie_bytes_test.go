package geo

import (
	"reflect"
	"testing"
)

func TestTrieOfBytes(t *testing.T) {
	for _, rows := range []int{0, 1, 5_000} {
		r := scattered(rows)
		tr := NewTrie(r.cells, r.points)
		bytes := tr.AppendBytes(nil)
		if len(bytes) != tr.Nodes()*NodeBytes {
			t.Errorf("%d bytes of %d nodes", len(bytes), tr.Nodes())
		}
		again, err := TrieOfBytes(bytes, rows)
		if err != nil || again.Len() != rows || len(tr.nodes) > 0 && !reflect.DeepEqual(again, tr) {
			t.Errorf("%d rows: another trie, or %v", rows, err)
		}
		for name, wrong := range map[string]func() ([]byte, int){
			"fewer rows": func() ([]byte, int) { return bytes, rows - 1 },
			"more rows":  func() ([]byte, int) { return bytes, rows + 1 },
			"cut":        func() ([]byte, int) { return append([]byte{1}, bytes...), rows },
		} {
			if _, err := TrieOfBytes(wrong()); err == nil {
				t.Errorf("%d rows: %s: taken", rows, name)
			}
		}
	}
}
