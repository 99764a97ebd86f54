"""The demonstration's figures are computed from its records, the same each time, and name nobody who exists."""

# ruff: noqa: S608 - the statements are put together from this file alone
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from stdnum.cn import uscc

from casework.cases import lifecycle
from casework.cases.perfunctory import COMPARED, listed
from db import clock, demo, events, keys, sql
from db.calendar.workdays import due_date
from db.cases import supervision
from db.scope import ALL
from db.store import Store, open_store
from db.survey import separation
from tests.paths import ROOT

D = date(2023, 11, 30)
LATER = date(2026, 11, 23)
END = "TIMESTAMP '2023-11-30 16:00:00'"  # midnight in Shanghai after 30 November 2023
KEEPS_DUE = {"start", "note", "proxy", "ask_extension", "grant_extension", "refuse_extension", *lifecycle.FOLLOW_UPS}
NAMED_IN_THE_ARTICLE = ("陈浩", "于兴英", "李俊培", "吴忠美", "朱萍", "万丰", "东升", "金道", "金岛", "彩华", "彩智")

_AS_IT_STOOD = f"""
    WITH last AS (
        SELECT subject, state FROM (
            SELECT subject, state, row_number() OVER (PARTITION BY subject ORDER BY seq DESC) AS back
            FROM event WHERE area = 'case' AND happened_at < {END}) AS past
        WHERE back = 1),
    days AS (
        SELECT subject, min(happened_at) FILTER (WHERE kind = 'dispatch') AS dispatched,
            max(happened_at) FILTER (WHERE kind IN ('answer', 'fulfil') AND state = 'awaiting') AS settled,
            count(*) FILTER (WHERE kind = 'accept') AS accepted
        FROM event WHERE area = 'case' AND happened_at < {END} GROUP BY subject),
    stood AS (SELECT * FROM last JOIN days ON days.subject = last.subject WHERE state <> 'merged')
"""
_HELD = "FROM attendance a JOIN forum f ON f.id = a.forum_id WHERE f.state = 'held' AND f.held_on <= DATE '2023-11-30'"

