"""All indicators at once: a picture whose panels open them, and which figure is due next."""

from collections.abc import Sequence

import streamlit as st

import i18n
from insight import wording
from insight.economy.due import NextRelease, due
from insight.economy.published import Indicator
from pages.figures import live_economy
from pages.figures.live_board import View
from pages.shared.charts import draw_picture
from pages.shared.here import lang, t
from pages.shared.look import room
from pages.shared.markup import Markup, show

SHOWN = 6  # of those that come next; late ones are all told
_PRESSES = "economy_presses"


def every_indicator(view: View) -> None:
    """A press on a panel is the choice of the page; the picture begins anew after it, as on the glance."""
    hung = live_economy.overview(view, "phone" if room() == "phone" else "sheet")
    if hung.figure is None:
        return
    pressed = st.session_state.get(_PRESSES, 0)
    with st.container(border=True, key="card-economy-every", gap=None):
        show(Markup('<h2 class="f2f-finding">{}</h2>').format(hung.picture.title))
        points = draw_picture(hung.figure, f"economy-every-{pressed}", hung.picture.title, height="content")
        show(hung.foot)
    if points:
        st.session_state[_PRESSES] = pressed + 1
        st.query_params["i"] = points[0].partition("#")[0].removeprefix("economy:")


def due_list(found: Sequence[Indicator], view: View) -> None:
    """Late ones first, then the next by their day."""
    known = due(found, view.as_of)
    late = [one for one in known if one.late]
    lines = Markup().join(map(_line, [*late, *[one for one in known if not one.late][:SHOWN]]))
    show(Markup('<section class="f2f-due-list"><h2 class="f2f-finding">{}</h2><ul>{}</ul><p class="f2f-source">{}</p>'
                "</section>").format(t("economy.due"), lines, t("economy.due_how")))  # fmt: skip


def _line(one: NextRelease) -> Markup:
    period = wording.dated_period(one.indicator, one.point, lang())
    day = i18n.day(one.day, lang())
    when = t("economy.due_late", day=day, n=one.late) if one.late else t("economy.due_by", day=day)
    line = Markup('<li><a href="?i={}" target="_self">{}</a> <span>{}</span> <b class="{}">{}</b></li>')
    return line.format(one.indicator.code, one.indicator.say(lang()), period, "f2f-late" if one.late else "", when)
