"""An issue of the agenda as a row, and what stands recorded of it."""

import i18n
from db.forums.forum_day import AgendaLine
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names
from pages.shared.rows import cell, strong


def agenda_row(line: AgendaLine, called: Names, *, current: bool) -> None:
    item = line.item
    dot = f"f2f-dot f2f-said-{item.answer_kind}" if item.answer_kind else "f2f-dot f2f-said-none"
    kind = t(f"forum_day.kind.{item.answer_kind}") if item.answer_kind else t("forum_day.not_yet")
    lead = called.who(item.lead_body) if item.answer_kind else _to_lead(line, called)
    look = "f2f-agenda f2f-current" if current else "f2f-agenda"
    title = strong(item.title, quiet=line.enterprise(lang()))
    head = Markup('<div class="f2f-forum-no">{}</div>{}').format(item.position, title)
    said = cell(kind, quiet=i18n.day(item.promised_on, lang()) if item.promised_on else "", style=dot)
    by = Markup('<div>{}<div class="f2f-quiet">{}</div></div>').format(lead, item.answered_by or "")
    show(Markup('<div class="{}">{}{}{}</div>').format(look, head, said, by))


def _to_lead(line: AgendaLine, called: Names) -> str:
    """The body in charge, else the one proposed."""
    if line.lead:
        return t("forum_day.in_charge", body=called.who(line.lead))
    return t("forum_day.proposed", body=called.who(line.item.suggested)) if line.item.suggested else ""


def said_of(line: AgendaLine, called: Names) -> str:
    """What stands recorded, in one line."""
    item = line.item
    if item.answer_kind is None:
        return _to_lead(line, called)
    day = i18n.weekday_and_day(item.promised_on, lang()) if item.promised_on else ""
    words = (t(f"forum_day.kind.{item.answer_kind}"), called.who(item.lead_body), day, item.answered_by, item.words,
             item.words_translated)  # fmt: skip
    return i18n.DOT.join(word for word in words if word)
