package api

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// formatPlainly is fmt.Sprintf, with numbers as people write them: 10000000 and not 1e+07.
func formatPlainly(format string, values ...any) string {
	for i, v := range values {
		if number, ok := v.(float64); ok {
			values[i] = plainNumber(number)
		}
	}
	return fmt.Sprintf(format, values...)
}

func plainNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// sayWhatToSend rewords huma's findings on parameters, which say that a value is no number or is missing, by what the operation
// says of the parameter. Of a finding on a body it leaves the sentence.
func sayWhatToSend(op *huma.Operation, findings []error) []error {
	if op == nil {
		return findings
	}
	said := make([]error, len(findings))
	for i, err := range findings {
		said[i] = err
		detailer, ok := err.(huma.ErrorDetailer)
		if !ok {
			continue
		}
		d := detailer.ErrorDetail()
		for _, p := range op.Parameters {
			if p.Schema != nil && d.Location == p.In+"."+p.Name {
				said[i] = &huma.ErrorDetail{Location: d.Location, Message: askFor(p, d.Message)}
			}
		}
	}
	return said
}

// askFor gives the sentence for one parameter.
func askFor(p *huma.Param, found string) string {
	s := p.Schema
	switch {
	case strings.HasPrefix(found, "required ") && len(s.Examples) > 0:
		return fmt.Sprintf("This parameter is missing: send it, such as %s=%v.", p.Name, s.Examples[0])
	case strings.HasPrefix(found, "required "):
		return "This parameter is missing: send it."
	case s.Type == huma.TypeInteger && s.Minimum != nil && s.Maximum != nil:
		return fmt.Sprintf("Send a whole number from %s to %s.", plainNumber(*s.Minimum), plainNumber(*s.Maximum))
	case s.Type == huma.TypeInteger:
		return "Send a whole number."
	case s.Type == huma.TypeNumber:
		return "Send a number."
	case s.Type == huma.TypeBoolean:
		return "Send true or false."
	}
	return found
}

// sentence is an English sentence and the same in Urdu; %s stands in both, in the same order, for what differs.
type sentence struct{ en, ur string }

