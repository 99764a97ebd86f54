"""A store of a release that kept answers beside a name: sealed at the upgrade, separated like all others."""

from datetime import timedelta
from uuid import uuid4

from db import events, keys, sql
from db.events import Event
from db.survey import ballots
from db.system import integrity
from intake.waves import running as waves
from intake.waves.separating import separate_due
from tests.conftest import NOON
from tests.intake.survey.test_survey import a_form

# The tables as they were, filled by one who answered on paper and one in another system's file.
BEFORE = """
    DROP TABLE participation; DROP TABLE ballot; DROP TABLE own_copy; DROP TABLE comment; DROP TABLE wave_doubt;
    DROP TABLE response; DROP TABLE answer;
    ALTER TABLE paper_form ADD COLUMN answers VARCHAR;
    CREATE TABLE response (id VARCHAR PRIMARY KEY, number INTEGER UNIQUE, wave_id VARCHAR, enterprise_id VARCHAR,
        sector_code VARCHAR, town_code VARCHAR, size VARCHAR, language VARCHAR, notice_version INTEGER,
        started_at TIMESTAMP, submitted_at TIMESTAMP, source VARCHAR, address_hash VARCHAR, open_link_id VARCHAR);
    CREATE TABLE answer (response_id VARCHAR, wave_id VARCHAR, item VARCHAR, value DOUBLE, choice VARCHAR, text VARCHAR,
        sector_code VARCHAR, town_code VARCHAR, submitted_at TIMESTAMP);
    DELETE FROM migration WHERE name = '0030_apart'
"""


def as_before(store, firm, wave):
    for statement in BEFORE.split(";"):
        store.write(lambda con, statement=statement: sql.run(con, statement))
    own = {"wave_id": wave.id, "sector_code": "C17", "town_code": "330603001", "submitted_at": NOON}
    told = {"size": "small", "language": "zh", "notice_version": 1, "started_at": NOON - timedelta(minutes=5)}
    responses = [{"id": "r1", "number": 1, "enterprise_id": firm.id, "source": "paper"} | own | told,
                 {"id": "r2", "number": 2, "enterprise_id": None, "source": "import"} | own | told]  # fmt: skip
    given = (("P1", 75.0, None), ("O5", None, "检查太多"))
    answers = [{"response_id": one, "item": item, "value": value, "text": text} | own
               for item, value, text in given for one in ("r1", "r2")]  # fmt: skip
    form = {"response_id": "r1", "wave_id": wave.id, "serial": 1, "answers": '{"P1": "satisfied"}',
            "entered_by": "staff", "entered_at": NOON}  # fmt: skip
    for table, rows in (("response", responses), ("answer", answers), ("paper_form", [form])):
        store.write(lambda con, table=table, rows=rows: sql.insert_many(con, table, rows))
    told = Event(NOON, "survey", "submit", "r1", 1, "staff", "staff", detail={"wave": wave.id, "content": "0" * 64})
    store.write(lambda con: events.append(con, told))


def test_answers_of_an_earlier_release_are_sealed_and_then_stand_by_themselves(store, people):
    wave = waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=a_form(), at=NOON)
    as_before(store, people.firm, wave)
    assert store.migrate() == ["0030_apart"]
    tables = store.read(sql.tables)
    assert not [name for name in tables if name.endswith("_before")]
    [came] = store.read(lambda con: sql.fetch(con, ballots.Participation, "SELECT * FROM participation"))
    assert (came.id, came.number, came.enterprise_id, came.source) == ("r1", 1, people.firm.id, "paper")
    sheet = store.read(lambda con: ballots.sheet_of(con, came))
    assert sheet.typed == {"P1": "satisfied"} and {row["item"] for row in sheet.answers} == {"P1", "O5"}
    assert store.read(integrity.verify) == []
    waves.close_wave(store, actor=people.staff, wave_id=wave.id, seen=wave.seq, keyed=True, at=NOON + timedelta(days=2))
    separate_due(store, NOON + timedelta(days=2))
    kept = store.read(lambda con: sql.rows(con, "SELECT id, source, submitted_at FROM response ORDER BY source"))
    assert [row["source"] for row in kept] == ["asked", "import"] and kept[0]["submitted_at"] is None
    assert kept[0]["id"] != "r1" and kept[1]["id"] == "r2"
    said = store.read(lambda con: sql.column(con, "SELECT text FROM comment"))
    assert said == ["检查太多"] * 2
    left = store.read(lambda con: sql.column(con, "SELECT subject FROM event_key"))
    assert "r1" not in left, "its event's digest of the answers would tell whose they are"
    assert store.read(integrity.verify) == [] and not store.read(keys.held)
