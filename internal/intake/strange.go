package intake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rabta/internal/script"
)

// repeats tells whether a row is the headings once more, as on each page of a printed list, or numbers the columns.
func (l *layout) repeats(cells []string) bool {
	same, numbers, filled := 0, 0, 0
	for i, text := range cells {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		filled++
		if i < len(l.columns) && strings.EqualFold(text, l.columns[i].heading) {
			same++
		} else if same == 0 && text == strconv.Itoa(i+1) {
			numbers++
		} else {
			return false
		}
	}
	return filled >= 3 && (same == filled || numbers == filled)
}

// strange tells of a row that is no record: more cells than headings, a total, a remark.
func (l *layout) strange(row tableRow, main field, en, ur string) *RowFault {
	filled, first := 0, ""
	for i, text := range row.cells {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if i >= l.width {
			return &RowFault{Row: row.row, Found: fmt.Sprintf("%d cells", len(row.cells)),
				Expected:   fmt.Sprintf("%d cells, as there are headings; a cell with the separator in it needs quotes", l.width),
				ExpectedUr: fmt.Sprintf("عنوانات جتنے (%d) خانے؛ جس خانے کے اندر کوما ہو اسے واوین میں لکھیں", l.width)}
		}
		if filled++; filled <= 2 && (first == "" || isTotal(text)) {
			first = text
		}
	}
	told := slices.ContainsFunc(l.at[main], func(c int) bool { return c < len(row.cells) && strings.TrimSpace(row.cells[c]) != "" })
	switch {
	case isTotal(first) && filled <= max(3, l.width/2):
		return &RowFault{Row: row.row, Found: "a row of totals", Expected: en, ExpectedUr: ur}
	case !told && filled <= 2 && l.width > 3:
		return &RowFault{Row: row.row, Found: "a remark", Expected: en, ExpectedUr: ur}
	}
	return nil
}

// isTotal tells whether a cell begins a row of sums.
func isTotal(text string) bool {
	words := script.Words(text)
	if len(words) == 0 || len(words) > 4 {
		return false
	}
	for _, w := range words {
		switch w {
		case "total", "totals", "subtotal", "کل", "میزان", "ٹوٹل", "مجموعہ", "kul", "meezan":
			return true
		}
	}
	return false
}
