"""What was promised: the ledger for those who handle a case, and the same in plain words for the enterprise."""

from collections.abc import Callable
from datetime import date

import i18n
from db.cases.promises import Extension, Promise
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names
from pages.shared.rows import listed

_VERDICT = {True: "promise.in_time", False: "promise.late", None: "promise.running"}


def promise_ledger(promise: Promise, names: Names, today: date) -> None:
    """The first promise, the one that stands beside it, how each was kept, and every request for more time."""
    extended = promise.standing != promise.first
    pairs = {
        "first": _day(promise.first),
        "standing": _day(promise.standing) if extended else "",
        "fulfilled": _day(promise.fulfilled_on),
        "by_first": t(_VERDICT[promise.in_time(today)]),
        "by_standing": t(_VERDICT[promise.in_time_as_extended(today)]) if extended else "",
    }
    shown = listed("f2f-desk-facts", ((t(f"promise.{name}"), value) for name, value in pairs.items()))
    lines = Markup().join(_extension(one, names) for one in promise.extensions)
    again = (t("promise.again", until=_day(day)) for day in promise.anew)
    lines += Markup().join(map(Markup("<li><b>{}</b></li>").format, again))
    title = Markup('<h3 class="f2f-drawer-part">{}</h3>').format(t("promise.title"))
    asked = Markup('<ol class="f2f-history">{}</ol>').format(lines) if lines else ""
    show(title + shown + asked)


def promise_told(promise: Promise, today: date) -> Markup:
    """For the enterprise: the date first promised, the one it was moved to, and whether it was kept."""
    lines = [t("promise.told.first", day=_day(promise.first))]
    if promise.standing != promise.first:
        lines.append(t("promise.told.standing", day=_day(promise.standing)))
    if promise.pending:
        lines.append(t("promise.told.pending", day=_day(promise.pending.until)))
    lines += [t(f"promise.told.{verdict}") for verdict in _verdict(promise, today)]
    shown = Markup().join(map(Markup("<li>{}</li>").format, lines))
    return Markup('<p><strong>{}</strong></p><ul class="f2f-promise">{}</ul>').format(t("promise.told.title"), shown)


def _verdict(promise: Promise, today: date) -> list[str]:
    first, standing = promise.in_time(today), promise.in_time_as_extended(today)
    if promise.fulfilled_on is None:
        return ["missed_first"] if first is False else []
    return ["kept_first" if first else "kept_standing" if standing else "kept_late"]


def extension_words(one: Extension, who: Callable[[str | None], str], language: i18n.Language) -> tuple[str, str]:
    """Who asked for which day and why; who decided what, and when."""
    asked_on, until, decided_on = (
        i18n.day(day, language) if day else "" for day in (one.asked_on, one.until, one.decided_on)
    )
    facts = {"day": asked_on, "body": who(one.body), "until": until, "reason": one.reason}
    role = i18n.text(f"role.{one.decided_by}", language) if one.decided_by else ""
    outcome = {"day": decided_on, "who": who(one.decided_body) or role, "reason": one.decision}
    return i18n.text("promise.asked", language, **facts), i18n.text(f"promise.{one.outcome}", language, **outcome)


def _extension(one: Extension, names: Names) -> Markup:
    return Markup("<li><b>{}</b><blockquote>{}</blockquote></li>").format(*extension_words(one, names.who, lang()))


def _day(day: date | None) -> str:
    return i18n.day(day, lang()) if day else ""
