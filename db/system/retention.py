"""How long what comes and goes is kept: a row a table. What is older goes once a day, or by `python -m db retention`;
with `--dry-run` it is only counted. All else is kept for as long as the archive's rules want it, or until it is erased
(`erasure`)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import sql
from db.sql import Connection
from db.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lifetime:
    """Rows go whose `since` lies `days` back. `only` narrows them, `put` blanks a column instead of the row."""

    table: str
    days: int
    since: str
    only: str = "TRUE"
    put: str = ""


HALF_A_YEAR = 183  # days that the Cybersecurity Law (Article 21) has logs kept at least
_TOUCHED = "SELECT max(d.updated_at) FROM draft d WHERE d.id = t.draft_id"
RULES = (
    Lifetime("session", HALF_A_YEAR, "coalesce(t.ended_at, t.expires_at)"),
    Lifetime("sign_in", HALF_A_YEAR, "t.happened_at"),
    Lifetime("form_use", 2, "t.began_at"),
    Lifetime("address_key", 2, "CAST(t.day AS TIMESTAMP)"),
    Lifetime("draft", 90, "t.updated_at"),
    Lifetime("draft_file", 90, f"greatest(t.created_at, ({_TOUCHED}))"),
    Lifetime("reset_link", 30, "t.expires_at"),
    Lifetime("follow_code", HALF_A_YEAR, "t.revoked_at"),
    Lifetime("forum_link", HALF_A_YEAR, "t.expires_at"),
    Lifetime("forum_sign_in", 30, "t.happened_at", only="t.address <> ''", put="address = ''"),
    Lifetime("forum_clerk", HALF_A_YEAR, "t.seen_at"),
    Lifetime("leaf_reader", HALF_A_YEAR, "t.left_at"),
    Lifetime("threshold", HALF_A_YEAR, "t.ended_at"),
    Lifetime("inbox", 90, "t.told_at"),
    Lifetime("stand_in", 730, "CAST(t.until AS TIMESTAMP)"),
    # a notice is told once by its id: what is forgotten sooner would be told again
    Lifetime("outbox", 730, "coalesce(t.sent_at, t.created_at)", only="t.state IN ('sent', 'abandoned')"),
)
_HISTORY = "event event_key migration setting workday"
_RECORDS = """
    cases case_reader case_body case_past attachment minutes_file follow_up case_plan plan_step green_channel meeting
    meeting_body meeting_case meeting_decision letter letter_case letter_copy policy policy_case policy_beneficiary
    hotline_file hotline_line guidance guidance_case visit forum attendance agenda_item forum_invitee forum_finish
    theme_choice
"""
_SURVEYS = """
    wave participation response answer comment comment_release wave_doubt wave_reminder sample_unit sample_quota
    counted_frame sample_group paper_form questionnaire questionnaire_item survey_import published_result
    index_weight_set ballot own_copy
"""
_LISTS = """
    indicator indicator_name indicator_target observation series_break reference_item document_template citation
    public_figure chart_note leaf_week suggestion set_words
"""
_IN_USE = "file_erased account enterprise contact second_factor case_holder inbox_looked saved_view"
# Every other table, with the reason why nothing of it goes by itself.
KEPT = {
    **dict.fromkeys(_HISTORY.split(), "history"),  # and what runs the store
    **dict.fromkeys(_RECORDS.split(), "records"),  # what was raised, promised and done: the archive's rules
    **dict.fromkeys(_SURVEYS.split(), "surveys"),  # under nobody's name once its wave is over
    **dict.fromkeys(_IN_USE.split(), "in_use"),  # for as long as they are in use; erased
    **dict.fromkeys(["invitation", "open_link", "screen_link"], "links"),  # digests, which a wave's figures count
    **dict.fromkeys(_LISTS.split(), "lists"),  # says nothing of a person
}


@dataclass(frozen=True)
class Swept:
    """What went, or would go: how many rows, and how old the oldest is."""

    rule: Lifetime
    n: int
    oldest: datetime | None


def due(con: Connection, at: datetime) -> list[Swept]:
    """What would go at this moment."""
    found = []
    for rule in RULES:
        statement = f"SELECT count(*) AS n, min({rule.since}) AS oldest FROM {rule.table} t WHERE {_old(rule)}"
        row = sql.rows(con, statement, {"before": at - timedelta(days=rule.days)})[0]
        found.append(Swept(rule, row["n"], row["oldest"]))
    return found


def sweep(store: Store, at: datetime) -> list[Swept]:
    """Let it go, a table a transaction. Returns what went."""
    gone = [one for one in store.read(lambda con: due(con, at)) if one.n]
    for one in gone:
        store.write(lambda con, rule=one.rule: _go(con, rule, at))
        log.info("%s: %s rows older than %s days went", one.rule.table, one.n, one.rule.days)
    return gone


def report(store: Store, at: datetime, *, dry: bool) -> str:
    """The same in an operator's words, a line a table."""
    found = store.read(lambda con: due(con, at)) if dry else sweep(store, at)
    verb = "would go" if dry else "went"
    return (
        "\n".join(f"{one.rule.table}: {one.n} rows older than {one.rule.days} days {verb}" for one in found)
        or "nothing"
    )


def sweeping() -> Callable[[Store, datetime], None]:
    """A chore of the server: once a day."""
    last: list[date] = []

    def sweep_daily(store: Store, at: datetime) -> None:
        if not store.damage and last != [at.date()]:
            sweep(store, at)
            last[:] = [at.date()]

    return sweep_daily


def _go(con: Connection, rule: Lifetime, at: datetime) -> None:
    verb = f"UPDATE {rule.table} AS t SET {rule.put}" if rule.put else f"DELETE FROM {rule.table} AS t"
    sql.run(con, f"{verb} WHERE {_old(rule)}", {"before": at - timedelta(days=rule.days)})


def _old(rule: Lifetime) -> str:
    return f"{rule.since} < $before AND {rule.only}"
