"""What everybody may read: policies in plain words, and answers that were written anew from solved cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db import clock, guidance
from db.demo.common import content, moment, uid
from db.demo.people import id_of
from db.demo.policies import Granted
from db.demo.stories import Story
from db.events import Event
from db.guidance import PARTS, PUBLISHED, WITHDRAWN, Guidance
from db.sql import Connection
from db.states import SETTLED
from i18n.names import STORED


@dataclass(frozen=True)
class Guided:
    pieces: list[Guidance]
    cases: dict[str, list[str]]  # the ids of a piece's own cases
    events: list[Event]


def imagine(today: date, granted: Granted, told: Sequence[Story]) -> Guided:
    """What was published before `today`."""
    policies = {policy.number: policy.id for policy in granted.policies}
    rows = [row for row in content("guidance")["guidance"] if row["published"] < today]
    made = Guided([], {}, [])
    for number, row in enumerate(sorted(rows, key=lambda row: row["published"]), start=1):
        piece = _piece(number, row, policies, today)
        cases = _cases(row, told)
        made.pieces.append(piece)
        made.cases[piece.id] = cases
        made.events.extend(_events(piece, row, cases))
    return made


def write(con: Connection, guided: Guided) -> None:
    for piece in guided.pieces:
        guidance.add(con, piece)
        guidance.link(con, piece.id, guided.cases[piece.id])


def _piece(number: int, row: dict[str, Any], policies: dict[int, str], today: date) -> Guidance:
    words = {f"{part}_{code}": row.get(f"{part}_{code}", "") for part in PARTS for code in STORED}
    over = row.get("withdrawn", today) < today
    policy, state, seq = policies.get(row.get("policy", 0)), WITHDRAWN if over else PUBLISHED, 2 if over else 1
    about = {"category": row["category"], "body_code": row["body"], "since": row["since"]}
    return Guidance(id=uid("guidance", row["title_zh"]), number=number, policy_id=policy, state=state, seq=seq,
                    **about, **words)  # fmt: skip


def _cases(row: dict[str, Any], told: Sequence[Story]) -> list[str]:
    """The latest of the category that were settled by then."""
    settled = [
        story.row["id"]
        for story in told
        if story.row["category"] == row["category"]
        and story.row["state"] in SETTLED
        and story.row["settled_at"]
        and clock.day_of(story.row["settled_at"]) < row["published"]
    ]
    return sorted(settled[-row["cases"] :] if "cases" in row else [])


def _events(piece: Guidance, row: dict[str, Any], cases: list[str]) -> list[Event]:
    detail = {name: value for name, value in vars(piece).items() if name not in ("id", "seq", "state")}
    who = (id_of("staff"), "staff", piece.body_code)
    told = [("publish", row["published"], PUBLISHED, {})]
    if piece.state == WITHDRAWN:
        told.append(("withdraw", row["withdrawn"], WITHDRAWN, {"reason": "新办法已经印发"}))
    return [
        Event(moment(day, 10, 30), "guidance", kind, piece.id, seq, *who, state,
              detail={**detail, "cases": cases, **more})
        for seq, (kind, day, state, more) in enumerate(told, start=1)
    ]  # fmt: skip
