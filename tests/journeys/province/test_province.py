"""The page of districts side by side: who sees it, where it is offered, what it says."""

import json

import pytest

from db.files import InFolder
from insight.province.sent import FILE
from pages.entrance.menu import menu_of
from tests.conftest import words
from tests.insight.province.test_side_by_side import point, texts


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Four districts of which one tells nothing, and a fifth whose file is none."""
    files = InFolder(tmp_path / "sent")
    for n, (name, value) in enumerate((("青河县", 30.0), ("白石市", 20.0), ("云岭区", 12.0), ("南屏区", None))):
        told = point(value=value, n=value and int(value), shown=texts("—" if value is None else f"{value:.0f}件"))
        code = f"99020{n}"
        files.put(f"{code}/{FILE}", json.dumps(told | {"code": code, "names": texts(name)}).encode())
    files.put(f"990209/{FILE}", b"{")
    monkeypatch.setenv("FIGURES_FROM", str(tmp_path / "sent"))
    return files


def said_by(page) -> str:
    assert not page.exception
    return words(page) + " ".join(str(getattr(one, "value", "")) for one in page.main)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_says_median_range_definition_days_and_who_sends(place, people, open_page, language):
    said = said_by(open_page(people.leader, "province", language=language))
    wanted = {
        "zh": [
            "中位数 20，从 12 到 30",
            "未公布",
            "不算合计",
            "截至2026年11月30日",
            "定义",
            "2026年12月1日",
            "文件读不了",
        ],
        "en": ["median 20, from 12 to 30", "not told", "no total", "as of 30 Nov 2026", "Definition", "cannot be read"],
    }[language]
    assert [word for word in (*wanted, "青河县") if word not in said] == []


def test_what_another_writes_is_text_and_not_markup(place, people, open_page):
    bad = "<img src=x onerror=alert(1)>"
    told = point(shown=texts(bad)) | {"code": "990200", "names": texts(bad)}
    place.put(f"990200/{FILE}", json.dumps(told).encode())
    page = open_page(people.leader, "province")
    assert not page.exception and "<img" not in "".join(str(one.value) for one in page.get("html"))


def test_where_nobody_sends_it_says_so_and_where_the_place_is_away(people, open_page, monkeypatch, tmp_path):
    assert "还没有区县" in said_by(open_page(people.leader, "province"))
    monkeypatch.setenv("FIGURES_FROM", str(tmp_path / "not there"))
    assert "没有响应" in said_by(open_page(people.leader, "province"))


def test_only_leaders_and_staff_where_figures_are_read_have_it_in_their_menu(people, monkeypatch):
    def offered() -> set[str]:
        who = {name: menu_of(one).pages["province"].visibility for name, one in vars(people).items()
               if hasattr(one, "permissions")}  # fmt: skip
        return {name for name, shown in who.items() if shown == "visible"}

    assert offered() == set()
    monkeypatch.setenv("FIGURES_FROM", "/anywhere")
    assert offered() == {"leader", "staff"}
