"""History cannot be rewritten unseen: the chain, and the words that enterprises submitted."""

import os

import pytest

from db import events, sql
from db.__main__ import main
from db.system import anchors, backups, integrity
from tests.casework.cases.steps import bring_to
from tests.conftest import NOON, url_of
from tests.db.test_store import an_event


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
    monkeypatch.setenv("STORE_URL", url_of(store.path))
    store.close()
    assert main(["verify"]) == 1
    assert "content does not hold" in capsys.readouterr().out


def cut(store, n):
    """The history without its last events, made to agree with itself."""
    store.write(lambda con: sql.run(con, "DELETE FROM event WHERE n > (SELECT max(n) - $n FROM event)", {"n": n}))


@pytest.mark.parametrize("anchored", ["backup", "line", "by hand"])
def test_a_history_whose_end_was_cut_off_is_told_by_what_was_said_of_it_elsewhere(
    store, tmp_path, monkeypatch, capsys, anchored
):
    monkeypatch.setenv("STORE_URL", url_of(store.path))
    monkeypatch.setenv("ANCHOR_KEY", "示例密钥")
    store.write(lambda con: events.append(con, *(an_event(subject=f"nobody-{n}") for n in range(5))))
    head, lines = store.read(events.head), tmp_path / "anchors.txt"
    if anchored == "backup":
        store.backup(store.path.parent / "backups")
    else:
        lines.write_text(anchors.line(head, NOON, "示例密钥") + "\n", encoding="utf-8")
    named = {"backup": [], "line": ["--anchor", str(lines)], "by hand": ["--anchor", f"{head.n}:{head.hash[:12]}"]}
    cut(store, 2)
    assert store.read(integrity.verify) == []  # by itself it cannot know
    store.close()
    assert main(["verify", *named[anchored]]) == 1
    said = {"backup": "another history in", "line": "anchor does not hold", "by hand": "anchor does not hold"}
    assert f"event {head.n}: {said[anchored]}" in capsys.readouterr().out


def test_a_backup_of_another_store_is_told_as_that_and_is_no_break(store, monkeypatch, capsys):
    monkeypatch.setenv("STORE_URL", url_of(store.path))
    store.write(lambda con: events.append(con, an_event(subject="nobody")))
    folder = store.path.parent / "backups"
    folder.mkdir(exist_ok=True)
    (folder / backups.name_of(events.Head(1, "0" * 64))).touch()
    store.close()
    assert main(["verify", "--quick"]) == 1
    told = capsys.readouterr().out
    assert "event 1: another history in" in told and "of another store" in told
    assert told.rstrip().endswith(": 1 backups of another history")


def test_a_line_that_somebody_else_wrote_is_no_anchor(store, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("STORE_URL", url_of(store.path))
    monkeypatch.setenv("ANCHOR_KEY", "示例密钥")
    head, lines = store.read(events.head), tmp_path / "anchors.txt"
    monkeypatch.setenv("ANCHOR_FILE", str(lines))
    lines.write_text(anchors.line(head, NOON, "示例密钥") + os.linesep, encoding="utf-8")
    store.close()
    assert main(["verify"]) == 0 and "verified against 1 anchors" in capsys.readouterr().out
    lines.write_text(anchors.line(head, NOON, "另一个"), encoding="utf-8")
    assert main(["verify"]) == 1 and "was not written with this key" in capsys.readouterr().err
