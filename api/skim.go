package api

import "fmt"

// The longest parts of a body, in bytes as they are sent. Our longest text has 5,000 letters, each at most 12 bytes when it is escaped.
const (
	longestText   = 64 << 10
	longestName   = 256
	longestNumber = 64
)

// longestList is how many commas one object or list may have: our longest lists have 100 entries, and no record has as many fields.
const longestList = 200

// skim reads over a body once, byte by byte, before anything is built of it, and refuses it at the first excess: what is nested too deeply,
// holds too much, or has a part longer than any of ours. It takes a millionth of a second for a kilobyte and no memory. Whether the rest is JSON at all is
// for those who read it; what is wrong before an excess may be told as the excess.
func skim(data []byte) error {
	depth, values := 0, 0
	var commas [deepest + 1]int // at each depth, in the list or object that is open
	for i := 0; i < len(data); {
		switch data[i] {
		case ' ', '\t', '\n', '\r', ':':
			i++
			continue
		case ',':
			if commas[depth]++; commas[depth] >= longestList {
				return unreadable(fmt.Sprintf("A list or an object of the body is too long: send at most %d entries or fields.", longestList))
			}
			i++
			continue
		case '{', '[':
			if depth++; depth > deepest {
				return unreadable(fmt.Sprintf("The body is nested too deeply: send at most %d levels.", deepest))
			}
			commas[depth] = 0
			i++
		case '}', ']':
			depth = max(depth-1, 0)
			i++
		case '"':
			end := endOfText(data, i)
			if end-i > longestText {
				return unreadable(fmt.Sprintf("A text of the body is too long: none has more than %d bytes.", longestText))
			}
			if end-i > longestName && isName(data, end) {
				return unreadable("A field of the body has a name that is too long: there is no such field.")
			}
			i = end
		default:
			end := endOfWord(data, i)
			if end-i > longestNumber {
				return unreadable(fmt.Sprintf("A number of the body is too long: send at most %d digits.", longestNumber))
			}
			i = end
		}
		if values++; values > widest {
			return unreadable(fmt.Sprintf("The body holds too many values: send at most %d.", widest))
		}
	}
	return nil
}

// endOfText gives where a text ends that begins at a quotation mark, or one past the longest text.
func endOfText(data []byte, at int) int {
	last := min(len(data), at+longestText+1)
	for i := at + 1; i < last; i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return last
}

// isName tells whether a colon follows.
func isName(data []byte, at int) bool {
	for at < len(data) && (data[at] == ' ' || data[at] == '\t' || data[at] == '\n' || data[at] == '\r') {
		at++
	}
	return at < len(data) && data[at] == ':'
}

// endOfWord gives where a number or a word ends, or one past the longest number.
func endOfWord(data []byte, at int) int {
	last := min(len(data), at+longestNumber+1)
	for i := at; i < last; i++ {
		switch data[i] {
		case ' ', '\t', '\n', '\r', ',', ':', '{', '}', '[', ']', '"':
			return max(i, at+1)
		}
	}
	return last
}
