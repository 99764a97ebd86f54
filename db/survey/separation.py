"""After its last correction a wave's answers stand by themselves: the link between who answered and what was answered
is cut (docs/decisions/0025). Who has answered stays; what estimates need to know of how an answer came is marked on it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import itemgetter
from uuid import uuid4

from db import events, keys, sql
from db.events import Event
from db.sql import Connection, Row
from db.states import listed, waiting_for
from db.survey import ballots, frames, samples
from db.survey.ballots import AnswerSheet, Participation
from db.survey.kinds import CONSENT, WORDS
from db.survey.sampling import Unit
from db.survey.surveys import PAPER_GRACE, Answer, Response, Wave
from i18n import LANGUAGES, MAIN
from i18n.names import STORED

BURST, WITHIN = 5, timedelta(hours=1)  # answers from one address
PROMPTED = timedelta(hours=48)  # after a reminder
BATCH = 10_000  # rows in memory at once
FEWEST = 10  # that have a mark, or nobody has it
ASKED, OPEN = "asked", "open"  # what stays of the way in

Words = Callable[[str, Sequence[str]], str]  # a comment without the names of who wrote it


def due(con: Connection, at: datetime) -> list[Wave]:
    """Waves to which no answer can come any more, not on paper either, and whose answers are sealed still."""
    statement = """
        SELECT * FROM wave w WHERE closes_at <= $now
          AND (id = ANY($held) OR EXISTS (SELECT 1 FROM ballot b WHERE b.wave_id = w.id))
          AND (keyed_at <= $now OR closes_at <= $since
               OR NOT EXISTS (SELECT 1 FROM sample_unit u WHERE u.wave_id = w.id))
        """
    given = {"now": at, "since": at - PAPER_GRACE, "held": sorted(keys.held(con))}
    done = over(con)
    return [wave for wave in sql.fetch(con, Wave, statement, given) if wave.id not in done]


def over(con: Connection) -> set[str]:
    """Waves of which no answer is sealed any more."""
    return set(sql.column(con, "SELECT subject FROM event WHERE area = 'survey' AND kind = 'separate'"))


def spent(con: Connection) -> set[str]:
    """Those whose key is still there: it opens what the journal and older backups hold."""
    return keys.held(con) & over(con)


def separate(con: Connection, wave: Wave, words: Words, at: datetime) -> Event:
    """Open what was sealed and keep it under fresh ids, in their order; nothing is left by which the one leads to the
    other. Returns what the history is to be told. Raises keys.Unreadable with nothing written."""
    came = _came(con, wave)
    asked = {row["item"]: row for row in _asked(con, wave)}
    framed = samples.has_frame(con, wave.id)
    marked = _marked(con, wave, came, asked, framed=framed)
    fresh = sorted(((str(uuid4()), one) for one in came), key=lambda pair: pair[0])
    sql.insert_many(con, "response", [replace(marked[one.who.id], id=key) for key, one in fresh])
    if not framed:
        frames.keep(con, wave)
    answers = [Answer(key, wave.id, **row) for key, one in fresh for row in one.sheet.answers]
    sql.insert_many(con, "answer", [kept for answer in answers if (kept := _kept(answer, asked))])
    said = [row for one in came for row in _said(wave, one, asked, words)]
    sql.insert_many(con, "comment", sorted(said, key=itemgetter("id")))
    _forget(con, wave)
    told = {"responses": len(came)}
    return Event(at, "survey", "separate", wave.id, wave.seq, detail=told, seals=content_of(con, wave.id))


def content_of(con: Connection, wave_id: str) -> dict[str, str]:
    """What the history's digest of a wave covers."""
    statements = {
        "responses": """SELECT id, source, sector_code, town_code, size, stratum, framed, late, reminders, prompted,
                               doubtful FROM response WHERE wave_id = $wave AND source <> 'import' ORDER BY id""",
        "answers": """SELECT response_id, item, value, choice, text FROM answer WHERE wave_id = $wave
                      ORDER BY response_id, item, choice, value, text""",
        "comments": "SELECT id, item, text FROM comment WHERE wave_id = $wave ORDER BY id",
    }
    return {name: _digest(sql.run(con, said, {"wave": wave_id})) for name, said in statements.items()}


def _digest(found: sql.Result) -> str:
    whole = hashlib.sha256()
    while rows := found.fetchmany(BATCH):
        whole.update(events.canonical(rows).encode())
    return whole.hexdigest()


