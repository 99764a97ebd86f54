"""One's cases without a script: which there are, and what each waits for."""

from starlette.responses import Response

from db import clock
from pages.issue import timeline
from pages.issue.case_next import what_is_next
from pages.issue.own_cases import own_cases
from pages.plain.frame import page
from pages.plain.pieces import link, raise_way
from pages.plain.visits import Visit
from pages.shared import choices
from pages.shared.here import t
from pages.shared.markup import Markup


def show(visit: Visit) -> Response:
    visit.person.must("follow_cases")
    today, bodies = clock.day_of(visit.at), choices.names("body")
    line = Markup('<section class="card"><p class="quiet">{}</p>{}{}</section>')
    shown = Markup().join(
        line.format(
            timeline.line_of(case),
            link(f"/f/case?id={case.id}", Markup('<span class="f2f-words">{}</span>').format(case.title)),
            timeline.says(what_is_next(case, bodies, today)),
        )
        for case in own_cases(visit.person, today)
    ) or Markup("<p>{}</p><p>{}</p>").format(t("mine.empty"), t("mine.empty_hint"))
    title = t("mine.title")
    return page(visit, title, Markup("<h1>{}</h1>{}{}").format(title, shown, raise_way(visit)), full="/my_cases")
