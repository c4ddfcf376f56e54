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
	{"Send one of: %s.", "ان میں سے ایک بھیجیں: %s۔"},
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
	{"The address and the headers of a request may have 16 KB together. Shorten what you look for, or leave headers out.",
		"پتہ اور ہیڈر ملا کر 16 KB سے زیادہ نہ ہوں۔ تلاش کے الفاظ کم کریں، یا غیر ضروری ہیڈر نہ بھیجیں۔"},
	{`Send the body as JSON, with the header "Content-Type: application/json".`, `متن JSON میں بھیجیں، ہیڈر "Content-Type: application/json" کے ساتھ۔`},
	{"%s values are wrong: see errors.", "%s قدریں غلط ہیں: errors دیکھیں۔"},
	{"The query of the address cannot be read: escape it as UTF-8 (%XX).", "پتے کا سوال پڑھا نہیں جا سکا: اسے UTF-8 (%XX) میں لکھیں۔"},
	{"This cannot be answered just now. Try again in a moment.", "ابھی جواب نہیں دیا جا سکتا۔ تھوڑی دیر بعد دوبارہ کوشش کریں۔"},
	{"This cursor does not belong to this list. Send the one that the last answer gave, with the same request, or none to start at the top.",
		"اگلے صفحے کا یہ نشان (cursor) اس فہرست کا نہیں۔ پچھلے جواب کا next اسی درخواست کے ساتھ بھیجیں، یا شروع سے دیکھنے کے لیے خالی چھوڑ دیں۔"},
	{"This cursor does not belong to this list. Send next of the last answer to the same request, or none to start at the top.",
		"اگلے صفحے کا یہ نشان (cursor) اس فہرست کا نہیں۔ پچھلے جواب کا next اسی درخواست کے ساتھ بھیجیں، یا شروع سے دیکھنے کے لیے خالی چھوڑ دیں۔"},
	{"This is not valid UTF-8: send it in that encoding, without zero bytes.", "یہ الفاظ پڑھے نہیں جا سکے: انہیں UTF-8 میں بھیجیں۔"},
	{"There is no place of this id. Search places by name to find its id.", "اس شناخت کی کوئی جگہ نہیں۔ جگہ کو اس کے نام سے تلاش کریں۔"},
	{"There is no such group of trades: each trade of the list names its own.", "پیشوں کا ایسا کوئی شعبہ نہیں: فہرست میں ہر پیشے کے ساتھ اس کا شعبہ لکھا ہے۔"},
	{"There is no such district. Send the name or the id of one, such as Khuzdar or dst-khuzdar.", "اس نام کا کوئی ضلع نہیں۔ ضلع کا نام یا شناخت بھیجیں، جیسے Khuzdar یا dst-khuzdar۔"},
	{"There is no district of this id. Search places by name to find it, or leave it out for every district.", "اس شناخت کا کوئی ضلع نہیں۔ ضلع کو نام سے تلاش کریں، یا سب اضلاع کے لیے خالی چھوڑ دیں۔"},
	{"This mark cannot be read. Send the one that the last snapshot or the last page of changes gave.", "یہ نشان (since) پڑھا نہیں جا سکا۔ وہی بھیجیں جو پچھلے سنیپ شاٹ یا تبدیلیوں کے پچھلے صفحے میں ملا تھا۔"},
	{"This position cannot be read: send it as a write answered it, such as EPOCH:42, or leave it out.", "Rabta-Position پڑھا نہیں جا سکا: اسے ویسے ہی بھیجیں جیسے جواب میں ملا تھا، یا نہ بھیجیں۔"},
	{"This position is of an earlier life of the store, which was restored or copied since: ask again without it.", "یہ Rabta-Position پرانے ذخیرے کا ہے، جو اس کے بعد بحال ہو چکا ہے: اس کے بغیر دوبارہ پوچھیں۔"},
	{"The record was changed meanwhile. Read it again and send your change with the new version.", "اس دوران ریکارڈ میں تبدیلی ہو چکی ہے۔ اسے دوبارہ دیکھیں اور نئے ورژن کے ساتھ اپنی تبدیلی بھیجیں۔"},
	{`If-Match cannot be read: send one ETag as the record's answer gave it, such as "v3".`, `If-Match پڑھا نہیں جا سکا: ریکارڈ کے جواب میں جو ETag ملا تھا وہی واوین سمیت بھیجیں، جیسے "v3"۔`},
	{`The Authorization header cannot be read: send "Bearer", a space and the token.`, `Authorization ہیڈر پڑھا نہیں جا سکا: "Bearer"، پھر ایک خالی جگہ اور پھر ٹوکن لکھیں۔`},
	{"Send the lower figure as from and the higher one as to; the same twice where there is one.", "کم رقم from میں اور زیادہ رقم to میں لکھیں؛ ایک ہی رقم ہو تو دونوں میں وہی۔"},
	{"Send the pay in whole rupees, or leave pay out where it is not known.", "اجرت پورے روپوں میں لکھیں، یا معلوم نہ ہو تو خالی چھوڑ دیں۔"},
	{"It ended before the end of the file. Give the file again: rows that were taken are not taken twice.", "کام فائل کے آخر سے پہلے رک گیا۔ فائل دوبارہ بھیجیں: جو سطریں لی جا چکی ہیں وہ دوبارہ نہیں لی جائیں گی۔"},
	{"It was cut off. Give the file again: rows that were taken are not taken twice.", "کام بیچ میں رک گیا۔ فائل دوبارہ بھیجیں: جو سطریں لی جا چکی ہیں وہ دوبارہ نہیں لی جائیں گی۔"},
	{"Not every row could be taken, so none was. Mend the rows that the result names and give the file again.", "ساری سطریں درست نہیں تھیں، اس لیے کوئی نہیں لی گئی۔ نتیجے میں بتائی گئی سطریں ٹھیک کر کے فائل دوبارہ بھیجیں۔"},
	{"No row of headings was found within the first 25 rows. Put one above the graduates, with at least %s.", "پہلی 25 سطروں میں کالموں کے عنوان نہیں ملے۔ ہر کالم کے اوپر اس کا عنوان لکھیں، کم از کم: %s۔"},
	{"No row of headings was found within the first 25 rows. Put one above the postings, with at least %s.", "پہلی 25 سطروں میں کالموں کے عنوان نہیں ملے۔ ہر کالم کے اوپر اس کا عنوان لکھیں، کم از کم: %s۔"},
	{"This is a PDF or a picture, which has no rows to read. Give the table that it was made from, as CSV or XLSX.", "یہ PDF یا تصویر ہے، اس کی سطریں پڑھی نہیں جا سکتیں۔ وہی فہرست CSV یا XLSX (ایکسل) میں دیں۔"},
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
