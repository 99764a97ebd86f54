"""What an event says of the hotline's order: its number, and of an outcome who settled it there and
how it was found."""

from datetime import date

import i18n
from db.cases.cases import CaseEvent
from pages.shared.here import lang, t


def order_said(event: CaseEvent) -> str:
    said = event.detail.get("order") or {}
    parts = [t("hotline.order", number=said["number"])] if said.get("number") else []
    if event.kind == "outcome":
        done_on = said.get("done_on")
        parts += [t("hotline.done_by", body=said["body"])] if said.get("body") else []
        parts += [t("hotline.done_on", day=i18n.day(date.fromisoformat(done_on), lang()))] if done_on else []
        parts += [t("hotline.rated", rating=said["rating"])] if said.get("rating") else []
    return i18n.DOT.join(parts)