FIGURES = {
    "forums": ("SELECT count(*) FROM forum WHERE state = 'held' AND held_on <= DATE '2023-11-30'", 51),
    "first and last number": (
        "SELECT min(number) * 100 + max(number) FROM forum WHERE held_on <= DATE '2023-11-30'",
        151,
    ),
    "months with a forum": (
        "SELECT count(DISTINCT date_trunc('month', held_on)) FROM forum WHERE held_on <= DATE '2023-11-30'",
        51,
    ),
    "entrepreneurs": (f"SELECT count(DISTINCT a.person_id) {_HELD} AND a.kind = 'entrepreneur'", 719),
    "entrepreneurs' times": (f"SELECT count(*) {_HELD} AND a.kind = 'entrepreneur'", 786),
    "foreign at the 51st": (f"SELECT count(*) {_HELD} AND f.number = 51 AND a.country <> 'CN'", 11),
    "countries at the 51st": (
        f"SELECT count(DISTINCT a.country) {_HELD} AND f.number = 51 AND a.country <> 'CN'",
        9,
    ),
    "of overseas companies at the 51st": (
        f"SELECT count(*) {_HELD} AND f.number = 51 AND a.kind = 'entrepreneur' AND a.organisation LIKE '境外%'",
        3,
    ),
    "district leaders' times": (f"SELECT count(*) {_HELD} AND a.kind = 'district_leader'", 176),
    "department heads' times": (f"SELECT count(*) {_HELD} AND a.kind = 'department_head'", 626),
    "secretaries": (f"SELECT count(DISTINCT a.person_id) {_HELD} AND a.office = 'party_secretary'", 3),
    "forums that a secretary hosted": (
        f"SELECT count(DISTINCT f.id) {_HELD} AND f.host_office = 'party_secretary' AND a.person_id = f.host_person",
        26,
    ),
    "hosts' offices": (f"SELECT count(DISTINCT f.host_office) {_HELD}", 4),
    "bodies": (f"SELECT count(DISTINCT a.body_code) {_HELD}", 79),
    "forums without two financial institutions": (
        f"SELECT count(*) FROM (SELECT f.id {_HELD} AND a.kind = 'financial' GROUP BY f.id HAVING count(*) <> 2) AS x",
        0,
    ),
    "issues": (f"{_AS_IT_STOOD} SELECT count(*) FROM stood", 773),
    "merged": (f"{_AS_IT_STOOD} SELECT count(*) FROM last WHERE state = 'merged'", 9),
    "accepted": (f"{_AS_IT_STOOD} SELECT count(*) FROM stood WHERE accepted > 0", 767),
    "settled": (f"{_AS_IT_STOOD} SELECT count(*) FROM stood WHERE state IN ('awaiting', 'closed')", 742),
    "mean handling days": (
        f"""{_AS_IT_STOOD} SELECT round(avg(date_diff('day', dispatched, settled)), 1) FROM stood
        WHERE state IN ('awaiting', 'closed')""",
        7.0,
    ),
    "mean handling days by the second": (
        f"""{_AS_IT_STOOD} SELECT round(avg(extract(epoch FROM settled - dispatched)) / 86400, 1) FROM stood
        WHERE state IN ('awaiting', 'closed')""",
        7.0,
    ),
    "issues of the first forum": (
        "SELECT count(*) FROM cases c JOIN forum f ON f.id = c.forum_id WHERE f.number = 1",
        12,
    ),
    "other categories at the first forum": (
        """SELECT count(*) FROM cases c JOIN forum f ON f.id = c.forum_id
        WHERE f.number = 1 AND c.category NOT IN ('finance', 'innovation', 'environment')""",
        0,
    ),
    "policies": ("SELECT count(*) FROM policy WHERE issued_on <= DATE '2023-11-30'", 22),
    "beneficiaries": (
        "SELECT count(DISTINCT uscc) FROM policy_beneficiary WHERE benefited_on <= DATE '2023-11-30'",
        15236,
    ),
    "officers": (f"SELECT count(*) FROM account WHERE role = 'officer' AND created_at < {END}", 1165),
    "officers since 2023": (
        "SELECT count(*) FROM account WHERE role = 'officer' AND created_at >= TIMESTAMP '2023-01-01 00:00:00'",
        1165,
    ),
}


def loaded(folder: Path, today: date) -> Store:
    store = open_store(f"duckdb:{folder / 'store.duckdb'}")
    store.migrate()
    demo.load(store, today=today)
    return store


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    store = loaded(tmp_path_factory.mktemp("later"), LATER)
    yield store
    store.close()


@pytest.fixture(scope="module")
def on_the_day_after(tmp_path_factory):
    store = loaded(tmp_path_factory.mktemp("after"), date(2023, 12, 1))
    yield store
    store.close()


@pytest.fixture(params=["later", "on_the_day_after"])
def either(request):
    return request.getfixturevalue(request.param)


