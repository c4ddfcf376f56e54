package store_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rabta/internal/fault"
	"rabta/store"
)

func TestNormalizePhone(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"local", "03001234567", "+923001234567"},
		{"international with spaces", "+92 300 1234567", "+923001234567"},
		{"international with hyphens", "+92-300-1234567", "+923001234567"},
		{"with 00", "00923001234567", "+923001234567"},
		{"with 00 and spaces", "0092 300 123 4567", "+923001234567"},
		{"country code without plus", "923001234567", "+923001234567"},
		{"hyphen", "0300-1234567", "+923001234567"},
		{"trunk zero kept after the code", "+92 (0)300 1234567", "+923001234567"},
		{"trunk zero after 0092", "009203001234567", "+923001234567"},
		{"without the zero", "3001234567", "+923001234567"},
		{"Urdu digits", "۰۳۰۰۱۲۳۴۵۶۷", "+923001234567"},
		{"Urdu digits and hyphen", "۰۳۰۰-۱۲۳۴۵۶۷", "+923001234567"},
		{"Arabic digits", "٠٣٠٠١٢٣٤٥٦٧", "+923001234567"},
		{"direction marks and no-break space", "\u200e+92\u00a0300\u202f1234567\u200f", "+923001234567"},
		{"surrounding spaces", "  0300 1234567\t", "+923001234567"},
		{"Lahore", "042-35761234", "+924235761234"},
		{"Lahore abroad", "+92 42 35761234", "+924235761234"},
		{"Abbottabad, nine digits", "0992-380123", "+92992380123"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := store.NormalizePhone(c.in)
			if err != nil || got != c.want {
				t.Fatalf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestNormalizePhoneRefuses(t *testing.T) {
	for _, c := range []struct{ name, in string }{
		{"empty", ""}, {"words", "call my brother"}, {"too short", "0300123456"}, {"too long", "030012345678"},
		{"India", "+91 98765 43210"}, {"plus in the middle", "0300+1234567"}, {"two pluses", "++923001234567"},
		{"letters", "0300-12E4567"}, {"fixed line without area code", "35761234"}, {"country code alone", "+92"},
		{"emergency", "1122"}, {"area code of zero", "00012345678"}, {"newline", "0300\n1234567"},
		{"fixed ten digits without zero", "4235761234"},
	} {
		t.Run(c.name, func(t *testing.T) { refused(t, store.NormalizePhone, "phone", c.in) })
	}
}

func TestNormalizeCNIC(t *testing.T) {
	for _, c := range []struct{ name, in string }{
		{"hyphens", "35202-1234567-1"}, {"bare", "3520212345671"}, {"spaces", "35202 1234567 1"},
		{"Urdu digits", "۳۵۲۰۲-۱۲۳۴۵۶۷-۱"}, {"dashes of a word processor", "35202–1234567–1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := store.NormalizeCNIC(c.in)
			if err != nil || got != "3520212345671" {
				t.Fatalf("got %q, %v", got, err)
			}
		})
	}
	for _, c := range []struct{ name, in string }{
		{"empty", ""}, {"short", "61101-7654321"}, {"long", "61101-7654321-12"}, {"letters", "61101-76543X1-1"},
		{"plus", "+6110176543211"}, {"leading zero", "01101-7654321-1"},
	} {
		t.Run("refuses "+c.name, func(t *testing.T) { refused(t, store.NormalizeCNIC, "cnic", c.in) })
	}
}

// refused checks that normalize answers an Invalid that names the field and does not repeat what was sent.
func refused(t *testing.T, normalize func(string) (string, error), field, in string) {
	t.Helper()
	got, err := normalize(in)
	if fault.KindOf(err) != fault.Invalid || got != "" {
		t.Fatalf("got %q, %v; want an Invalid", got, err)
	}
	shown, ok := fault.Shown(err)
	if !ok || shown.Field != field || shown.MessageUr == "" {
		t.Fatalf("shown %+v, want field %q in both languages", shown, field)
	}
	if len(in) > 4 && strings.Contains(err.Error(), in) {
		t.Fatalf("the error repeats what was sent: %v", err)
	}
}

// Whatever form a number is written in, its normal form is the same, and the normal form is its own.
func TestNormalizePhoneLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		national := "3" + rapid.StringMatching(`[0-9]{9}`).Draw(t, "national")
		prefix := rapid.SampledFrom([]string{"0", "+92", "0092", "92", "+92 0", ""}).Draw(t, "prefix")
		var written strings.Builder
		written.WriteString(prefix)
		for _, r := range national {
			written.WriteString(rapid.SampledFrom([]string{"", "", "-", " ", "\u200c"}).Draw(t, "gap"))
			if rapid.Bool().Draw(t, "Urdu") {
				r += '۰' - '0'
			}
			written.WriteRune(r)
		}
		got, err := store.NormalizePhone(written.String())
		if err != nil || got != "+92"+national {
			t.Fatalf("%q: %q, %v", written.String(), got, err)
		}
		again, err := store.NormalizePhone(got)
		if err != nil || again != got {
			t.Fatalf("normalising %q again: %q, %v", got, again, err)
		}
	})
}

func FuzzNormalize(f *testing.F) {
	f.Add("0300-1234567")
	f.Add("۳۵۲۰۲-۱۲۳۴۵۶۷-۱")
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := store.NormalizePhone(s); err == nil && (!strings.HasPrefix(got, "+92") || len(got) < 12 || len(got) > 13) {
			t.Fatalf("phone %q", got)
		}
		if got, err := store.NormalizeCNIC(s); err == nil && len(got) != 13 {
			t.Fatalf("CNIC %q", got)
		}
	})
}
