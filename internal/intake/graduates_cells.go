package intake

import (
	"strings"
	"time"

	"rabta/matching"
)

// person reads who she is and how she is reached.
func (r *graduateReader) person(l *line, g *matching.Graduate, p *matching.Personal) {
	take(l, fGender, false, &r.genderMemo, r.genders.read, func(v matching.Gender) { g.Gender = v })
	if name, _ := l.get(fName); name != "" {
		p.Name = ownName(name)
	} else if father, _ := l.get(fFather); father != "" {
		p.Name = childOf(father, g.Gender)
	}
	r.phone(l, p)
	if text, column := l.get(fCNIC); text != "" {
		if n, ok := cnicOf(text); ok {
			p.CNIC = n
		} else {
			l.problem(column, wanted{cnicWanted, cnicWantedUr}, true)
		}
	}
	p.Address = l.free(fAddress)
	p.SafeHours = l.free(fSafeHours)
	p.Reach = l.free(fReach)
	r.decade(l, g)
}

// phone reads her number, or else that of another by whom she is reached.
func (r *graduateReader) phone(l *line, p *matching.Personal) {
	own := r.number(l, fPhone, l.layout.has(fPhoneOther))
	p.Whose = l.free(fWhose)
	if p.Phone = own; own != "" {
		return
	}
	_, column := l.get(fPhoneOther)
	if p.Phone = r.number(l, fPhoneOther, false); p.Phone != "" {
		if p.Whose == "" {
			p.Whose = whoseHeading(l.layout.columns[column].heading)
		}
		return
	}
	if !l.refused {
		l.missing(wanted{phoneWanted + "; it may be a relative's", phoneWantedUr + "؛ گھر کے کسی فرد کا بھی ہو سکتا ہے"}, fPhone, fPhoneOther)
	}
}

func (r *graduateReader) number(l *line, f field, kept bool) string {
	text, column := l.get(f)
	if text == "" {
		return ""
	}
	n, several := phoneOf(text)
	switch {
	case n == "":
		l.problem(column, wanted{phoneWanted, phoneWantedUr}, kept)
	case several:
		l.understand(column, "one number", HowFirst)
	}
	return n
}

// whoseHeading says whose phone a column holds, by its heading.
func whoseHeading(heading string) string {
	h := strings.ToLower(heading)
	switch {
	case strings.Contains(h, "father"), strings.Contains(h, "walid"), strings.Contains(h, "والد"):
		return "father"
	case strings.Contains(h, "guardian"), strings.Contains(h, "سرپرست"):
		return "guardian"
	}
	return ""
}

// decade reads the decade of birth, which is all that is kept of a birthday or an age.
func (r *graduateReader) decade(l *line, g *matching.Graduate) {
	set := func(year int) { g.BirthDecade = year / 10 * 10 }
	if text, column := l.get(fBirth); text != "" {
		d := r.decades.of(text, r.birth.read)
		if d.wanted != (wanted{}) {
			l.problem(column, d.wanted, true)
		} else if d.value.Year() < r.tables.Now.Year()-5 {
			set(d.value.Year())
		}
		return
	}
	if text, column := l.get(fAge); text != "" {
		if n, ok := whole(text, 10, 90); ok {
			set(r.tables.Now.Year() - n)
		} else {
			l.problem(column, wanted{"an age in years, 10 to 90", "عمر سالوں میں، 10 سے 90"}, true)
		}
	}
}

// work reads trades and skills, level and experience.
func (r *graduateReader) work(l *line, g *matching.Graduate) {
	slugs := r.tradesOf(l)
	for _, slug := range slugs {
		g.Trades = append(g.Trades, matching.TradeHeld{Trade: slug})
	}
	if len(slugs) == 0 {
		return
	}
	for _, skill := range r.skillsOf(l, fSkills) {
		held := &g.Trades[r.trade.home(slugs, skill)]
		held.Skills = append(held.Skills, skill)
	}
	main := &g.Trades[0]
	take(l, fLevel, true, &r.levels, readLevel, func(v int) { main.Level = v })
	take(l, fMonths, true, &r.exp, r.months.read, func(v *int) {
		months := *v
		main.Months = &months
	})
	take(l, fLearnt, true, &r.learntMemo, r.learnt.read, func(v matching.Learnt) { main.Learnt = v })
	take(l, fOwnTools, true, &r.answerMemo, r.answers.read, func(v matching.Answer) { g.OwnTools = v })
}

// papers reads certificate, schooling, licences and languages.
func (r *graduateReader) papers(l *line, g *matching.Graduate, out *GraduateRow) {
	out.InstituteName = l.free(fInstitute)
	c := matching.Certificate{Programme: l.free(fProgramme), Batch: l.free(fBatch)}
	take(l, fCompleted, true, &r.dateMemo, r.dates.read, func(v time.Time) { c.Date = &v })
	if out.InstituteName != "" || c != (matching.Certificate{}) {
		if c.Programme == "" {
			c.Programme = out.InstituteName
		}
		if len(g.Trades) > 0 {
			c.Course = g.Trades[0].Trade
			if g.Trades[0].Learnt == "" {
				g.Trades[0].Learnt = matching.LearntInstitute
			}
		}
		if c.Date != nil && c.Date.After(r.tables.Now) {
			c.Date = nil // a course that is still running
		}
		g.Certificates = []matching.Certificate{c}
	}
	take(l, fSchooling, true, &r.schoolingMemo, r.schooling.read, func(v string) { g.Schooling = v })
	take(l, fLicences, true, &r.licenceMemo, r.licences.list, func(v []string) { g.Licences = copied(v) })
	r.tongues(l, g)
}

