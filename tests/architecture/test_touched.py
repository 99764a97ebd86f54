"""`make check` runs the tests that a change touches, and no more than those."""

from pathlib import Path

from tests.touched import MANY, touched

TESTS = {
    "tests/casework/cases/test_act.py": {"casework.cases.act", "db.sql"},
    "tests/journeys/desk/test_desk.py": {"pages.shared.here"},
    "tests/db/test_store.py": {"db.sql"},
    **{f"tests/intake/waves/test_{n}.py": {"db.sql"} for n in range(MANY)},
}


def test_a_change_touches_the_tests_that_name_it_and_the_tests_that_changed():
    assert touched([Path("casework/cases/act.py")], TESTS) == {"tests/casework/cases/test_act.py"}
    assert touched([Path("tests/db/test_store.py")], TESTS) == {"tests/db/test_store.py"}
    assert touched([Path("casework/cases/clocks.py")], TESTS) == set()


def test_a_page_that_nobody_imports_is_tried_by_the_journeys_of_its_area():
    assert touched([Path("pages/desk/desk.py")], TESTS) == {"tests/journeys/desk/test_desk.py"}


def test_for_what_very_many_name_the_area_of_its_own_speaks():
    assert touched([Path("db/sql.py")], TESTS) == {"tests/db/test_store.py"}
