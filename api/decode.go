package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

// deepest is how far arrays and objects of a body may lie in each other; our own go no deeper than 5.
const deepest = 16

// widest is how many values, names and brackets a body may hold in all: more than a graduate with 50 trades of 50 skills, and few enough that
// what is found wrong with each takes no memory to speak of.
const widest = 4_500

// unreadable says why a body cannot be read, in a sentence that repeats nothing of it.
type unreadable string

// Error gives the sentence for the person who sent it.
func (u unreadable) Error() string { return string(u) }

// jsonFormat reads JSON strictly and writes it whole or not at all.
func jsonFormat() huma.Format {
	return huma.Format{Marshal: encodeWhole, Unmarshal: decodeStrictly}
}

// encodeWhole writes v once all of it is encoded. A value that JSON cannot hold is a fault of the program: it panics, while the
// answer can still become a problem, since huma would send half of it as a success. A client that is gone is no concern of ours.
func encodeWhole(w io.Writer, v any) error {
	room := buffers.Get().(*[]byte)
	text := (*room)[:0]
	if page, ok := v.(appender); ok {
		text = page.appendJSON(text)
		page.release()
	} else {
		text = appendAny(text, v)
	}
	text = append(text, '\n')
	if answer, ok := w.(http.ResponseWriter); ok {
		answer.Header().Set("Content-Length", strconv.Itoa(len(text))) // else a long one goes out in chunks
	}
	_, _ = w.Write(text)
	if *room = text; cap(text) <= largestBuffer {
		buffers.Put(room)
	}
	return nil
}

// decodeStrictly reads JSON into v. Huma calls it twice for a body: into a tree that it checks against the schema, then into the
// input of the operation; the checks here are those by which the two could differ, and are made for the tree. It calls for the input even of
// a body that the tree was refused of, and forgets what comes of it: skim alone keeps that from costing much.
func decodeStrictly(data []byte, v any) error {
	if err := skim(data); err != nil {
		return err
	}
	if _, tree := v.(*any); tree {
		if err := checkJSON(data); err != nil {
			return err
		}
	}
	err := json.Unmarshal(data, v)
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return unreadable(fmt.Sprintf("The value of %s is too large or of another kind than the description of this operation says.", lastName(kind.Field)))
	}
	if err != nil {
		return unreadable("A value of the body is not of the form that the description of this operation says.")
	}
	return nil
}

func lastName(field string) string {
	name := field[strings.LastIndexByte(field, '.')+1:]
	if !plainName(name) {
		return "a field"
	}
	return name
}

// checkJSON refuses what is not one JSON value in UTF-8, what is nested too deeply, and an object that names a field twice: a
// checker and a reader of the same body might each take another of the two.
func checkJSON(data []byte) error {
	if !utf8.Valid(data) {
		return unreadable("The body is not valid UTF-8: send it in that encoding.")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	n := nesting{}
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) && len(n.open) == 0 {
			return nil
		}
		if err != nil {
			return unreadable(fmt.Sprintf("The body is not JSON: it goes wrong at byte %d.", dec.InputOffset()))
		}
		if err := n.take(token); err != nil {
			return err
		}
	}
}

// nesting is where a walk over the tokens of a body stands.
type nesting struct {
	open     []map[string]bool // the names seen in each object that is open; nil for an array
	wantName bool              // the next text is a name
	values   int               // at the top
	tokens   int               // in all
}

func (n *nesting) take(token json.Token) error {
	if n.tokens++; n.tokens > widest {
		return unreadable(fmt.Sprintf("The body holds too many values: send at most %d.", widest))
	}
	if len(n.open) == 0 {
		if n.values++; n.values > 1 {
			return unreadable("The body holds more than one JSON value: send one.")
		}
	}
	switch token {
	case json.Delim('{'):
		n.open = append(n.open, map[string]bool{})
	case json.Delim('['):
		n.open = append(n.open, nil)
	case json.Delim('}'), json.Delim(']'):
		n.open = n.open[:len(n.open)-1]
	default:
		if name, isText := token.(string); n.wantName && isText {
			names := n.open[len(n.open)-1]
			if names[name] {
				return unreadable("The body names a field twice in one object: send each once.")
			}
			names[name], n.wantName = true, false
			return nil
		}
	}
	if len(n.open) > deepest {
		return unreadable(fmt.Sprintf("The body is nested too deeply: send at most %d levels.", deepest))
	}
	n.wantName = len(n.open) > 0 && n.open[len(n.open)-1] != nil
	return nil
}

// speakPlainly makes huma's findings say what to send. None repeats a value.
func speakPlainly() {
	huma.ErrorFormatter = formatPlainly
	validation.MsgUnexpectedProperty = "There is no field of this name here: leave it out, or correct its name."
	validation.MsgExpectedRFC3339DateTime = "Send a time such as 2026-11-22T08:00:00Z (RFC 3339)."
	validation.MsgExpectedRFC3339Date = "Send a date such as 2026-11-22."
	validation.MsgExpectedRFC5322Email = "Send an e-mail address.%.0v"
	validation.MsgExpectedRFC3986URI = "Send an address (URI).%.0v"
	validation.MsgExpectedBoolean = "Send true or false."
	validation.MsgExpectedNumber = "Send a number."
	validation.MsgExpectedInteger = "Send a whole number."
	validation.MsgExpectedString = "Send a text."
	validation.MsgExpectedArray = "Send a list."
	validation.MsgExpectedObject = "Send an object."
	validation.MsgExpectedArrayItemsUnique = "Send each value once."
	validation.MsgExpectedOneOf = "Send one of: %s."
	validation.MsgExpectedMinimumNumber = "Send %v or more."
	validation.MsgExpectedExclusiveMinimumNumber = "Send more than %v."
	validation.MsgExpectedMaximumNumber = "Send %v or less."
	validation.MsgExpectedExclusiveMaximumNumber = "Send less than %v."
	validation.MsgExpectedMinLength = "Send %d characters or more."
	validation.MsgExpectedMaxLength = "Send %d characters or fewer."
	validation.MsgExpectedBePattern = "Send %s."
	validation.MsgExpectedMatchPattern = "Send a text of the form %s."
	validation.MsgExpectedMinItems = "Send %d entries or more."
	validation.MsgExpectedMaxItems = "Send %d entries or fewer."
	validation.MsgExpectedMinProperties = "Send %d fields or more."
	validation.MsgExpectedMaxProperties = "Send %d fields or fewer."
	validation.MsgExpectedRequiredProperty = "The field %s is missing: send it."
}

const packedBody = "Send the body as it is, without Content-Encoding."

// refuseEncoded refuses a body that is packed: unpacked it may be a thousand times as large, and none of ours needs it.
func (s *server) refuseEncoded(ctx huma.Context, next func(huma.Context)) {
	if encoding := ctx.Header("Content-Encoding"); encoding != "" && ctx.Operation().Method != http.MethodGet && !strings.EqualFold(encoding, "identity") {
		c := callOf(ctx.Context())
		p := newRefusal(http.StatusUnsupportedMediaType)
		p.Detail = packedBody
		s.refuse(ctx, p.answering(c))
		return
	}
	next(ctx)
}
