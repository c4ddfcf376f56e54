package intake

import (
	"bytes"
	"encoding/csv"
	"slices"

	"rabta/internal/fault"
)

// The nouns of files.
const (
	NounGraduates = "graduates"
	NounPostings  = "postings"
)

// Template gives a CSV file to begin with: a line of headings and one invented example, in UTF-8 with the mark by which Excel knows it. noun
// is NounGraduates or NounPostings; lang is en, ur or roman. Another of either is a fault.Invalid. What it gives is read back without
// a problem.
func Template(noun, lang string) ([]byte, error) {
	rows, ok := templates()[noun]
	if !ok {
		return nil, fault.Field("noun", "Send one of: graduates, postings.", NounGraduates, NounPostings)
	}
	at := slices.Index([]string{"en", "ur", "roman"}, lang)
	if at < 0 {
		return nil, fault.Field("lang", "Send one of: en, ur, roman.", "en", "ur", "roman")
	}
	var headings, example []string
	for _, column := range rows {
		headings = append(headings, [...]string{column.en, column.ur, column.roman}[at])
		example = append(example, [...]string{column.exampleEn, column.exampleUr, column.exampleEn}[at])
	}
	b := bytes.NewBufferString(string(utf8Mark))
	w := csv.NewWriter(b)
	w.UseCRLF = true // for Excel and Notepad
	if err := w.WriteAll([][]string{headings, example}); err != nil {
		return nil, fault.Wrap("intake.Template", err)
	}
	return b.Bytes(), nil
}

// templateColumn is a column of a template: its heading in three ways, and what stands under it. Roman Urdu files have Latin examples.
type templateColumn struct {
	en, ur, roman        string
	exampleEn, exampleUr string
}

func templates() map[string][]templateColumn {
	return map[string][]templateColumn{
		NounGraduates: {
			{"Roll no", "رول نمبر", "Rol number", "A-101", "A-101"},
			{"Name", "نام", "Naam", "Sana Example", "ثنا مثال"},
			{"Phone", "فون نمبر", "Fon number", "0390-0000000", "0390-0000000"},
			{"CNIC", "شناختی کارڈ نمبر", "Shanakhti card number", "95202-0000000-2", "95202-0000000-2"},
			{"Gender", "جنس", "Jins", "F", "خاتون"},
			{"Date of birth", "تاریخ پیدائش", "Tareekh paidaish", "15/03/2001", "15/03/2001"},
			{"Trade", "ہنر", "Hunar", "Tailor", "درزی"},
			{"Skills", "مہارت", "Maharat", "", ""},
			{"Level", "درجہ", "Darja", "2", "2"},
			{"Experience", "تجربہ", "Tajurba", "6 months", "6 ماہ"},
			{"Institute", "ادارہ", "Idara", "Example Vocational Institute", "مثالی ووکیشنل انسٹی ٹیوٹ"},
			{"Batch", "بیچ", "Baich", "2026-1", "2026-1"},
			{"Completion date", "تکمیل کی تاریخ", "Takmeel ki tareekh", "30/06/2026", "30/06/2026"},
			{"Village", "گاؤں", "Gaon", "", ""},
			{"Tehsil", "تحصیل", "Tehseel", "Kabirwala", "کبیروالا"},
			{"District", "ضلع", "Zila", "Khanewal", "خانیوال"},
			{"Travel distance", "سفر کا فاصلہ", "Safar ka faasla", "10 km", "10 کلومیٹر"},
			{"Travel modes", "سواری", "Sawari", "walk, bus", "پیدل، بس"},
			{"Kinds of work", "کام کی قسم", "Kaam ki qisam", "job", "نوکری"},
			{"Lowest pay", "کم از کم تنخواہ", "Kam az kam tankhwah", "30000 monthly", "30000 ماہانہ"},
			{"Available from", "کب سے دستیاب", "Kab se dastiyab", "now", "ابھی"},
			{"Needs", "ضروریات", "Zarooriyat", "transport", "ٹرانسپورٹ"},
			{"Languages", "زبانیں", "Zabanein", "Urdu, Punjabi", "اردو، پنجابی"},
			{"Education", "تعلیم", "Taleem", "Matric", "میٹرک"},
			{"Consent", "رضامندی", "Razamandi", "yes", "ہاں"},
		},
		NounPostings: {
			{"Job id", "حوالہ نمبر", "Ref no", "J-1", "J-1"},
			{"Employer", "آجر", "Aajir", "Example Garments", "مثالی گارمنٹس"},
			{"Phone", "فون نمبر", "Fon number", "0390-0000000", "0390-0000000"},
			{"Trade", "ہنر", "Hunar", "Tailor", "درزی"},
			{"Title", "عہدہ", "Uhda", "Tailor for women's suits", "زنانہ سوٹ کے درزی"},
			{"Description", "تفصیل", "Tafseel", "", ""},
			{"Kind of work", "کام کی قسم", "Kaam ki qisam", "job", "نوکری"},
			{"City", "شہر", "Shehar", "Kabirwala", "کبیروالا"},
			{"District", "ضلع", "Zila", "Khanewal", "خانیوال"},
			{"Vacancies", "تعداد", "Tadad", "3", "3"},
			{"Salary", "تنخواہ", "Tankhwah", "35000-40000 monthly", "35000-40000 ماہانہ"},
			{"Open to", "کس کے لیے", "Kis ke liye", "women", "خواتین"},
			{"Experience", "تجربہ", "Tajurba", "1 year", "1 سال"},
			{"Education", "تعلیم", "Taleem", "Middle", "مڈل"},
			{"Transport", "ٹرانسپورٹ", "Sawari", "yes", "ہاں"},
			{"Separate toilet", "الگ واش روم", "Alag washroom", "yes", "ہاں"},
			{"Meals", "کھانا", "Khana", "no", "نہیں"},
			{"Last date", "آخری تاریخ", "Aakhri tareekh", "31/12/2030", "31/12/2030"},
			{"Urgent", "فوری", "Fori", "no", "نہیں"},
		},
	}
}
