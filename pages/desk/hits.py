"""Below a row that was searched for: the words that its line does not show, where they stand in the case."""

from collections.abc import Sequence

from db import references
from db.cases import cases
from db.cases.cases import Case
from db.lookup import said_in
from db.people import enterprises
from db.scope import ALL
from db.sql import Connection
from i18n import folding
from pages.desk.marking import around
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.shared.names import Names

Told = tuple[str, str]  # what a text is, and the text
_LINE = Markup('<div class="f2f-hit"><span class="f2f-quiet">{}</span> {}</div>')


def hidden_hits(con: Connection, found: Sequence[Case], words: Sequence[str], called: Names) -> dict[str, Markup]:
    """case id → its line. What costs most is read last, and only for those whose words stood nowhere else."""
    left = {case.id: _left(words, *_shown(case, called)) for case in found}
    lines: dict[str, list[Markup]] = {case.id: [] for case in found}
    for read in (_of_case, _of_names, _of_history):
        asked = [case for case in found if left[case.id]]
        for case_id, texts in (read(con, asked, called) if asked else {}).items():
            for name, text in texts:
                if shown := around(text, left[case_id]):
                    lines[case_id].append(_LINE.format(t(f"desk.hit.{name}"), shown))
                    left[case_id] = _left(left[case_id], text)
    return {case_id: Markup().join(parts) for case_id, parts in lines.items()}


def _left(words: Sequence[str], *texts: str) -> list[str]:
    """Those of the folded words that stand in none of the texts."""
    there = folding.lines(*texts)
    return [word for word in words if word not in there]


def _shown(case: Case, called: Names) -> list[str]:
    """What a row says."""
    places = (called.town.get(case.town_code, ""), called.who(case.lead_body))
    return [case.title, case.number, case.enterprise(lang()), *places]


def _of_case(_: Connection, asked: Sequence[Case], called: Names) -> dict[str, list[Told]]:
    return {
        case.id: [("text", case.text), ("answer", case.answer_text or ""), *(("co", called.who(b)) for b in case.co)]
        for case in asked
    }


def _of_names(con: Connection, asked: Sequence[Case], _: Names) -> dict[str, list[Told]]:
    """In every language: a reader of one may look for the name that stands in another."""
    places = {item.code: item for name in ("body", "town") for item in references.items(con, name)}
    firms = enterprises.these(con, ALL, [case.enterprise_id for case in asked])
    texts = {f.id: [("firm", f.name_zh), ("firm", f.name_en), ("uscc", f.uscc)] for f in firms}
    of_case = {case.id: (case.lead_body or "", *case.co, case.town_code) for case in asked}
    named = {
        id_: [("body", name) for code in codes if (item := places.get(code)) for name in (item.name_zh, item.name_en)]
        for id_, codes in of_case.items()
    }
    return {case.id: [*texts.get(case.enterprise_id, []), *named[case.id]] for case in asked}


def _of_history(con: Connection, asked: Sequence[Case], _: Names) -> dict[str, list[Told]]:
    happened = cases.histories(con, asked)
    return {
        case.id: [("note", said) for event in reversed(happened[case.id]) for said in said_in(event.detail)]
        for case in asked
    }
