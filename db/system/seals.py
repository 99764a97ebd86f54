"""What an event brought that is too much for its detail: a digest of all rows, under the record's own key, stands
there as `content`. A later one of the same record takes an earlier one's place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from db import events, sql
from db.batches import chunks
from db.events import ChainBreak, Event
from db.sql import Connection, Row

BATCH = 1000  # events at once


@dataclass(frozen=True)
class Seal:
    """`rows` gives what is sealed of each record: `subject`, and as text `line`. It names `asked` (subject, at)."""

    name: str
    area: str
    kinds: tuple[str, ...]
    rows: str


_NUMBER = "coalesce(printf('%.17g', {0}), '-')"
_VALUE, _GROWTH = (_NUMBER.format(f"o.{name}") for name in ("value", "yoy_published"))
SEALS = (
    Seal("letter", "letter", ("issue", "erase"), """
        SELECT a.subject, concat_ws(' ', l.year, l.number, l.lead_body, l.issued_on, l.issued_at,
                                    coalesce(CAST(l.answer_by AS VARCHAR), '-'), coalesce(l.corrects, '-'), l.template,
                                    sha256(l.content)) AS line
        FROM asked a JOIN letter l ON l.id = a.subject
        UNION ALL SELECT a.subject, concat_ws(' ', 'case', c.position, c.case_id)
        FROM asked a JOIN letter_case c ON c.letter_id = a.subject
        UNION ALL SELECT a.subject, concat_ws(' ', 'copy', c.body_code)
        FROM asked a JOIN letter_copy c ON c.letter_id = a.subject
        """),
    Seal("policy_beneficiary", "policy", ("issue", "import", "link", "unlink", "erase"), """
        SELECT a.subject, concat_ws(' ', b.uscc, b.benefited_on) AS line
        FROM asked a JOIN policy_beneficiary b ON b.policy_id = a.subject
        UNION ALL SELECT a.subject, concat_ws(' ', 'case', c.case_id)
        FROM asked a JOIN policy_case c ON c.policy_id = a.subject
        """),
    Seal("hotline_file", "hotline", ("hand", "report", "erase"), """
        SELECT a.subject, concat_ws(' ', l.place, l.case_id, l.seq, l.said) AS line
        FROM asked a JOIN hotline_line l ON l.file_id = a.subject
        """),
    Seal("visit", "visit", ("record", "say", "erase"), """
        SELECT a.subject, concat_ws(' ', coalesce(v.felt, '-'), coalesce(CAST(v.said_asked AS VARCHAR), '-'),
                                    coalesce(CAST(v.named AS VARCHAR), '-'), sha256(v.about),
                                    sha256(coalesce(v.said, '')), v.body_code,
                                    CASE WHEN v.officer_id IS NULL THEN v.place END) AS line  -- of what is told alone
        FROM asked a JOIN visit v ON v.id = a.subject
        """),
    Seal("observation", "indicator", ("import",), f"""
        SELECT a.subject, concat_ws(' ', o.indicator_code, o.geography, o.period_start, o.period_end, {_VALUE},
                                    {_GROWTH}, o.decimals, o.status, o.vintage, o.source, coalesce(o.mark, '-')) AS line
        FROM asked a JOIN observation o ON o.imported_at = a.at
        UNION ALL SELECT a.subject, concat_ws(' ', 'target', g.indicator_code, g.geography, g.year,
                                              printf('%.17g', g.value), g.decimals, g.source)
        FROM asked a JOIN indicator_target g ON g.imported_at = a.at
        """),
)  # fmt: skip


def sealed(con: Connection, *told: Event) -> list[Event]:
    """The events with the digest of what stands in the store by now, within the transaction that wrote it."""
    by_seal = {(seal.area, kind): seal for seal in SEALS for kind in seal.kinds}
    found: dict[tuple[str, str], str] = {}
    for seal in SEALS:
        own = [event for event in told if by_seal.get((event.area, event.kind)) is seal]
        for some in chunks(own, BATCH):
            digests = _digests(con, seal, [*{e.subject: e.happened_at for e in some}.items()])
            found |= {(seal.name, subject): digest for subject, digest in digests.items()}
    return [
        replace(event, seals={"rows": found.get((seal.name, event.subject), "")})
        if (seal := by_seal.get((event.area, event.kind))) else event
        for event in told
    ]  # fmt: skip


def broken(con: Connection, seal: Seal) -> Iterator[ChainBreak]:
    """Events of which what they brought is no longer what it was."""
    statement = """
        SELECT max(e.n) AS n, e.subject, max(e.happened_at) AS at, any_value(k.key) AS key,
               arg_max(CAST(e.detail AS JSON) ->> 'content', e.n) AS content
        FROM event e JOIN event_key k ON k.subject = e.subject AND e.n >= k.since
        WHERE e.area = $area AND e.kind = ANY($kinds) AND (CAST(e.detail AS JSON) ->> 'content') IS NOT NULL
        GROUP BY e.subject ORDER BY n
        """
    told = sql.rows(con, statement, {"area": seal.area, "kinds": list(seal.kinds)})
    for some in chunks(told, BATCH):
        digests = _digests(con, seal, [(row["subject"], row["at"]) for row in some])
        for row in some:
            if row["content"] != events.digest_of(row["key"], {"rows": digests.get(row["subject"], "")}):
                yield ChainBreak(row["n"], "content", f"{seal.name} {row['subject']}")


def _digests(con: Connection, seal: Seal, asked: Sequence[tuple[str, datetime]]) -> dict[str, str]:
    """Of each record's lines, in their order."""
    statement = f"""
        WITH asked AS (SELECT unnest($subjects) AS subject, unnest($times) AS at), lines AS ({seal.rows})
        SELECT subject, sha256(string_agg(line, chr(10) ORDER BY line)) FROM lines GROUP BY subject
        """
    given: Row = {"subjects": [subject for subject, _ in asked], "times": [at for _, at in asked]}
    return sql.pairs(con, statement, given)
