"""A forum as a row of the series; on a phone as a card. The whole row is the button."""

import i18n
from db.forums.forums import Forum, ForumLine
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.shared.names import Names
from pages.shared.rows import pressed_row, quiet_line, strong
from pages.shared.style import style

DOTS = {"planned": "f2f-dot f2f-next", "held": "f2f-dot f2f-on", "cancelled": "f2f-dot"}


def forum_style() -> None:
    """Once on the page."""
    style("shared/rows", "forums/forums")


def forum_row(line: ForumLine, called: Names) -> None:
    """Draw it; a press opens it."""
    number, label = line.forum.number, t("forum.open_number", number=line.forum.number)
    pressed_row(_row(line, called), f"forum-row-{number}", f"forum-open-{number}", label, "forum", line.forum.id)


def hosted_by(forum: Forum, called: Names) -> str:
    office = t(f"forum.office.{forum.host_office}")
    return t("forum.hosted_by", body=called.who(forum.host_body), office=office)


def _row(line: ForumLine, called: Names) -> Markup:
    forum = line.forum
    sector = called.sector.get(forum.sector_code or "", t("forum.all_sectors"))
    facts = (i18n.day(forum.held_on, lang()), t(f"forum.format.{forum.format}"), sector)
    about, office = strong(forum.theme(lang()), quiet=i18n.DOT.join(facts)), t(f"forum.office.{forum.host_office}")
    host = Markup("<div>{}{}</div>").format(called.who(forum.host_body), quiet_line(office))
    whole = Markup('<div class="f2f-forum"><div class="f2f-forum-no">{}</div>{}{}{}</div>')
    return whole.format(forum.number, about, host, _outcome(line))


def _outcome(line: ForumLine) -> Markup:
    """What came of it: a planned one has only its state."""
    state = line.forum.state
    if state != "held":
        return Markup('<div><span class="{}">{}</span></div>').format(DOTS[state], t(f"forum.state.{state}"))
    counted = {"entrepreneurs": line.entrepreneurs, "leaders": line.leaders, "heads": line.heads}
    people = t("forum.counts", n=line.present, **counted) if line.present else t("forum.nobody")
    issues = t("forum.issues_settled", n=line.issues, settled=line.settled) if line.issues else t("forum.no_issue")
    return Markup('<div>{}<div class="f2f-quiet">{}</div></div>').format(issues, people)
