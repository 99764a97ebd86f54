"""What is asked often is read once, and again as soon as anything was written."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from access import entrance
from access.upkeep import rename_district
from db import sql
from db.answers import Answers
from db.system import settings
from tests.conftest import NOON, session_of


def test_one_computes_while_others_wait_and_all_get_the_same():
    answers, calls, begun, go_on = Answers(10), count(1), threading.Event(), threading.Event()

    def answer() -> int:
        begun.set()
        assert go_on.wait(30)
        return next(calls)

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(answers.get, "question", answer) for _ in range(8)]
        assert begun.wait(30)
        go_on.set()
        assert [one.result(30) for one in asked] == [1] * 8


def test_what_failed_is_told_to_those_who_waited_and_asked_again_by_the_next():
    answers = Answers(10)
    with pytest.raises(ZeroDivisionError):
        answers.get("question", lambda: 1 // 0)
    assert answers.get("question", lambda: 2) == 2


def test_only_so_many_answers_are_kept_and_the_one_asked_for_longest_ago_goes_first():
    answers, calls = Answers(2), count()
    for question in ("a", "b", "a", "c", "a", "b"):
        answers.get(question, lambda: next(calls))
    assert next(calls) == 4, "a, b, c, and b anew"


def test_what_was_read_is_kept_until_anything_is_written(store, people):
    read = count()

    def district(con, language):
        next(read)
        return settings.district(con).say(language)

    assert {store.kept(district, "en") for _ in range(5)} == {"Keqiao District"}
    assert store.kept(district, "zh") == "柯桥区"
    rename_district(store, actor=people.admin, name_zh="新城区", name_en="New Town", at=NOON)
    assert [store.kept(district, language) for language in ("en", "zh", "en")] == ["New Town", "新城区", "New Town"]
    assert next(read) == 4


def test_a_refused_write_leaves_no_doubt_of_what_was_kept(store):
    def refused(con):
        settings.put(con, "district_en", "Nowhere")
        raise ValueError

    said = store.kept(settings.district)
    with pytest.raises(ValueError):
        store.write(refused)
    assert store.kept(settings.district) == said


def test_a_person_who_is_known_already_is_nobody_as_soon_as_the_account_is_switched_off(store, people):
    token = session_of(store, people.leader)
    assert entrance.who_is_here(store, token, NOON) and entrance.who_is_here(store, token, NOON)
    off = "UPDATE account SET active = false WHERE id = $id"
    store.write(lambda con: sql.run(con, off, {"id": people.leader.id}))
    assert entrance.who_is_here(store, token, NOON) is None


def test_a_session_that_is_kept_ends_with_its_time(store, people):
    token = session_of(store, people.leader)
    found = store.read(lambda con: sql.one(con, "SELECT created_at, expires_at FROM session"))
    assert entrance.who_is_here(store, token, found["created_at"]) is not None
    assert entrance.who_is_here(store, token, found["created_at"] + entrance.IDLE * 1.01) is None
    assert entrance.who_is_here(store, token, found["expires_at"]) is None
