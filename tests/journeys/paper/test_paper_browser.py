"""A clerk's hands never leave the keyboard: a paper form is keyed, then keyed again, and what differs is mended."""

import shutil
from pathlib import Path

import pytest

from db import sql
from db.scope import ALL
from db.store import open_store
from db.survey import ballots, samples, surveys
from intake.paper.form import serial_of
from tests.conftest import held_line, let_go, settle
from tests.intake.paper.test_paper import LINES
from tests.there import there

pytestmark = pytest.mark.browser


def read(served, folder, fn):
    """From a copy of the store as it lies there, with its log: the server keeps the store itself."""
    source = Path(served.store_url.partition(":")[2])
    folder.mkdir()
    for path in source.parent.glob(f"{source.name}*"):
        if path.is_file():  # beside them is what commands ask the server by
            shutil.copy(path, folder)
    copy = open_store(f"duckdb:{folder / source.name}")
    try:
        return copy.read(fn)
    finally:
        copy.close()


def a_silent_one(con):
    """The open wave, and the number on the form of an enterprise that has not answered."""
    wave = surveys.wave(con, newest(con))
    firm = surveys.not_answered(con, ALL, wave_id=there(wave).id)[0]
    return firm.id, serial_of(there(wave), samples.serials(con, there(wave).id)[firm.id])


def newest(con):
    return sql.scalar(con, "SELECT id FROM wave ORDER BY number DESC LIMIT 1")


def kept(firm):
    """The form, its answers by item, and what was keyed."""

    def fetch(con):
        one = there(ballots.participation_of(con, wave_id=newest(con), enterprise_id=firm))
        form = sql.one(con, "SELECT * FROM paper_form WHERE response_id = $id", {"id": one.id})
        sheet = ballots.sheet_of(con, one)
        answers = {row["item"]: row["choice"] if row["value"] is None else row["value"] for row in sheet.answers}
        return form, answers, sheet.typed

    return fetch


def holds_the_keys(page, part):
    """Wait until a box or button whose key holds these words has the focus."""
    page.wait_for_function(
        "part => document.activeElement?.closest(`[class*='st-key-paper-'][class*='${part}']`)"
        " && ['INPUT', 'BUTTON'].includes(document.activeElement.tagName)",
        arg=part,
        timeout=20_000,
    )


def key_in(page, number, lines, comment):
    holds_the_keys(page, "paper-serial")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    for screen, line in lines.items():
        holds_the_keys(page, f"-{screen}")
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    holds_the_keys(page, "paper-text")
    page.keyboard.type(comment)
    page.keyboard.press("Enter")


def test_a_form_is_keyed_twice_and_mended_without_a_mouse(browse, served, tmp_path):
    firm, number = read(served, tmp_path / "before", a_silent_one)
    page = browse("staff")
    page.visit("paper")
    key_in(page, number, LINES, "用工难")
    holds_the_keys(page, "paper-save")
    page.keyboard.press("Enter")
    page.get_by_test_id("stToastText").get_by_text("已保存").wait_for()
    form, answers, typed = read(served, tmp_path / "once", kept(firm))
    assert typed["O5"] == "用工难" and there(form)["checked_at"] is None
    assert (answers["P1"], answers["C1"], answers["I1"], answers["O2"]) == (75, "na", 75, 8)
    key_in(page, number, LINES | {"labour": "235"}, "用工难")
    holds_the_keys(page, "paper-compare")
    page.keyboard.press("Enter")
    page.get_by_text("第 13 题").last.wait_for()
    settle(page)
    for _ in range(2):  # past 'the first is right'
        page.keyboard.press("Tab")
    holds_the_keys(page, "paper-second")
    page.keyboard.press("Enter")
    holds_the_keys(page, "paper-serial")
    settle(page)
    form, mended, _ = read(served, tmp_path / "twice", kept(firm))
    assert (there(form)["corrected"], mended["I1"]) == (1, 100)
    assert {item for item in answers if answers[item] != mended[item]} == {"I1"}


def test_the_keys_wait_for_a_slow_server_and_go_on(browse, served, tmp_path):
    """The next box is drawn when the server has answered, however late; whoever has gone elsewhere is left there."""
    _, number = read(served, tmp_path / "slow", a_silent_one)
    page = browse("staff")
    line = held_line(page)
    page.visit("paper")
    holds_the_keys(page, "paper-serial")
    page.keyboard.type(number)
    line.holds = True
    page.keyboard.press("Enter")
    page.wait_for_timeout(4_000)
    let_go(line)
    holds_the_keys(page, "-policy")
