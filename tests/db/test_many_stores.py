"""One command for the stores of many districts: each in its turn, and one that fails keeps no other from it."""

from contextlib import closing
from pathlib import Path

import pytest

from db import __main__ as command
from db import migrations
from db.store import open_store


@pytest.fixture
def three(tmp_path: Path) -> list[str]:
    """The one in the middle is no store."""
    (tmp_path / "b.duckdb").write_bytes(b"no database")
    return [f"duckdb:{tmp_path / name}.duckdb" for name in "abc"]


def test_all_are_migrated_but_one_that_is_named_with_why(three, capfd):
    assert command.main(["migrate", *three]) == 1
    said = capfd.readouterr().err
    assert "The store cannot be opened" in said.partition("2 of 3 NOT DONE")[0].partition("1 of 3")[2]
    assert said.splitlines()[-1] == f"1 of 3 not done: {three[1]}"
    for url in (three[0], three[2]):
        with closing(open_store(url)) as store:
            assert store.read(migrations.pending) == []


def test_what_does_not_hold_in_one_is_said_of_that_one(three, capfd, monkeypatch, tmp_path):
    first, third = three[::2]
    assert command.main(["migrate", first, third]) == 0
    with closing(open_store(first)) as store:
        store.write(lambda con: con.execute("UPDATE event SET kind = 'another'"))
    (tmp_path / "anchors").write_text("1:0\n")
    monkeypatch.setenv("ANCHOR_FILE", str(tmp_path / "anchors"))
    capfd.readouterr()
    assert command.main(["verify", "--quick", first, third]) == 1
    out, err = capfd.readouterr()
    assert "event 1: " in out and "breaks" in out and "verified" in out
    assert f"1 of 2 NOT DONE: {first}\n" in err and f"2 of 2 done: {third}\n" in err
    assert err.endswith(f"1 of 2 not done: {first}\n") and "ANCHOR_FILE is of one store" in err


def test_a_password_in_an_address_is_not_repeated(capfd):
    assert command.main(["migrate", "postgresql://yunling:secret@/x?host=/nowhere", "mysql://u:secret@h/x"]) == 1
    said = "".join(capfd.readouterr())
    assert "1 of 2 NOT DONE: postgresql://yunling@/x?host=/nowhere" in said and "secret" not in said
