"""History cannot be rewritten unseen: the chain, and the words that enterprises submitted."""

from db import sql
from db.__main__ import main
from db.system import integrity
from tests.casework.cases.steps import bring_to


def test_a_case_as_it_was_submitted_verifies(store, people):
    bring_to(store, people, "closed")
    assert store.read(integrity.verify) == []


def test_a_title_changed_behind_the_history_is_found(store, people):
    case = bring_to(store, people, "awaiting")
    store.write(lambda con: sql.run(con, "UPDATE cases SET title = '改过的标题' WHERE id = $id", {"id": case.id}))
    assert [found.reason for found in store.read(integrity.verify)] == ["content"]


def test_the_command_says_where_a_text_was_changed(store, people, monkeypatch, capsys):
    case = bring_to(store, people, "accepted")
    store.write(lambda con: sql.run(con, "UPDATE cases SET text = '' WHERE id = $id", {"id": case.id}))
    monkeypatch.setenv("STORE_URL", f"duckdb:{store.path}")
    store.close()
    assert main(["verify"]) == 1
    assert "content does not hold" in capsys.readouterr().out