// sentences are those that have no Urdu where they are made: of huma's findings, of requests that cannot be read, of addresses. One
// that is missing here stays in English.
var sentences = []sentence{
	{"Send a whole number from %s to %s.", "%s سے %s تک کا پورا عدد بھیجیں۔"},
	{"Send a whole number.", "پورا عدد بھیجیں۔"},
	{"Send a number.", "عدد بھیجیں۔"},
	{"Send true or false.", "true یا false بھیجیں۔"},
	{"Send a text.", "عبارت بھیجیں۔"},
	{"Send a list.", "فہرست (list) بھیجیں۔"},
	{"Send an object.", "ایک JSON object بھیجیں۔"},
	{"Send each value once.", "ہر قدر ایک ہی بار بھیجیں۔"},
	{`Send one of: "%s".`, `ان میں سے ایک بھیجیں: "%s"۔`},
	{"Send %s characters or more.", "کم از کم %s حروف بھیجیں۔"},
	{"Send %s characters or fewer.", "زیادہ سے زیادہ %s حروف بھیجیں۔"},
	{"Send %s entries or more.", "کم از کم %s اندراج بھیجیں۔"},
	{"Send %s entries or fewer.", "زیادہ سے زیادہ %s اندراج بھیجیں۔"},
	{"Send %s or more.", "%s یا اس سے زیادہ بھیجیں۔"},
	{"Send %s or less.", "%s یا اس سے کم بھیجیں۔"},
	{"Send a telephone number, such as 0300 0000000 or +92 300 0000000.", "فون نمبر بھیجیں، جیسے 0300 0000000 یا +92 300 0000000۔"},
	{"Send 13 digits, as 00000-0000000-0.", "13 ہندسے بھیجیں، جیسے 00000-0000000-0۔"},
	{"Send a time such as %s (RFC 3339).", "وقت اس طرح بھیجیں: %s (RFC 3339)۔"},
	{"Send an e-mail address.", "ای میل کا پتہ بھیجیں۔"},
	{"There is no field of this name here: leave it out, or correct its name.", "یہاں اس نام کا کوئی خانہ نہیں: اسے نکال دیں، یا نام درست کریں۔"},
	{"The field %s is missing: send it.", "%s موجود نہیں: اسے بھیجیں۔"},
	{"This parameter is missing: send it, such as %s.", "یہ پیرامیٹر موجود نہیں: اسے بھیجیں، جیسے %s۔"},
	{"This parameter is missing: send it.", "یہ پیرامیٹر موجود نہیں: اسے بھیجیں۔"},
	{"This parameter was sent more than once: send it once.", "یہ پیرامیٹر ایک سے زیادہ بار بھیجا گیا: ایک ہی بار بھیجیں۔"},
	{"This operation has no parameter of that name: leave it out, or correct its name.", "اس نام کا کوئی پیرامیٹر نہیں: اسے نکال دیں، یا نام درست کریں۔"},
	{"There is nothing at this address: /docs lists what there is.", "اس پتے پر کچھ نہیں: /docs میں سب کی فہرست ہے۔"},
	{"This address does not take this method: the Allow header names those that it takes.", "یہ پتہ یہ طریقہ قبول نہیں کرتا: Allow ہیڈر میں دیکھیں کہ کون سے قبول ہیں۔"},
	{"The body is missing: send it as JSON.", "درخواست کا متن موجود نہیں: اسے JSON میں بھیجیں۔"},
	{"The body holds too many values: send at most %s.", "درخواست میں بہت زیادہ قدریں ہیں: زیادہ سے زیادہ %s بھیجیں۔"},
	{"The body is too large: send less than %s KB.", "درخواست کا متن بہت بڑا ہے: %s KB سے کم بھیجیں۔"},
	{"The body is too large: send less than %s MB.", "درخواست کا متن بہت بڑا ہے: %s MB سے کم بھیجیں۔"},
	{packedBody, "درخواست کا متن سادہ بھیجیں، Content-Encoding کے بغیر۔"},
	{"The body is not JSON: it goes wrong at byte %s.", "درخواست کا متن JSON نہیں: بائٹ %s پر غلطی ہے۔"},
	{"The body is not valid UTF-8: send it in that encoding.", "درخواست کا متن درست UTF-8 نہیں: اسی میں بھیجیں۔"},
	{"The body names a field twice in one object: send each once.", "ایک خانے کا نام دو بار آیا ہے: ہر ایک کو ایک بار بھیجیں۔"},
	{"The body holds more than one JSON value: send one.", "ایک سے زیادہ JSON قدریں آئی ہیں: ایک بھیجیں۔"},
	{"The body is nested too deeply: send at most %s levels.", "متن کی تہیں بہت زیادہ ہیں: زیادہ سے زیادہ %s تہیں بھیجیں۔"},
	{"The body could not be read to its end: send it again.", "متن آخر تک نہیں پڑھا جا سکا: دوبارہ بھیجیں۔"},
	{"The body did not arrive in time: send it again.", "متن وقت پر نہیں پہنچا: دوبارہ بھیجیں۔"},
	{`Send the body as JSON, with the header "Content-Type: application/json".`, `متن JSON میں بھیجیں، ہیڈر "Content-Type: application/json" کے ساتھ۔`},
	{"%s values are wrong: see errors.", "%s قدریں غلط ہیں: errors دیکھیں۔"},
	{"The query of the address cannot be read: escape it as UTF-8 (%XX).", "پتے کا سوال پڑھا نہیں جا سکا: اسے UTF-8 (%XX) میں لکھیں۔"},
	{"This cannot be answered just now. Try again in a moment.", "ابھی جواب نہیں دیا جا سکتا۔ تھوڑی دیر بعد دوبارہ کوشش کریں۔"},
	{"A latitude alone is no place: send lon with it.", "صرف عرض بلد کافی نہیں: lon بھی بھیجیں۔"},
	{"A longitude alone is no place: send lat with it.", "صرف طول بلد کافی نہیں: lat بھی بھیجیں۔"},
}

// inUrdu gives a sentence in Urdu, or as it is when the table has none or it is in Urdu already.
func inUrdu(text string) string {
	for _, s := range sentences {
		if s.en == text {
			return s.ur
		}
		if parts := filled(s.en, text); parts != nil {
			ur := s.ur
			for _, part := range parts {
				ur = strings.Replace(ur, "%s", part, 1)
			}
			return ur
		}
	}
	return text
}

// filled gives what stands in a text for each %s of a template, nil when the text is not of it.
func filled(template, text string) []string {
	between := strings.Split(template, "%s")
	text, begins := strings.CutPrefix(text, between[0])
	if !begins {
		return nil
	}
	var parts []string
	for i, after := range between[1:] {
		at := strings.Index(text, after)
		if last := i == len(between)-2; last {
			at = strings.LastIndex(text, after)
			if at < 0 || at+len(after) != len(text) {
				return nil
			}
		}
		if at < 1 {
			return nil
		}
		parts, text = append(parts, text[:at]), text[at+len(after):]
	}
	return parts
}
