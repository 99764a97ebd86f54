"""What was promised: the ledger for those who handle a case, and the same in plain words for the enterprise."""

from collections.abc import Mapping
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


def promise_told(promise: Promise, today: date) -> None:
    """For the enterprise: the date first promised, the one it was moved to, and whether it was kept."""
    lines = [t("promise.told.first", day=_day(promise.first))]
    if promise.standing != promise.first:
        lines.append(t("promise.told.standing", day=_day(promise.standing)))
    if promise.pending:
        lines.append(t("promise.told.pending", day=_day(promise.pending.until)))
    lines += [t(f"promise.told.{verdict}") for verdict in _verdict(promise, today)]
    shown = Markup().join(map(Markup("<li>{}</li>").format, lines))
    show(Markup('<p><strong>{}</strong></p><ul class="f2f-promise">{}</ul>').format(t("promise.told.title"), shown))


def _verdict(promise: Promise, today: date) -> list[str]:
    first, standing = promise.in_time(today), promise.in_time_as_extended(today)
    if promise.fulfilled_on is None:
        return ["missed_first"] if first is False else []
    return ["kept_first" if first else "kept_standing" if standing else "kept_late"]


def extension_words(one: Extension, names: Names) -> tuple[str, str]:
    """Who asked for which day and why; who decided what, and when."""
    asked = t(
        "promise.asked", day=_day(one.asked_on), body=names.who(one.body), until=_day(one.until), reason=one.reason
    )
    return asked, _outcome(one, names)


def _extension(one: Extension, names: Names) -> Markup:
    asked, outcome = extension_words(one, names)
    return Markup("<li><b>{}</b><blockquote>{}</blockquote></li>").format(asked, outcome)


def _outcome(one: Extension, names: Names) -> str:
    facts: Mapping[str, str] = {
        "day": _day(one.decided_on),
        "who": names.who(one.decided_body) or (t(f"role.{one.decided_by}") if one.decided_by else ""),
        "reason": one.decision,
    }
    return t(f"promise.{one.outcome}", **facts)


def _day(day: date | None) -> str:
    return i18n.day(day, lang()) if day else ""
