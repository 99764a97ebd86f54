"""An attacker with the whole store, its journal and a backup looks for a way from a name to an answer."""

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from access import entrance
from access.tokens import new_code
from db import clock, journal, keys, sql
from db.refused import Refused
from db.survey import ballots, drafts, estimates, samples, surveys
from db.system import backups, integrity, rebuild
from intake.paper import keying as paper
from intake.paper.form import serial_of
from intake.survey import answering as survey
from intake.survey.drafts import load_draft, save_draft
from intake.waves import running as waves
from intake.waves.separating import separate_due
from tests.conftest import NOON, make_enterprise
from tests.intake.paper.test_paper import ANSWERS
from tests.intake.questionnaires.test_survey_questionnaire import full_answers
from tests.intake.survey.test_noted import by_wall
from tests.intake.survey.test_survey import a_form, invite, submit
from tests.there import there

FIRMS = 12
APART = ("response", "answer", "comment")  # what stands by itself
# What an answer may have in common with anything else: its wave, its cells, and what was asked and can be said.
SHARED = {"wave_id", "source", "sector_code", "town_code", "size", "stratum", "item", "value", "choice", "reminders"}
SAID = "我们在{}号楼等了很久"  # each says something that nobody else says
CONSENTED = "用电报装慢，盼解决"


def rows(store, table):
    def found(con):
        return sql.rows(con, f"SELECT {sql.place(con)} AS row_order, t.* FROM {table} t ORDER BY 1")  # noqa: S608

    return store.read(found)


def tables(store):
    return store.read(sql.tables)


def files(store):
    """Everything that lies there but the keys."""
    return [path for path in Path(store.path).parent.rglob("*") if path.is_file() and ".keys" not in path.name]


def answer_all_ways(store, people, wave, firms, unsent):
    """By link, account, wall and paper, one keyed twice and corrected; drafts that were never sent stay behind."""
    for n, firm in enumerate(firms):
        at = NOON + timedelta(days=1, minutes=7 * n)
        said = full_answers(P1=("satisfied", "dissatisfied", "very_satisfied")[n % 3], O2=n % 11, O5=SAID.format(n))
        visitor = invite(store, people, wave, firm)
        offer = survey.offered(store, actor=visitor, at=at)
        filling = survey.begin(store, actor=visitor, offer=there(offer), form_id=str(uuid4()), at=at)
        survey.keep(store, actor=visitor, wave_id=wave.id, answers=said, at=at)
        given = there(survey.resume(store, actor=visitor, wave_id=wave.id)).answers
        submit(store, visitor, wave, form_id=filling.form_id, answers=given, at=at, started_at=at)
    entered = entrance.sign_in(store, login=people.accounts.enterprise.login, password="face-to-face-demo",
                               address="10.0.0.2", at=NOON)  # fmt: skip
    agreed = full_answers(O5=CONSENTED, O5_consent=True)
    submit(store, entrance.who_is_here(store, entered.token, NOON), wave, answers=agreed, at=NOON + timedelta(days=2))
    by_wall(store, people, wave)
    drafted = {"answers": full_answers(O5="没有交上来的话"), "screen": 1, "started_at": NOON.isoformat()}
    save_draft(store, actor=invite(store, people, wave, unsent), form=f"survey:{wave.id}", draft_id=str(uuid4()),
               content=drafted, at=NOON + timedelta(days=2))  # fmt: skip
    unit = store.read(lambda con: samples.unit_of(con, wave_id=wave.id, enterprise_id=people.other_firm.id))
    asked = {"actor": people.staff, "wave_id": wave.id, "typed": serial_of(wave, unit.serial)}
    paper.enter(store, **asked, response_id=str(uuid4()), answers=ANSWERS, at=NOON + timedelta(days=3))
    paper.settle(store, **asked, answers=ANSWERS | {"O1": "dissatisfied"}, at=NOON + timedelta(days=3, hours=1))


@pytest.fixture
def answered(store, people):
    firms = [make_enterprise(store, sector_code="C26", town_code="330603001") for _ in range(FIRMS)]
    unsent = make_enterprise(store)
    wave = waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=a_form(), at=NOON)
    answer_all_ways(store, people, wave, firms, unsent)
    return SimpleNamespace(wave=wave, firms=firms)


def closed(store, people, wave):
    """All forms are in, and the server has done what it does then."""
    at = clock.end_of_day(date(2023, 12, 14)) + timedelta(hours=1)
    waves.finish_keying(store, actor=people.staff, wave_id=wave.id, seen=wave.seq, at=at)
    separate_due(store, at)
    return at


