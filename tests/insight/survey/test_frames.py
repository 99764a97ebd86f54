"""What a wave is weighed by when it is over stays, whatever becomes of the register."""

import pytest

from db import sql
from db.survey import surveys
from insight.survey.answers import read_sample
from insight.survey.comparison import changes
from insight.survey.wave_numbers import read_numbers
from tests.conftest import make_enterprise
from tests.insight.survey.test_results import CORE, OPENS
from tests.insight.world import add_each, add_wave, noon
from tests.there import there

SIZES, TOWNS = ("large", "medium", "small", "micro"), ("330603001", "330603002")
LONG_AGO = noon("2023-01-01")
KEPT = "0068_counted_frame"


@pytest.fixture
def firms(store):
    """A register of 120, of which the first answers alone for its size in its town."""
    return [
        make_enterprise(store, size=SIZES[1 + i % 3] if i else "large", town_code=TOWNS[i % 2], created_at=LONG_AGO)
        for i in range(120)
    ]  # fmt: skip


def answered(store, firms, number, opens):
    """A wave of before frames were kept that eighty answered: one town says 75, the other 50, the large one 0."""
    wave_id = add_wave(store, number, opens)
    add_each(store, wave_id, [
        (opens, dict.fromkeys(CORE, 75.0 - 25 * (i % 2) if i else 0.0),
         {"firm": firm.id, "size": firm.size, "town": firm.town_code})
        for i, firm in enumerate(firms[:80])
    ])  # fmt: skip
    return there(store.read(lambda con: surveys.wave(con, wave_id)))


def moved_on(store, firms):
    """A year later: of the large ones there are nine more, registered with an old day, and forty others are gone."""
    for _ in range(9):
        make_enterprise(store, size="large", town_code=TOWNS[0], created_at=LONG_AGO)
    gone = {"ids": [firm.id for firm in firms[80:]]}
    store.write(lambda con: sql.run(con, "UPDATE enterprise SET active = false WHERE id = ANY($ids)", gone))
    other = {"ids": [firm.id for firm in firms[:20]], "town": TOWNS[1]}
    store.write(lambda con: sql.run(con, "UPDATE enterprise SET town_code = $town WHERE id = ANY($ids)", other))


def told(store, wave):
    numbers = store.read(lambda con: read_numbers(con, wave))
    return {name: vars(numbers)[name] for name in ("population", "drawn", "figures", "cells", "rates", "off")}


def counted(con):
    return sql.rows(con, "SELECT * FROM counted_frame ORDER BY size, sector_code, town_code")


def test_a_wave_that_is_over_says_the_same_after_the_register_changed(store, firms):
    wave = answered(store, firms, 1, OPENS)
    before = told(store, wave)
    assert (before["population"], before["drawn"]) == (120, 120)
    moved_on(store, firms)
    assert told(store, wave) == before


def test_the_next_waves_change_is_on_what_the_wave_before_said(store, firms):
    first = answered(store, firms, 1, OPENS)
    said = told(store, first)["figures"]["index"].value
    moved_on(store, firms)
    second = answered(store, firms, 2, "2024-02-01")
    now, before = (store.read(lambda con, wave=wave: read_numbers(con, wave)) for wave in (second, first))
    moved = changes(now, before)["index"]
    assert moved.before == said and moved.now == now.figures["index"].value


def test_an_upgrade_keeps_what_weighs_the_waves_that_are_over_already(store, firms):
    wave = answered(store, firms, 1, OPENS)
    before = told(store, wave)
    kept = store.read(counted)
    store.write(lambda con: sql.run(con, "DROP TABLE counted_frame"))
    store.write(lambda con: sql.run(con, "DELETE FROM migration WHERE name = $name", {"name": KEPT}))
    assert store.migrate() == [KEPT]
    assert (
        store.read(lambda con: sql.rows(con, "SELECT * FROM counted_frame ORDER BY size, sector_code, town_code"))
        == kept
    )
    moved_on(store, firms)
    assert told(store, wave) == before


def test_what_is_kept_names_nobody_and_has_every_cell_of_those_who_answered(store, firms):
    wave = answered(store, firms, 1, OPENS)
    rows = store.read(counted)
    assert {*rows[0]} == {"wave_id", "stratum", "size", "sector_code", "town_code", "population"}
    assert sum(row["population"] for row in rows) == 120
    sample = store.read(lambda con: read_sample(con, wave))
    assert set(sample.rows["stratum"]) <= {row["stratum"] for row in rows}
