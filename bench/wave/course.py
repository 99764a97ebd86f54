"""The wave's course by the verbs that people use: sample, links, reminder, paper, wall, close, publish, files."""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from access import entrance
from access.throttle import Try
from bench.wave.district import ITEMS, Run, said
from bench.wave.visits import fetched, served, visit
from db import clock, sql
from db.people.enterprises import Enterprise
from db.survey import surveys
from insight.survey.publishing import PARTS, publish_results
from intake.paper import form as paper_form
from intake.paper import keying as paper
from intake.survey import answering as survey
from intake.survey.submitting import submit
from intake.waves import inviting, open_links, reminders
from intake.waves import running as waves
from intake.waves.inviting import Link
from intake.waves.running import WaveForm
from intake.waves.samples import Design
from intake.waves.separating import separate_due

T = TypeVar("T")
BY_PAPER, AT_WALL = 0.075, 0.02  # of the invitations
HTTP_VISITS = 60


def answer_by_link(run: Run, link: Link, wave_id: str, session: str, at: datetime) -> None:
    actor = _there(entrance.who_is_here(run.store, session, at))
    seconds = 6 if run.chance.random() < 0.03 else run.chance.randrange(120, 600)
    submit(
        run.store, actor=actor, form_id=run.new_id(), wave_id=wave_id, answers=said(run.truth[link.enterprise.id]),
        language="zh", started_at=at - timedelta(seconds=seconds), at=at,
    )  # fmt: skip
    run.answered.add(link.enterprise.id)
    run.sources["link"] += 1


def wave_of(run: Run, invitations: int, now: datetime) -> surveys.Wave:
    day = clock.day_of(now)
    sample = Design("stratified", invitations, 2, "773", 60)
    form = WaveForm(
        "示例调查", "Example survey", "satisfaction", 1, day - timedelta(days=10), day + timedelta(days=4), sample
    )
    return waves.open_wave(run.store, actor=run.staff, wave_id=run.new_id(), form=form, at=now - timedelta(days=10))


def willing(run: Run, firm: Enterprise) -> bool:
    return run.chance.random() < 0.5 + 0.15 * (firm.size in ("large", "medium")) + 0.06 * (firm.sector_code[:1] == "I")


def run_wave(run: Run, invitations: int, port: int) -> tuple[surveys.Wave, dict[str, bytes]]:
    now = clock.now()
    with run.step("open and draw"):
        wave = wave_of(run, invitations, now)
    with run.step("invite"):
        drawn = {u["enterprise_id"] for u in run.store.read(lambda con: _drawn(con, wave.id))}
        links = inviting.invite(
            run.store, actor=run.staff, wave_id=wave.id, enterprise_ids=drawn, at=now - timedelta(days=9)
        )
    run.chance.shuffle(links)
    on_paper, online = links[: round(BY_PAPER * len(links))], links[round(BY_PAPER * len(links)) :]
    with served(run.store, port):
        with run.step("answer by link"):
            _by_link(run, wave, online, port, now)
        with run.step("paper"):
            _by_paper(run, wave, on_paper, now)
        with run.step("wall"):
            _at_the_wall(run, wave, round(AT_WALL * invitations), port, now)
        with run.step("close"):
            seen = _there(run.store.read(lambda con: surveys.wave(con, wave.id))).seq
            waves.close_wave(run.store, actor=run.staff, wave_id=wave.id, seen=seen, keyed=True, at=clock.now())
            separate_due(run.store, clock.now())
        with run.step("publish"):
            asked = {"form_id": run.new_id(), "wave_id": wave.id, "parts": PARTS}
            publish_results(run.store, actor=run.staff, at=clock.now(), **asked)
        with run.step("report files and public page"):
            files = _files(run, wave, port)
    return _there(run.store.read(lambda con: surveys.wave(con, wave.id))), files


def _there(found: T | None) -> T:
    assert found is not None
    return found


def _drawn(con: Any, wave_id: str) -> list:
    return sql.rows(con, "SELECT enterprise_id FROM sample_unit WHERE wave_id = $wave AND drawn", {"wave": wave_id})


def _by_link(run: Run, wave: surveys.Wave, online: list[Link], port: int, now: datetime) -> None:
    """Half before the reminder, half after it; some bursts from one address, some links opened over HTTP."""
    comers = [link for link in online if willing(run, link.enterprise)]
    half = len(comers) // 2
    for n, link in enumerate(comers):
        if n == half:
            with run.step("remind"):
                _remind(run, wave, now - timedelta(days=4))
        at = now - timedelta(days=8) + timedelta(minutes=5 * n * 2000 / max(len(comers), 1))
        at = at if n < half else max(at, now - timedelta(days=4))
        if n < HTTP_VISITS:
            answer_by_link(run, link, wave.id, visit(port, f"/i/{link.token}", n), now)
        else:
            address = "10.9.9.9" if n % 40 < 2 else f"10.{n // 200}.{n % 200}.7"
            entered = entrance.enter_by_invitation(run.store, token=link.token, address=address, at=at)
            answer_by_link(run, link, wave.id, entered.token, at)


def _remind(run: Run, wave: surveys.Wave, at: datetime) -> None:
    told = reminders.remind(run.store, actor=run.staff, wave_id=wave.id, reminder_id=run.new_id(), at=at)
    run.sources["reminded"] = told.notices


def _by_paper(run: Run, wave: surveys.Wave, on_paper: list[Link], now: datetime) -> None:
    for link in on_paper:
        given = {code: answer for code, answer in said(run.truth[link.enterprise.id]).items()}
        serial = paper_form.serial_of(wave, link.serial or 0)
        paper.enter(
            run.store, actor=run.staff, wave_id=wave.id, typed=serial, response_id=run.new_id(), answers=given, at=now
        )
        run.answered.add(link.enterprise.id)
        run.sources["paper"] += 1


def _at_the_wall(run: Run, wave: surveys.Wave, comers: int, port: int, now: datetime) -> None:
    link = open_links.open_link(run.store, actor=run.staff, wave_id=wave.id, per_address=100, at=now)
    for n in range(comers):
        at = clock.now()
        actor = _there(entrance.who_is_here(run.store, visit(port, f"/s/{link.token}", 400 + n), at))
        offer = _there(survey.offered(run.store, actor=actor, at=at))
        begun = survey.begin(run.store, actor=actor, offer=offer, form_id=run.new_id(), at=at - timedelta(minutes=3))
        submit(
            run.store, actor=actor, form_id=begun.form_id, wave_id=wave.id, at=at, language="zh",
            answers=said(dict.fromkeys((*ITEMS, "O1", "O3"), 4) | {"O2": 10}), started_at=at - timedelta(minutes=3),
        )  # fmt: skip
        run.sources["open"] += 1


def _files(run: Run, wave: surveys.Wave, port: int) -> dict[str, bytes]:
    kinds = [f"/results/{wave.number}.{kind}" for kind in ("xlsx", "docx", "csv", "parquet")]
    session = _signed_in(run)
    return {path: fetched(port, path, session) for path in kinds} | {"/published": fetched(port, "/published")}


def _signed_in(run: Run) -> str:
    """A session of the member of staff, as the sign-in form would give."""
    made = entrance._session("account", clock.now(), account_id=run.staff.id)
    return entrance._enter_noted(run.store, made, Try("password", "staff", "127.0.0.1", made.created_at)).token
