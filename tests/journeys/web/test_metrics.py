"""Numbers for whoever watches over the service: with the token alone, and of nobody."""

from db.people import accounts
from tests.access.test_routes import ask
from tests.casework.cases.steps import raise_case
from tests.conftest import session_of


def test_without_the_token_nothing_is_there_not_even_for_an_administrator(store, people, monkeypatch):
    cookies = {"f2f_session": session_of(store, people.admin)}
    assert ask("GET", "/metrics", cookies=cookies).status == 404
    monkeypatch.setenv("METRICS_TOKEN", "watched")
    for said in ("", "Bearer ", "Bearer watche", "watched"):
        assert ask("GET", "/metrics", cookies=cookies, authorization=said).status == 404


def test_with_it_the_numbers_say_how_the_service_stands_and_no_name(store, people, monkeypatch):
    monkeypatch.setenv("METRICS_TOKEN", "watched")
    raise_case(store, people, title="不该出现的题目")
    session_of(store, people.staff)
    answer = ask("GET", "/metrics", authorization="Bearer watched")
    assert answer.status == 200
    said = dict(line.rsplit(" ", 1) for line in answer.text.splitlines())
    assert said["f2f_cases"] == "1" and said["f2f_revision"] == str(store.revision())
    assert said["f2f_read_only"] == "0" and int(said["f2f_sessions_live"]) >= 1
    named = store.read(
        lambda con: [one.login for one in accounts.find(con, accounts.AccountFilter(), limit=99, offset=0)]
    )
    assert not [name for name in (*named, "不该出现") if name in answer.text]
