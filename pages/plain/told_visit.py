"""The plain form of a visit that no officer recorded, and the fields that it shares with those of a recorded one."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import uuid4

from casework import conduct as verbs
from casework.conduct import ToldForm
from db.conduct import ABSENT, FELT
from pages.conduct.words import places
from pages.plain.fields import choice, day, lines, tiles
from pages.plain.pieces import bar, form, press
from pages.plain.visits import Visit
from pages.shared import choices
from pages.shared.filter_address import day_from
from pages.shared.here import t
from pages.shared.markup import Markup
from pages.survey.inputs import tile

ASKED = {"yes": True, "no": False}
WORD = ("did", "felt", "said", "named")


def told_of(visit: Visit, name: str) -> ToldForm:
    came = day_from(visit.said(f"day-{name}")) or date.max  # refused with the rest
    return ToldForm(came, visit.said(f"body-{name}"), visit.said(f"place-{name}"))


def tell_form(visit: Visit, wrong: Mapping[str, str]) -> Markup:
    """The form for a visit that no officer recorded; after a refusal with what was typed."""
    sent = visit.said("do") == "tell"
    name = visit.said("visit") if sent else str(uuid4())
    at = {part: f"{part}-{name}" for part in ("day", "body", "place", *WORD)}
    typed = {part: visit.said(id_) if sent else "" for part, id_ in at.items()}
    wrongs = {part: wrong.get(id_, "") for part, id_ in at.items()}
    inside = (
        day(at["day"], t("visit.day"), typed["day"], wrongs["day"])
        + choice(at["body"], t("visit.tell.body"), choices.handling(), typed["body"], wrongs["body"])
        + tiles(at["place"], t("visit.place_label"), places(), typed["place"], wrongs["place"])
        + word_fields(at, typed, wrongs, [code for code in FELT if code != ABSENT])
    )
    whole = Markup(
        '<section class="card"><details{}><summary>{}</summary><p class="quiet">{}</p>{}</details></section>'
    )
    filled = form(visit, inside + bar(press("tell", t("visit.theirs.send"))), hidden={"visit": name})
    opened = Markup(" open") if sent else Markup()
    return whole.format(opened, t("visit.tell.open"), t("visit.tell.lead"), filled)


def word_fields(
    at: Mapping[str, str], typed: Mapping[str, str], wrongs: Mapping[str, str], codes: Iterable[str]
) -> Markup:  # fmt: skip
    """How it was: the fields of the enterprise's word, by part."""
    did, felt = {code: t(f"visit.did.{code}") for code in ASKED}, {code: t(f"visit.felt.{code}") for code in codes}
    return (
        tiles(at["did"], t("visit.theirs.did_you"), did, typed["did"], wrongs["did"])
        + tiles(at["felt"], t("visit.theirs.felt_label"), felt, typed["felt"], wrongs["felt"])
        + lines(at["said"], t("visit.theirs.words"), typed["said"], verbs.LONGEST, wrongs["said"], needed=False)
        + tile("checkbox", at["named"], "1", t("visit.theirs.named"), bool(typed["named"]), Markup())
    )