@dataclass(frozen=True)
class _Came:
    """One who answered, with what was sealed, where it stood in the frame, and its names."""

    who: Participation
    sheet: AnswerSheet
    unit: Unit | None
    names: tuple[str, ...]

    def drawn(self, framed: bool) -> bool:
        """A wave of before frames were kept asked everybody."""
        return self.unit is not None and self.unit.drawn if framed else self.who.enterprise_id is not None


def _came(con: Connection, wave: Wave) -> list[_Came]:
    key, given = keys.of(con, wave.id), {"wave": wave.id}
    units = {unit.enterprise_id: unit for unit in samples.units(con, wave.id)}
    sealed = sql.pairs(con, "SELECT id, content FROM ballot WHERE wave_id = $wave", given)
    people = sql.fetch(con, Participation, "SELECT * FROM participation WHERE wave_id = $wave ORDER BY id", given)
    statement = """
        SELECT e.id, e.name_zh, e.name_en, e.contact_name FROM enterprise e
        JOIN participation p ON p.enterprise_id = e.id WHERE p.wave_id = $wave
        """
    names = {row.pop("id"): tuple(filter(None, row.values())) for row in sql.rows(con, statement, given)}
    return [
        _Came(p, ballots.sheet_in(key, p.id, sealed[p.id]), units.get(p.enterprise_id or ""),
              names.get(p.enterprise_id, ()))
        for p in people if p.id in sealed
    ]  # fmt: skip


def _asked(con: Connection, wave: Wave) -> list[Row]:
    """Each item with its kind and how many characters it asks in."""
    statement = """
        SELECT item, kind, length(zh) AS zh, length(en) AS en FROM questionnaire_item
        WHERE questionnaire_code = $code AND version = $version
        """
    return sql.rows(con, statement, {"code": wave.questionnaire_code, "version": wave.questionnaire_version})