def test_nothing_of_an_answer_occurs_where_a_name_does(store, people, answered):
    closed(store, people, answered.wave)
    own = [pair for table in APART for row in rows(store, table) for pair in row.items()]
    shared = SHARED | {"row_order", "text"}
    apart = {str(value) for name, value in own if name not in shared and not isinstance(value, bool | None)}
    assert len(apart) >= FIRMS
    beside = [json.dumps(row, default=str, ensure_ascii=False)
              for table in tables(store) if table not in APART for row in rows(store, table)]  # fmt: skip
    found = [(one, line[:120]) for one in apart for line in beside if one in line]
    assert found == []


def test_neither_time_nor_order_of_rows_or_numbers_leads_from_who_answered_to_what(store, people, answered):
    closed(store, people, answered.wave)
    for table in APART:
        ids = [row["response_id" if table == "answer" else "id"] for row in rows(store, table)]
        assert ids == sorted(ids) and {UUID(one).version for one in ids} == {4}, "in the order of ids that mean nothing"
        assert not any(hasattr(value, "year") for row in rows(store, table) for value in row.values())
    numbers = [row["number"] for row in sorted(rows(store, "participation"), key=lambda row: row["submitted_at"])]
    assert len(numbers) == FIRMS + 3 and min(abs(a - b) for a, b in pairwise(numbers)) > 1


def test_free_words_stand_by_themselves_and_one_that_became_an_issue_names_no_other_answer(store, people, answered):
    closed(store, people, answered.wave)
    said = {row["text"] for row in rows(store, "comment")}
    assert CONSENTED in said and SAID.format(3) in said
    assert {row["text"] for row in rows(store, "answer")} == {None}
    assert "response_id" not in rows(store, "comment")[0]
    assert not [row for row in rows(store, "answer") if row["item"] == "O5_consent"], "who agreed is known by name"
    waiting = load_draft(store, actor=people.enterprise, form="issue")
    assert there(waiting).content["text"] == CONSENTED


def test_who_has_answered_stays_and_an_answer_is_given_once(store, people, answered):
    closed(store, people, answered.wave)
    known = {row["enterprise_id"] for row in rows(store, "participation")}
    assert {firm.id for firm in answered.firms} <= known and None in known
    assert store.read(lambda con: samples.strata(con, answered.wave.id)) and len(rows(store, "response")) == FIRMS + 3
    assert rows(store, "draft")[0]["form"] == "issue" and len(rows(store, "draft")) == 1


def test_while_the_wave_runs_no_file_holds_an_answer_in_plain_words(store, people, answered):
    store.backup(store.read(backups.beside))
    whole = [path.read_bytes() for path in files(store)]
    for said in (SAID.format(3), "没有交上来的话"):
        assert not any(said.encode() in content for content in whole)
    lengths = {len(row["content"]) for row in rows(store, "ballot")}
    assert len(lengths) == 1, "nor does a length tell one from another"


@pytest.mark.of_a_file
def test_no_commit_of_the_journal_holds_a_name_beside_an_answer(store, people, answered):
    names = {row[key] for row in rows(store, "participation") for key in ("id", "enterprise_id") if row[key]}
    names |= {row["id"] for row in rows(store, "invitation")} | {
        str(row["number"]) for row in rows(store, "participation")
    }
    before = Path(f"{store.path}.journal").read_bytes()
    at = clock.end_of_day(date(2023, 12, 14)) + timedelta(hours=1)
    waves.finish_keying(store, actor=people.staff, wave_id=answered.wave.id, seen=answered.wave.seq, at=at)
    kept = store.path, store.backup
    store.backup = lambda folder: None  # so that the journal still holds the commit
    separate_due(store, at)
    store.backup = kept[1]
    read = there(journal.read(Path(f"{store.path}.journal")))
    commits = [read.content[frame.start : frame.end].decode(errors="ignore") for frame in read.frames]
    telling = [commit for commit in commits if "INSERT INTO answer" in commit or SAID.format(3) in commit]
    assert len(before) > 1000 and telling
    assert not [name for name in names for commit in telling if name in commit]