def command(url: str, *words: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "STORE_URL": url, "PYTHONHASHSEED": "7"}
    return subprocess.run(
        [sys.executable, "-m", "db", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def value(store: Store, statement: str):
    return store.read(lambda con: sql.scalar(con, statement))


def published(store: Store) -> str:
    """A digest of every case event to the end of November 2023 and of what its case says."""
    found = store.read(
        lambda con: sql.rows(
            con,
            f"""
            SELECT e.happened_at, e.kind, e.subject, e.seq, e.actor_id, e.actor_role, e.body_code, e.state, e.detail,
                c.number, c.title, c.text, c.enterprise_id, c.category, c.channel, c.forum_id
            FROM event e JOIN cases c ON c.id = e.subject
            WHERE e.happened_at < {END} ORDER BY e.happened_at, e.subject, e.seq
            """,
        )
    )
    assert len(found) > 4000
    return hashlib.sha256(events.canonical(found).encode()).hexdigest()


@pytest.mark.parametrize("figure", FIGURES)
def test_a_published_figure_is_what_the_records_say(either, figure):
    statement, expected = FIGURES[figure]
    assert value(either, statement) == expected


def test_over_95_percent_are_settled_and_half_of_them_within_a_few_days(either):
    share = value(
        either,
        f"""{_AS_IT_STOOD} SELECT CAST(count(*) FILTER (WHERE state IN ('awaiting', 'closed')) AS DOUBLE) / count(*)
        FROM stood WHERE accepted > 0""",
    )
    median = value(
        either,
        f"""{_AS_IT_STOOD} SELECT median(date_diff('day', dispatched, settled)) FROM stood
        WHERE state IN ('awaiting', 'closed')""",
    )
    assert 0.95 < share < 0.99
    assert 1 < median < 7


def test_the_published_observations_carry_their_source(either):
    found = either.read(
        lambda con: sql.rows(
            con,
            """
            SELECT indicator_code, period_start, period_end, value, yoy_published FROM observation
            WHERE source <> 'demo' AND vintage <= DATE '2023-11-30' ORDER BY indicator_code
            """,
        )
    )
    january = date(2023, 1, 1)
    assert [tuple(row.values()) for row in found] == [
        ("exports", january, date(2023, 10, 31), 1190.0, 11.6),
        ("gdp", january, date(2023, 9, 30), 1450.0, 8.2),
        ("graduates", january, date(2023, 11, 30), 39800.0, None),
        ("industrial_output", january, date(2023, 10, 31), 1860.0, None),
        ("new_entities", january, date(2023, 11, 30), 23000.0, None),
        ("talents", january, date(2023, 11, 30), 31.0, None),
    ]


def test_no_cumulative_series_shows_january_alone_or_falls_within_a_year(later):
    alone = """
        SELECT count(*) FROM observation o JOIN indicator i ON i.code = o.indicator_code
        WHERE i.period_kind = 'ytd_month' AND (extract(month FROM o.period_end) = 1
            OR o.period_start <> date_trunc('year', o.period_end))
        """
    falls = """
        SELECT count(*) FROM (
            SELECT value - lag(value) OVER (PARTITION BY indicator_code, period_start ORDER BY period_end) AS step
            FROM observation o JOIN indicator i ON i.code = o.indicator_code
            WHERE i.period_kind LIKE 'ytd%' AND value IS NOT NULL AND status <> 'revised') AS steps
        WHERE step <= 0
        """
    assert value(later, alone) == 0
    assert value(later, falls) == 0


def test_a_nominal_growth_that_is_published_agrees_with_the_levels(later):
    wrong = """
        SELECT count(*) FROM observation o
        JOIN observation b ON b.indicator_code = o.indicator_code
            AND b.period_start = o.period_start - INTERVAL '1 year'
            AND extract(month FROM b.period_end) = extract(month FROM o.period_end)
        WHERE o.indicator_code IN ('exports', 'retail_sales', 'budget_revenue')
            AND abs(100 * (o.value / b.value - 1) - o.yoy_published) > 0.6
        """
    assert value(later, wrong) == 0


def test_one_observation_was_revised_in_a_second_vintage(later):
    twice = """
        SELECT count(*) FROM (SELECT indicator_code FROM observation
            GROUP BY indicator_code, geography, period_start, period_end HAVING count(*) > 1) AS x
        """
    assert value(later, twice) == 1


def test_every_code_of_an_enterprise_is_valid_and_marked_as_invented(later):
    codes = later.read(
        lambda con: sql.rows(con, "SELECT uscc FROM enterprise UNION SELECT uscc FROM policy_beneficiary")
    )
    assert len(codes) > 15_236
    assert [row["uscc"] for row in codes if not uscc.is_valid(row["uscc"]) or "MADEM" not in row["uscc"]] == []


def test_every_enterprise_says_that_it_is_invented(later):
    assert value(later, "SELECT count(*) FROM enterprise") == 900
    strangers = "SELECT count(*) FROM enterprise WHERE name_zh NOT LIKE '%示范%' OR name_en NOT LIKE '%Demo%'"
    assert value(later, strangers) == 0
    assert value(later, "SELECT count(DISTINCT name_zh) FROM enterprise") == 900
    assert value(later, "SELECT count(DISTINCT town_code) FROM enterprise") == 16


def test_nobody_whom_the_article_names_appears(later):
    def found(con):
        columns = sql.rows(
            con,
            """SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = 'main' AND data_type = 'VARCHAR'""",
        )
        return [
            (row["table_name"], row["column_name"], name)
            for row in columns
            for name in NAMED_IN_THE_ARTICLE
            if sql.scalar(
                con,
                f'SELECT count(*) FROM "{row["table_name"]}" WHERE position($name in "{row["column_name"]}") > 0',
                {"name": name},
            )
        ]

    assert later.read(found) == []


def test_the_chain_verifies(later):
    assert later.read(events.verify) == []


def test_replaying_the_events_gives_each_case_as_it_stands(either):
    rows = either.read(lambda con: sql.rows(con, "SELECT * FROM cases"))
    assert rows
    for row in rows:
        history = either.read(lambda con, subject=row["id"]: events.of_subject(con, subject))
        replayed = replay(history)
        assert {name: row[name] for name in replayed} == replayed, row["number"]


def replay(history: list[dict]) -> dict:
    """The columns that a case's events add up to; fails where a step is not one of the table of actions."""
    state, row = None, dict.fromkeys(("settled_at", "closed_at", "due_on", "lead_body", "promised_on", "dispatched_at"))
    before = history[0]["happened_at"]
    for seq, event in enumerate(history, start=1):
        kind, detail, at = event["kind"], event["detail"], event["happened_at"]
        assert event["seq"] == seq and at >= before
        assert kind == "submit" if state is None else (state, kind) in lifecycle.TABLE
        if state and kind != "submit":
            rule = lifecycle.TABLE[state, kind]
            outcome = detail.get("answer_kind") or detail.get("rating")
            assert event["state"] == rule.state_after(state, outcome)
            assert all(name in detail for name in rule.needs)
        state, before = event["state"], at
        if kind in ("accept", "dispatch"):
            assert detail["due_on"] == str(due_date(clock.day_of(at), 3 if kind == "accept" else 7).day)
        if kind == "grant_extension":
            row["due_on"] = date.fromisoformat(detail["extended_on"])
        if kind not in KEEPS_DUE:
            row["due_on"] = date.fromisoformat(detail["due_on"]) if "due_on" in detail else None
            row["settled_at"] = at if state == "awaiting" else row["settled_at"] if state == "closed" else None
            row["closed_at"] = at if state == "closed" else None
        if kind == "dispatch":
            row |= {"lead_body": detail["lead"], "dispatched_at": row["dispatched_at"] or at}
        if "promised_on" in detail:
            row["promised_on"] = row["promised_on"] or date.fromisoformat(detail["promised_on"])
    return {**row, "state": state, "seq": len(history)}


def test_what_is_published_does_not_depend_on_the_day_of_loading(later, on_the_day_after):
    assert published(later) == published(on_the_day_after)


def test_what_came_later_is_answered_in_both_languages_where_a_case_is_in_another(later):
    statement = f"""
        SELECT c.language, e.detail ->> 'text' AS text, e.detail ->> 'translated' AS translated
        FROM event e JOIN cases c ON c.id = e.subject
        WHERE e.kind IN ('answer', 'fulfil') AND e.happened_at >= {END}
        """
    said = later.read(lambda con: sql.rows(con, statement))
    both = [one for one in said if one["language"] == "en"]
    assert len(both) > 20 and len(said) > len(both)
    assert all(is_chinese(one["text"]) and (one["translated"] is None) == (one["language"] == "zh") for one in said)
    assert not any(is_chinese(one["translated"]) for one in both)


def is_chinese(words: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in words)


def test_a_second_process_makes_the_same_history(later, tmp_path):
    url = f"duckdb:{tmp_path / 'store.duckdb'}"
    done = command(url, "demo")
    assert done.returncode == 0, done.stderr
    assert "900 enterprises" in done.stdout
    store = open_store(url)
    assert published(store) == published(later)
    store.close()
    before = (tmp_path / "store.duckdb").stat().st_size
    refused = command(url, "demo")
    assert refused.returncode == 1
    assert "already holds" in refused.stderr
    kept = command(url, "demo", "--if-empty")
    assert (kept.returncode, kept.stdout) == (0, "")
    assert (tmp_path / "store.duckdb").stat().st_size == before


def test_nothing_happens_after_the_present(later):
    now = clock.start_of_day(LATER)
    statements = (
        "SELECT max(happened_at) FROM event WHERE area <> 'reference'",  # the reference lists were loaded just now
        "SELECT max(submitted_at) FROM participation",
        "SELECT max(submitted_at) FROM cases",
    )
    for statement in statements:
        assert value(later, statement) < now, statement


def test_the_lists_of_the_desk_are_not_empty_today(later):
    conditions = {
        "due today": f"due_on = DATE '{LATER}'",
        "late": f"due_on < DATE '{LATER}'",
        "silent for a week": "state = 'awaiting' AND settled_at < TIMESTAMP '2026-11-15 16:00:00'",
        "sent back": "state = 'reopened'",
        "rated badly": "state = 'reopened' AND rating IN ('dissatisfied', 'very_dissatisfied')",
        "with the leader": "state = 'in_progress' AND leader_id = (SELECT id FROM account WHERE login = 'leader')",
    }
    states = "'submitted', 'accepted', 'returned', 'dispatched', 'in_progress', 'committed', 'awaiting', 'reopened'"
    recent = (
        f"SELECT count(DISTINCT state) FROM cases WHERE submitted_at > TIMESTAMP '2026-09-01' AND state IN ({states})"
    )
    for name, condition in conditions.items():
        assert value(later, f"SELECT count(*) FROM cases WHERE {condition}") > 0, name
    assert value(later, recent) == 8


def test_only_a_handful_of_answers_looks_perfunctory(later):
    """Answers read as written for their case; the planted ones are listed, two of a kind."""
    answers = later.read(lambda con: supervision.answers(con, ALL, limit=COMPARED))
    kinds = Counter(evidence.kind for one in listed(answers) for evidence in one.evidence)
    assert sum(kinds.values()) <= 10 and kinds["same_as"] >= 2 and kinds["nothing_in_it"] >= 2


def test_the_people_of_the_demonstration_have_work(later):
    mine = "SELECT enterprise_id FROM account WHERE login = 'enterprise'"
    cared = "SELECT count(*) FROM enterprise WHERE officer_id = (SELECT id FROM account WHERE login = 'officer')"
    work = {
        "enterprise": f"enterprise_id = ({mine}) AND state = 'awaiting'",
        "department": "lead_body = 'economy_it' AND state IN ('dispatched', 'in_progress')",
        "town": "town_code = '330603001' AND state = 'in_progress'",
    }
    for name, condition in work.items():
        assert value(later, f"SELECT count(*) FROM cases WHERE {condition}") > 0, name
    assert value(later, f"SELECT count(DISTINCT state) FROM cases WHERE enterprise_id = ({mine})") >= 5
    assert value(later, cared) == 8
    assert value(later, f"SELECT count(*) FROM enterprise WHERE id = ({mine}) AND officer_id IS NOT NULL") == 1


def test_seven_can_sign_in_and_nobody_else(later):
    found = later.read(
        lambda con: sql.rows(con, "SELECT login, role FROM account WHERE password_hash IS NOT NULL ORDER BY login")
    )
    roles = ["admin", "department", "enterprise", "leader", "officer", "staff", "town"]
    assert [(row["login"], row["role"]) for row in found] == [(role, role) for role in roles]


def test_one_wave_is_open_and_the_demo_enterprise_has_not_answered_it(later):
    now = "TIMESTAMP '2026-11-23 04:00:00'"
    wave = f"SELECT id FROM wave WHERE opens_at <= {now} AND closes_at > {now}"
    mine = "SELECT enterprise_id FROM account WHERE login = 'enterprise'"
    assert value(later, f"SELECT count(*) FROM ({wave}) AS w") == 1
    assert value(later, f"SELECT count(*) FROM participation WHERE wave_id = ({wave})") > 150
    answered = f"SELECT count(*) FROM participation WHERE wave_id = ({wave}) AND enterprise_id = ({mine})"
    assert value(later, answered) == 0
    assert value(later, "SELECT count(*) FROM ballot") == value(
        later, f"SELECT count(*) FROM participation WHERE wave_id = ({wave})"
    )


def test_every_answer_is_one_that_the_questionnaire_offers(later):
    questionnaire = json.loads(value(later, "SELECT content FROM questionnaire WHERE code = 'satisfaction'"))
    items = {item["code"]: item for item in questionnaire["items"]}
    kinds = later.read(lambda con: sql.rows(con, "SELECT DISTINCT item, value, choice FROM answer"))
    for row in kinds:
        item = items[row["item"]]
        offered = {option["code"] for option in item.get("options", item.get("parts", []))} | {None}
        offered |= {"na"} if item["na"] else set()
        assert row["choice"] in offered, row
        if item["kind"] in ("level5", "change5") and row["choice"] is None:
            assert row["value"] in (0, 25, 50, 75, 100), row
    gated = """
        SELECT count(*) FROM answer a
        JOIN answer q ON q.response_id = a.response_id AND q.item = 'QX'
        WHERE a.item = 'X1' AND q.choice = 'no'
        """
    assert value(later, gated) == 0


def test_each_dimension_is_believable_and_the_mood_improves(later):
    found = later.read(
        lambda con: sql.rows(
            con,
            """
            SELECT w.number AS wave, substr(item, 1, 1) AS letter, avg(value) AS mean
            FROM answer a JOIN wave w ON w.id = a.wave_id
            WHERE value IS NOT NULL AND item NOT IN ('A2', 'O2', 'O3') GROUP BY w.number, substr(item, 1, 1)
            """,
        )
    )
    assert all(60 < row["mean"] < 85 for row in found), [r for r in found if not 60 < r["mean"] < 85]
    overall = {row["wave"]: row["mean"] for row in found if row["letter"] == "O"}
    assert overall[max(overall)] > overall[1] + 1


def test_the_district_is_named_and_marked_as_a_demonstration(later):
    found = later.read(lambda con: sql.rows(con, "SELECT name, value FROM setting"))
    settings = {row["name"]: row["value"] for row in found if row["name"] not in ("workdays", "journal", "folding")}
    assert settings.pop("district") == '{"called":[],"code":"330603","languages":[],"regions":[]}'
    assert json.loads(settings.pop("names"))["ko"]["柯桥街道"] == "커차오 가도"
    assert settings == {"district_zh": "柯桥区", "district_en": "Keqiao District", "demo": "true", "logo": ""}


def test_no_key_is_left_to_the_answers_of_a_wave_that_is_over(demonstration):
    """The journal holds them sealed, each beside who gave it."""
    sealed = demonstration.read(lambda con: sql.column(con, "SELECT DISTINCT wave_id FROM ballot"))
    over = demonstration.read(separation.over)
    assert demonstration.read(keys.held) == {*sealed} and len(over) > 5 and not over & {*sealed}