def _marked(
    con: Connection, wave: Wave, came: Sequence[_Came], asked: Mapping[str, Row], *, framed: bool
) -> dict[str, Response]:
    """By participation what stays of how an answer came. A mark that fewer than ten have is on none of them: when each
    came is known of every enterprise, so the few would be found."""
    inside = {one.who.id for one in came if one.drawn(framed)}
    times = sorted(one.who.submitted_at for one in came if one.who.id in inside)
    middle = times[(len(times) - 1) // 2] if len(times) >= 2 * FEWEST else datetime.max
    rounds = _rounds([one.reminded_at for one in samples.reminders(con, wave.id)], came, inside)
    doubts = _doubts(con, wave, came, asked)
    doubtful = set().union(*doubts.values()) & inside
    sql.insert_many(con, "wave_doubt", [{"wave_id": wave.id, "kind": kind, "n": len(ids & inside)}
                                        for kind, ids in doubts.items()])  # fmt: skip
    doubtful = doubtful if len(doubtful) >= FEWEST else set()
    made = {}
    for one in came:
        key = one.who.id
        sent, prompted = rounds.get(key, (0, False))
        made[key] = _response(one, framed=key in inside, late=key in inside and one.who.submitted_at > middle,
                              reminders=sent, prompted=prompted, doubtful=key in doubtful)  # fmt: skip
    return made


def _response(one: _Came, **marks: bool | int) -> Response:
    at, stratum = one.unit or one.who, one.unit.stratum if one.unit else ""
    own = {"source": OPEN if one.who.source == OPEN else ASKED, "sector_code": at.sector_code}
    own |= {"town_code": at.town_code, "size": at.size, "stratum": stratum}
    return Response(id="", wave_id=one.who.wave_id, **own, **marks)  # type: ignore[arg-type]


def _rounds(sent: Sequence[datetime], came: Sequence[_Came], inside: set[str]) -> dict[str, tuple[int, bool]]:
    """How many reminders had gone out before each of those drawn answered, and whether the last one had just done so.
    Fewer than ten that came between two of these moments count with those before them, the first with those after."""
    found = {
        one.who.id: (
            sum(moment <= one.who.submitted_at for moment in sent),
            any(moment <= one.who.submitted_at < moment + PROMPTED for moment in sent),
        )
        for one in came if one.who.id in inside
    }  # fmt: skip
    in_time = sorted(set(found.values()), key=lambda place: (place[0], not place[1]))
    for place in reversed(in_time):
        few = [key for key, at in found.items() if at == place]
        others = [at for at in in_time if at != place and at in found.values()]
        if len(few) < FEWEST and others:
            earlier = [at for at in others if in_time.index(at) < in_time.index(place)]
            found |= dict.fromkeys(few, earlier[-1] if earlier else others[0])
    return found


def _doubts(con: Connection, wave: Wave, came: Sequence[_Came], asked: Mapping[str, Row]) -> dict[str, set[str]]:
    """By kind, who came in a way that somebody should look at."""
    gone = set(_withdrawn(con, wave))
    return {
        "fast": {one.who.id for one in came if _seconds(one) < _reading(one, asked)},
        "burst": set(_bursts(came)),
        "withdrawn": {one.who.id for one in came if one.who.enterprise_id in gone},
    }


def _seconds(one: _Came) -> float:
    """From opening the form to sending it; unknown counts as long."""
    began = one.sheet.started_at
    return (one.who.submitted_at - began).total_seconds() if began else float("inf")


def _reading(one: _Came, asked: Mapping[str, Row]) -> float:
    """Seconds that a quick reader needs for the questions answered, in the language that they were read in."""
    spoken = one.sheet.language if one.sheet.language in STORED else MAIN
    read = sum(asked[row["item"]][spoken] for row in one.sheet.answers if row["item"] in asked)
    return read / LANGUAGES[spoken].reading


def _bursts(came: Sequence[_Came]) -> Iterator[str]:
    """Five answers or more from one address within an hour."""
    by_address: dict[str, list[Participation]] = defaultdict(list)
    for one in sorted(came, key=lambda o: o.who.submitted_at):
        if one.who.address_hash:
            by_address[one.who.address_hash].append(one.who)
    for same in by_address.values():
        for n in range(len(same) - BURST + 1):
            if same[n + BURST - 1].submitted_at - same[n].submitted_at <= WITHIN:
                yield from (p.id for p in same[n:] if p.submitted_at - same[n].submitted_at <= WITHIN)


def _withdrawn(con: Connection, wave: Wave) -> list[str]:
    """Enterprises that answered the wave and of which a case was sent back while it was open, and stayed away."""
    statement = f"""
        SELECT DISTINCT c.enterprise_id FROM cases c JOIN event e ON e.subject = c.id
        WHERE c.state IN {listed(waiting_for("resubmission"))} AND e.area = 'case' AND e.kind = 'return'
          AND e.happened_at >= $opens AND e.happened_at < $closes
          AND c.enterprise_id IN (SELECT enterprise_id FROM participation WHERE wave_id = $wave)
        """
    return sql.column(con, statement, {"wave": wave.id, "opens": wave.opens_at, "closes": wave.closes_at})


def _kept(answer: Answer, asked: Mapping[str, Row]) -> Answer | None:
    """Without free words: what somebody wrote could be found again elsewhere, as an issue for one, and would name the
    rest; nor whether somebody agreed to have them passed on, for that stands under the enterprise's name."""
    if asked.get(answer.item, {}).get("kind") in (WORDS, CONSENT):
        return None
    return replace(answer, text=None) if answer.choice else answer


def _said(wave: Wave, one: _Came, asked: Mapping[str, Row], words: Words) -> Iterator[Row]:
    for row in one.sheet.answers:
        free = asked.get(row["item"], {}).get("kind") == WORDS or row["choice"]
        if free and (row["text"] or "").strip():
            yield {"id": str(uuid4()), "wave_id": wave.id, "item": row["item"], "text": words(row["text"], one.names)}


_FORGOTTEN = (
    "DELETE FROM ballot WHERE wave_id = $wave",
    "DELETE FROM draft WHERE form = 'survey:' || $wave",
    # whoever came from one address would be known for a group
    """UPDATE session SET address_hash = NULL
       WHERE address_hash IN (SELECT address_hash FROM participation WHERE wave_id = $wave)""",
    "UPDATE participation SET address_hash = NULL WHERE wave_id = $wave",
)


def _forget(con: Connection, wave: Wave) -> None:
    for statement in _FORGOTTEN:
        sql.run(con, statement, {"wave": wave.id})


def forget_keys(con: Connection, wave_ids: Collection[str]) -> None:
    """Of answers from before there were seals: the digest of each in its event would tell whose it is."""
    statement = """
        DELETE FROM event_key
        WHERE subject IN (SELECT id FROM participation WHERE wave_id = ANY($waves) AND sealed IS NULL)
        """
    sql.run(con, statement, {"waves": sorted(wave_ids)})