// tongues reads the languages spoken, and those that she reads.
func (r *graduateReader) tongues(l *line, g *matching.Graduate) {
	for _, column := range l.layout.at[fLanguages] {
		if text := l.text(column); text != "" {
			accept(l, column, true, r.tongueMemo.of(text, r.languages.list), func(codes []string) {
				for _, code := range codes {
					g.Languages = speak(g.Languages, matching.Language{Code: code})
				}
			})
		}
	}
	text, column := l.get(fReads)
	if text == "" {
		return
	}
	if a := r.answerMemo.of(text, r.answers.read); a.wanted == (wanted{}) { // reads them: yes or no
		for i := range g.Languages {
			g.Languages[i].Reads = a.value == matching.Yes
		}
		return
	}
	accept(l, column, true, r.tongueMemo.of(text, r.languages.list), func(codes []string) {
		for _, code := range codes {
			g.Languages = speak(g.Languages, matching.Language{Code: code, Reads: true})
		}
	})
}

func speak(all []matching.Language, l matching.Language) []matching.Language {
	for i := range all {
		if all[i].Code == l.Code {
			all[i].Reads = all[i].Reads || l.Reads
			return all
		}
	}
	return append(all, l)
}

// wishes reads what work she wants and what she needs for it.
func (r *graduateReader) wishes(l *line, g *matching.Graduate) {
	take(l, fTravel, true, &r.distances, readDistance, func(v float64) { g.Travel.MaxMetres = v })
	take(l, fModes, true, &r.modeMemo, r.modes.list, func(v []matching.Mode) { g.Travel.Modes = copied(v) })
	take(l, fKinds, true, &r.kindMemo, r.kinds.list, func(v []matching.Kind) { g.Kinds = copied(v) })
	take(l, fLowestPay, true, &r.lowestPay, r.pay.read, func(v *matching.Pay) { r.lowest(l, g, v) })
	take(l, fAvailable, true, &r.soonMemo, r.soon, func(v time.Time) {
		if !v.IsZero() {
			g.AvailableFrom = &v
		}
	})
	for _, column := range l.layout.at[fNeeds] {
		if text := l.text(column); text != "" {
			accept(l, column, false, r.needMemo.of(text, r.needs.list), func(v []matching.Need) {
				for _, need := range v {
					g.Needs = listed(g.Needs, need)
				}
			})
		}
	}
	for _, n := range []struct {
		field field
		need  matching.Need
	}{{fNeedTransport, matching.NeedTransport}, {fNeedWomen, matching.NeedWomenSafe}, {fNeedLiving, matching.NeedAccommodation},
		{fNeedAccess, matching.NeedAccess}, {fNeedHome, matching.NeedHomeBased}} {
		if r.yes(l, n.field, false) {
			g.Needs = listed(g.Needs, n.need)
		}
	}
	g.ConfirmedOnly, g.AcceptsLiving = r.yes(l, fConfirmedOnly, false), r.yes(l, fAcceptsLiving, true)
	take(l, fStatus, false, &r.statusMemo, r.status.read, func(v matching.Status) { g.Status = v })
}

// lowest takes the lower end of an amount as the least that she accepts.
func (r *graduateReader) lowest(l *line, g *matching.Graduate, v *matching.Pay) {
	if v == nil {
		return
	}
	lowest := matching.LowestPay{Amount: v.From, Unit: v.Unit}
	take(l, fPayUnit, true, &r.unitMemo, r.pay.unitOf, func(u matching.PayUnit) { lowest.Unit = u })
	switch lowest.Unit {
	case matching.PerHour, matching.PerDay, matching.PerMonth:
		g.LowestPay = &lowest
	default:
		_, column := l.get(fLowestPay)
		l.problem(column, wanted{"a lowest pay by the hour, day or month", "کم سے کم اجرت فی گھنٹہ، روزانہ یا ماہانہ"}, true)
	}
}

// soon reads a date, or a word that says at once, which is no date.
func (r *graduateReader) soon(text string) reading[time.Time] {
	if _, ok := r.atOnce.of[closed(text)]; ok {
		return read(time.Time{})
	}
	return r.dates.read(text)
}

// consent reads what she has agreed to, and gives what was said, no as well as yes. Nothing told is no consent.
func (r *graduateReader) consent(l *line, g *matching.Graduate) map[matching.Purpose]bool {
	said := map[matching.Purpose]bool{}
	ask := func(f field, p matching.Purpose) bool {
		take(l, f, false, &r.answerMemo, r.answers.read, func(a matching.Answer) {
			if a != matching.Unknown {
				said[p] = a == matching.Yes
			}
		})
		return said[p]
	}
	g.Consent.Matching, g.Consent.Officer = ask(fConsent, matching.ToMatching), ask(fConsentOfficer, matching.ToOfficer)
	take(l, fConsentDate, true, &r.dateMemo, r.dates.read, func(v time.Time) { g.Consent.At = &v })
	return said
}
