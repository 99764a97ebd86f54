"""The sample: strata, proportions, minimums, and a draw that the seed repeats anywhere."""

import dataclasses
from collections import Counter
from uuid import uuid4

import pytest

from db import sql
from db.demo.common import district
from db.survey import samples, sampling
from db.survey.sampling import Grouping
from intake.waves import inviting
from intake.waves import running as waves
from intake.waves.samples import Design, checked, frame_of, grouped, margin_of, plan, planned, redraw, strata_of
from tests.conftest import NOON, make_enterprise
from tests.intake.survey.test_survey import LATER, a_form, refusal, submit
from tests.there import there

GROUPS = Grouping(1, district().groups or ())
POPULATION = {"larger|textile|north": 40, "small|textile|north": 500, "micro|textile|north": 457, "micro|trade|west": 3}
VECTOR = ["e12", "e13", "e15", "e17", "f1", "f4"]
STRATIFIED = Design("stratified", size=100, minimum=5, seed="20231130")


@pytest.mark.parametrize(
    ("codes", "stratum"),
    [
        (("large", "C17", "330603001"), "larger|textile|centre"),
        (("medium", "C26", "330603005"), "larger|industry|north"),
        (("micro", "C35", "330603114"), "micro|machinery|west"),
        (("small", "F51", "330603116"), "small|trade|south"),  # a town that no group names is of the rest
    ],
)
def test_every_size_sector_and_town_has_its_group(codes, stratum):
    size, sector, town = codes
    assert GROUPS.stratum_of(size=size, sector_code=sector, town_code=town) == stratum


def test_the_sample_is_in_proportion_with_a_minimum_and_tiny_strata_whole():
    made = sampling.allocate(POPULATION, size=100, minimum=5)
    assert sum(made.values()) == 100
    assert made["micro|trade|west"] == 3  # all there are
    assert made["larger|textile|north"] == 5  # 4 by proportion
    assert (made["small|textile|north"], made["micro|textile|north"]) == (48, 44)


def test_no_stratum_gives_more_than_it_has_and_all_is_all():
    assert sampling.allocate(POPULATION, size=1000, minimum=5) == POPULATION
    assert sampling.allocate(POPULATION, size=5000, minimum=5) == POPULATION


def test_the_seed_draws_the_same_on_every_machine():
    """The vector was written down once: another library, version or machine has to give it again."""
    strata = {f"e{n}": "a" for n in range(20)} | {f"f{n}": "b" for n in range(5)}
    drawn = sampling.draw(strata, allocation={"a": 4, "b": 2}, seed="20231130")
    assert sorted(drawn) == VECTOR
    assert drawn == sampling.draw(dict(reversed(strata.items())), allocation={"a": 4, "b": 2}, seed="20231130")
    assert drawn != sampling.draw(strata, allocation={"a": 4, "b": 2}, seed="20231201")


def test_every_enterprise_has_the_same_chance_within_its_stratum():
    strata = {f"e{n}": "a" for n in range(10)}
    hits = Counter(one for seed in range(2000) for one in sampling.draw(strata, allocation={"a": 3}, seed=str(seed)))
    assert len(hits) == 10 and all(500 < n < 700 for n in hits.values())  # 600 expected, five standard errors


def test_the_margin_is_that_of_a_simple_sample_where_the_sample_is_in_proportion():
    assert margin_of({"a": 100_000, "b": 100_000}, {"a": 200, "b": 200}) == pytest.approx(4.9, abs=0.02)
    assert margin_of({"a": 10}, {"a": 10}) == 0


def test_the_plan_says_what_would_be_drawn_and_wanted():
    made = planned(POPULATION, STRATIFIED, GROUPS)
    assert (made.frame, made.drawn) == (1000, 100)
    assert made.by("town") == {"centre": (0, 0), "north": (997, 97), "west": (3, 3), "south": (0, 0)}
    assert made.quotas["small|textile|north"] == 29  # 60 % of 48, rounded up


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"design": "quota"}, "sample_design"),
        ({"size": 17}, "sample_size"),
        ({"size": 1001}, "sample_size"),
        ({"minimum": 0}, "sample_minimum"),
        ({"seed": "  "}, "sample_seed"),
        ({"seed": "x" * 41}, "sample_seed"),
        ({"target_rate": 0}, "sample_rate"),
        ({"target_rate": 101}, "sample_rate"),
    ],
)
def test_a_design_that_cannot_be_drawn_is_refused(changes, code):
    assert refusal(checked, dataclasses.replace(STRATIFIED, **changes), POPULATION) == code


