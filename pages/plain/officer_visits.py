"""Officers' visits without a script: which there were, and a form for each that says how it was."""

from collections.abc import Mapping

from starlette.responses import Response

import i18n
from casework import conduct as verbs
from casework.conduct import WordForm
from db.conduct import FELT, OwnVisit
from db.refused import Refused
from pages.conduct.words import who_came, whose_record
from pages.issue import timeline
from pages.plain.frame import page
from pages.plain.pieces import bar, errors_first, form, leads_to, note, press
from pages.plain.told_visit import ASKED, WORD, tell_form, told_of, word_fields
from pages.plain.visits import Visit
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup
from pages.shared.plain import words_of

_FIELD_OF = {"visit_asked": "did", "visit_felt": "felt", "too_long": "said", "visit_day": "day", "visit_body": "body",
             "visit_place": "place"}  # fmt: skip


def show(visit: Visit, refused: Refused | None = None) -> Response:
    visit.person.must("judge_officer")
    found = verbs.visits_here(store(), actor=visit.person, at=visit.at)
    each = refused.each if refused else ()
    wrong = {
        f"{_FIELD_OF[one.code]}-{visit.said('visit')}": t(f"error.{one.code}", **one.facts)
        for one in each
        if one.code in _FIELD_OF
    }
    on_top = errors_first(wrong) if wrong else note(words_of(refused), late=True) if refused else Markup()
    title, lead = t("visit.theirs.title"), Markup('<p>{}</p><p class="quiet">{}</p>')
    head = Markup("<h1>{}</h1>").format(title) + lead.format(t("visit.theirs.lead"), t("visit.theirs.notice"))
    unsaid = next((one.visit.id for one in found if one.visit.felt is None), "")
    opened = visit.said("visit") or unsaid
    cards = Markup().join(_card(visit, one, wrong, opened=one.visit.id == opened) for one in found)
    none = Markup("<p>{}</p><p>{}</p>").format(t("visit.theirs.none"), t("visit.theirs.none_hint"))
    status = 409 if refused else 200
    return page(
        visit,
        title,
        on_top + head + (cards or none) + tell_form(visit, wrong),
        errors=len(wrong),
        status=status,
        full="/visits",
    )


def take(visit: Visit) -> Response:
    """What is said of one; a refusal shows all of them again, with what was typed."""
    name, seen = visit.said("visit"), visit.said("seen")
    said = {part: visit.said(f"{part}-{name}") for part in WORD}
    given = WordForm(ASKED.get(said["did"]), said["felt"], said["said"], bool(said["named"]))
    try:
        visit.spend()
        if visit.said("do") == "tell":
            verbs.tell_visit(store(), actor=visit.person, visit_id=name, told=told_of(visit, name), form=given,
                             at=visit.at)  # fmt: skip
        else:
            verbs.say_of_visit(store(), actor=visit.person, visit_id=name, form=given,
                               seen=int(seen) if seen.isdecimal() else 0, at=visit.at)  # fmt: skip
    except Refused as refusal:
        return show(visit, refusal)
    return leads_to(f"{visit.base}#v-{name}")


def _card(visit: Visit, one: OwnVisit, wrong: Mapping[str, str], *, opened: bool) -> Markup:
    known, name = one.visit, one.visit.id
    officer = Markup('<span class="f2f-words">{}</span>').format(who_came(one.officer, one.visit.body_code))
    about = Markup("{}").format(i18n.DOT).join((officer, t(f"visit.place.{known.place}"), whose_record(one)))
    said = t("visit.theirs.done", felt=t(f"visit.felt.{known.felt}")) if known.felt else ""
    typed = timeline.written(known.about) if known.about else Markup()
    done = typed + (note(said) if said else Markup())
    summary = t("visit.theirs.again" if known.felt else "visit.theirs.open")
    card = Markup('<section class="card" id="v-{}"><h2>{}</h2><p class="quiet">{}</p>{}'
                  "<details{}><summary>{}</summary>{}</details></section>")  # fmt: skip
    day, state = i18n.day(known.day, lang()), Markup(" open") if opened else Markup()
    return card.format(name, day, about, done, state, summary, _form(visit, one, wrong))


def _form(visit: Visit, one: OwnVisit, wrong: Mapping[str, str]) -> Markup:
    known, name = one.visit, one.visit.id
    did_say = next((code for code, asked in ASKED.items() if asked is known.said_asked), "")
    before = {"did": did_say, "felt": known.felt or "", "said": known.said or "", "named": "1" if known.named else ""}
    sent = visit.said("visit") == name  # and refused: what was taken away stays away
    typed = {part: visit.said(f"{part}-{name}") if sent else stands for part, stands in before.items()}
    at = {part: f"{part}-{name}" for part in before}
    inside = word_fields(at, typed, {part: wrong.get(id_, "") for part, id_ in at.items()}, FELT)
    return form(visit, inside + bar(press("say", t("visit.theirs.send"))), hidden={"visit": name, "seen": known.seq})