def test_neither_a_backup_made_after_nor_one_made_before_leads_to_an_answer(store, people, answered):
    before = store.backup(store.read(backups.beside))
    assert keys.path_beside(before).exists()
    closed(store, people, answered.wave)
    after = max(store.read(backups.beside).glob("*.duckdb"))
    assert after != before and answered.wave.id not in keys.path_beside(before).read_text()
    assert not store.read(keys.held)
    for copy, sealed in ((before, FIRMS + 3), (after, 0)):
        import duckdb

        with duckdb.connect(str(copy), read_only=True) as con:
            content = sql.pairs(con, "SELECT id, content FROM ballot")
            assert len(content) == sealed
            for key in content:
                with pytest.raises(keys.Unreadable):
                    ballots.sheet_in(keys.of(con, answered.wave.id), key, content[key])


def test_no_digest_or_key_that_is_left_fits_an_answer_to_a_name(store, people, answered):
    """The history is told of the wave's answers as a whole; of each, that somebody answered."""
    closed(store, people, answered.wave)
    told = [row for row in rows(store, "event") if row["area"] == "survey" and row["kind"] == "submit"]
    assert len(told) == FIRMS + 3
    for row in told:
        assert set(json.loads(row["detail"])) <= {"wave", "number", "content", "source"}
    one = rows(store, "participation")[0]
    assert set(integrity.content_of_participation(one)) == set(one) - {"row_order", "open_link_id", "address_hash"}


def test_addresses_that_came_together_are_forgotten_with_the_link(store, people, answered):
    assert {row["address_hash"] for row in rows(store, "participation")} != {None}
    closed(store, people, answered.wave)
    assert {row["address_hash"] for row in rows(store, "participation")} == {None}
    assert {row["address_hash"] for row in rows(store, "session")} == {None}


def test_the_store_still_verifies_and_rebuilds_and_a_changed_answer_shows(store, people, answered):
    assert store.read(integrity.verify) == []
    closed(store, people, answered.wave)
    assert store.read(integrity.verify) == [] and store.read(rebuild.compare).differing == 0
    for change, back in (
        (
            "UPDATE answer SET value = value + 1 WHERE item = 'O2'",
            "UPDATE answer SET value = value - 1 WHERE item = 'O2'",
        ),
        ("UPDATE comment SET text = text || '。'", "UPDATE comment SET text = left(text, length(text) - 1)"),
        ("UPDATE participation SET town_code = 'x'", None),
    ):
        store.write(lambda con, change=change: sql.run(con, change))
        assert {one.reason for one in store.read(integrity.verify)} == {"content"}, change
        if back:
            store.write(lambda con, back=back: sql.run(con, back))


def test_a_wave_has_results_once_its_answers_stand_by_themselves_and_a_lost_key_loses_nothing(store, people, answered):
    at = clock.end_of_day(date(2023, 12, 14)) + timedelta(hours=1)
    path = keys.path_beside(Path(store.path))
    kept = path.read_text()
    path.write_text("{}")
    waves.finish_keying(store, actor=people.staff, wave_id=answered.wave.id, seen=answered.wave.seq, at=at)
    separate_due(store, at)
    found = [store.read(lambda con, f=f: f(con, at)) for f in (estimates.closed_waves, estimates.waiting_waves)]
    assert [len(waves) for waves in found] == [0, 1] and len(rows(store, "ballot")) == FIRMS + 3
    path.write_text(kept)
    separate_due(store, at)
    assert [wave.id for wave in store.read(lambda con: estimates.closed_waves(con, at))] == [answered.wave.id]
    before = store.revision()
    separate_due(store, at)
    assert store.revision() == before, "it is done once"


def test_the_receipts_code_alone_opens_the_holders_own_copy(store, people, answered):
    other, code = waves.open_wave(store, actor=people.staff, wave_id="other", form=a_form(), at=NOON), new_code()
    receipt = submit(store, people.enterprise, other, answers=full_answers(O5="这是我们自己的话"), copy_code=code)
    closed(store, people, answered.wave)
    found = store.read(lambda con: ballots.copy_of(con, code))
    assert (found["number"], found["answers"]) == (receipt.number, full_answers(O5="这是我们自己的话"))
    assert store.read(lambda con: ballots.copy_of(con, new_code())) is None
    assert re.fullmatch("[0-9a-f]{64}", rows(store, "own_copy")[0]["locator"])


def test_a_draft_of_a_wave_that_is_over_is_not_kept(store, people, answered):
    closed(store, people, answered.wave)
    with pytest.raises(Refused, match="survey_closed"):
        save_draft(store, actor=people.enterprise, form=f"survey:{answered.wave.id}", draft_id="d", content={}, at=NOON)
    assert store.read(lambda con: drafts.of(con, owner=people.enterprise.id, form="x")) is None
    assert store.read(lambda con: surveys.wave(con, answered.wave.id))