@pytest.fixture
def register(store, people):
    """Sixty enterprises: textile in Keqiao, trade in Ma'an."""
    return [
        make_enterprise(store, size="small" if n % 3 else "micro", **(
            {"sector_code": "F51", "town_code": "330603011"} if n % 2 else {}))
        for n in range(60)
    ]  # fmt: skip


def a_wave(store, people, **changes):
    design = dataclasses.replace(STRATIFIED, **{"size": 20, "minimum": 3} | changes)
    return waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=a_form(sample=design), at=NOON)


def test_a_wave_keeps_its_frame_and_does_not_change_when_the_register_moves(store, people, register):
    wave = a_wave(store, people)
    before = store.read(lambda con: samples.units(con, wave.id))
    assert (len(before), sum(unit.drawn for unit in before)) == (62, 20)
    assert [unit.serial for unit in before[:20]] == list(range(1, 21))
    store.write(lambda con: sql.run(con, "UPDATE enterprise SET town_code = '330603114', size = 'large'"))
    make_enterprise(store)
    assert store.read(lambda con: samples.units(con, wave.id)) == before
    assert redraw(store, actor=people.staff, wave_id=wave.id)


def test_the_same_seed_draws_the_same_sample_in_another_wave(store, people, register):
    waves_ = [a_wave(store, people), a_wave(store, people), a_wave(store, people, seed="another")]
    drawn = [
        {u.enterprise_id for u in store.read(lambda con, w=w: samples.units(con, w.id)) if u.drawn} for w in waves_
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_sample_that_was_tampered_with_is_seen(store, people, register):
    wave = a_wave(store, people)
    store.write(lambda con: sql.run(con, "UPDATE sample_unit SET drawn = NOT drawn WHERE serial = 1"))
    assert not redraw(store, actor=people.staff, wave_id=wave.id)


def test_those_who_were_not_drawn_are_neither_invited_nor_asked(store, people, register):
    wave = a_wave(store, people)
    units = store.read(lambda con: samples.units(con, wave.id))
    silent = inviting.still_silent(store, actor=people.staff, wave_id=wave.id)
    assert {firm.id for firm in silent} == {unit.enterprise_id for unit in units if unit.drawn}
    left_out = next(unit for unit in units if not unit.drawn)
    actor = dataclasses.replace(people.enterprise, enterprise_id=left_out.enterprise_id)
    assert refusal(submit, store, actor, wave) == "survey_not_invited"
    ids = [left_out.enterprise_id]
    assert refusal(inviting.invite, store, actor=people.staff, wave_id=wave.id, enterprise_ids=ids, at=NOON) == (
        "nobody_to_invite"
    )


def test_answers_count_in_their_stratum_against_the_quota(store, people, register):
    wave = a_wave(store, people, target_rate=50)
    unit = next(u for u in store.read(lambda con: samples.units(con, wave.id)) if u.drawn)
    submit(store, dataclasses.replace(people.enterprise, enterprise_id=unit.enterprise_id), wave, at=LATER)
    strata = strata_of(store, actor=people.staff, wave_id=wave.id)
    assert sum(one.answered for one in strata) == 1
    assert next(one for one in strata if one.stratum == unit.stratum).answered == 1
    towns = grouped(strata, GROUPS, "town")
    assert sum(one.population for one in towns) == 62
    assert all(there(one.quota) >= one.drawn / 2 for one in towns)


def test_a_census_draws_everybody_and_numbers_them(store, people, register):
    units, quotas = frame_of("w", [(firm.id, firm.size, "C17", "330603001") for firm in register], Design())
    assert all(unit.drawn for unit in units) and {unit.serial for unit in units} == set(range(1, 61))
    assert sum(quotas.values()) == 36


def test_only_staff_plan_a_sample(store, people):
    for who in ("leader", "officer", "admin", "enterprise"):
        assert refusal(plan, store, actor=getattr(people, who), design=Design()) == "forbidden"
    assert plan(store, actor=people.staff, design=Design()).drawn == 2
