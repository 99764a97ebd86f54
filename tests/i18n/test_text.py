"""Nothing untranslated: every key that the code names has both languages, and no Chinese stands in the code."""

import ast
import csv
import re
from pathlib import Path

import i18n
from access.roles import ROLES
from i18n.translating import gaps
from pages.sitemap import SITE
from tests.paths import ROOT, nodes_of

CODE = [p for package in ("pages", "intake", "insight", "casework", "access") for p in (ROOT / package).rglob("*.py")]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
INDICATORS = (ROOT / "db/reference/indicator.csv").read_text(encoding="utf-8").splitlines()
UNITS = {row["unit"] for row in csv.DictReader(INDICATORS)}  # codes that are stored as the statistics write them
KEYED = {"t", "text", "_t"}  # functions whose first text is a key


def forms(entry: str | dict[str, str]) -> list[str]:
    return list(entry.values()) if isinstance(entry, dict) else [entry]


def without_facts(form: str) -> str:
    return re.sub(r"\{[^}]*\}", "", form)


def english_left(key: str, form: str) -> bool:
    foreign = re.search(r"[A-Za-z]{4,}", without_facts(form)) and not CHINESE.search(form)
    return key != "header.product" and bool(foreign)


def test_a_language_lacks_no_text_and_no_fact():
    assert {code: found for code in i18n.LANGUAGES if (found := gaps(code))} == {}  # of a language in part: its part


def test_no_language_is_left_in_the_others_text():
    texts = i18n.catalogue()
    chinese = [(key, form) for key, entry in texts.items() for form in forms(entry["en"]) if CHINESE.search(form)]
    # there the English names the word that a file has to use
    assert [(key, form) for key, form in chinese if not key.startswith("import.unit_name.")] == []
    assert [(key, form) for key, entry in texts.items() for form in forms(entry["zh"]) if english_left(key, form)] == []


def test_no_text_carries_markup():
    """A text is words alone: what stands around it is a template's, which escapes what fills it."""
    said = [(key, form) for key, entry in i18n.catalogue().items() for own in entry.values() for form in forms(own)]
    assert [key for key, form in said if re.search(r"</?[a-z]+[ >/]|&[a-z]+;", form)] == []


def test_chinese_punctuation_is_full_width():
    half = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!(][\u4e00-\u9fff]")
    texts = i18n.catalogue()
    assert [(key, form) for key, entry in texts.items() for form in forms(entry["zh"]) if half.search(form)] == []


def test_english_apostrophes_and_quotation_marks_are_straight():
    """The bent ones are Chinese quotation marks to our face, which draws them as wide as a character."""
    entries = i18n.catalogue().items()
    assert [key for key, entry in entries for form in forms(entry["en"]) if set(form) & set("‘’“”")] == []


def keys_named_in(path: Path) -> tuple[set[str], set[str]]:
    """(whole keys, patterns) of every call whose first argument is a key, as `t("a.b")` or `t(f"a.{x}")`."""
    whole, patterns = set(), set()
    for node in nodes_of(path):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0]
        of_streamlit = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "st"
        if name not in KEYED or of_streamlit:
            continue
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            whole.add(first.value)
        elif isinstance(first, ast.JoinedStr):
            parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"[\w.]+" for p in first.values]
            patterns.add("".join(parts))
    return whole, patterns


def test_every_key_that_the_code_names_exists():
    keys = i18n.catalogue()
    named = {path: keys_named_in(path) for path in CODE}
    assert [(str(path), key) for path, (whole, _) in named.items() for key in whole if key not in keys] == []
    patterns = {pattern for _, found in named.values() for pattern in found}
    unmatched = {pattern for pattern in patterns if not any(map(re.compile(pattern).fullmatch, keys))}
    assert [(str(path), p) for path, (_, found) in named.items() for p in found & unmatched] == []


def chinese_in(path: Path) -> list[str]:
    """Texts of the code with Chinese in them, docstrings, units and keys apart."""
    docstrings = {
        id(node.body[0].value)
        for node in nodes_of(path)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    texts = [node for node in nodes_of(path) if isinstance(node, ast.Constant) and id(node) not in docstrings]
    words = [node.value for node in texts if isinstance(node.value, str) and CHINESE.search(node.value)]
    return [text for text in words if text not in UNITS and text not in i18n.catalogue()]


def test_no_chinese_word_stands_in_the_code():
    """Words are in the catalogue; a docstring may explain in Chinese, and a reader of files names people's columns."""
    ours = [path for path in CODE if not path.is_relative_to(ROOT / "intake")]
    assert {str(path.relative_to(ROOT)): found for path in ours if (found := chinese_in(path))} == {}


def first_words(ending: str) -> set[str]:
    """The first arguments of all calls of a name that ends so."""
    codes = set()
    for path in [*CODE, *(ROOT / "db").rglob("*.py")]:
        for node in nodes_of(path):
            if not isinstance(node, ast.Call) or not getattr(node.func, "id", "").endswith(ending):
                continue
            if node.args and isinstance(node.args[0], ast.Constant):
                codes.add(node.args[0].value)
    return codes


def test_every_refusal_role_and_page_has_words():
    wanted = {f"error.{code}" for code in first_words("Refused")} | {
        f"sign_ins.way.{way}" for way in first_words("Try")
    }
    wanted |= {f"role.{role}" for role in ROLES} | {f"page.{row.path}" for row in SITE}
    assert wanted - set(i18n.catalogue()) == set()


def test_a_count_within_a_sentence_is_grouped_as_every_number():
    assert i18n.text("desk.found", "zh", n=1608) == i18n.text("desk.found", "zh", n="1,608")
    assert "1,608" in i18n.text("desk.found", "en", n=1608)
    assert "1,608" not in i18n.text("desk.found", "en", n=1)


def test_a_language_is_chosen_from_what_the_browser_asks_for():
    assert i18n.choose("en-GB,en;q=0.9,zh;q=0.8") == "en"
    assert i18n.choose("zh-TW") == "zh"
    assert i18n.choose("fr-FR,fr;q=0.9") == "zh"
    assert i18n.choose(None) == "zh"


def test_dates_and_numbers_read_as_each_language_writes_them():
    from datetime import date, datetime

    thirtieth = date(2023, 11, 30)
    assert i18n.day(thirtieth, "zh") == "2023年11月30日"
    assert i18n.day(thirtieth, "en") == "30 Nov 2023"
    assert i18n.days(thirtieth, date(2023, 12, 9), "zh") == "2023年11月30日至12月9日"
    assert i18n.days(thirtieth, date(2023, 12, 9), "en") == "30 Nov to 9 Dec 2023"
    assert i18n.days(thirtieth, date(2024, 1, 2), "zh") == "2023年11月30日至2024年1月2日"
    assert i18n.days(thirtieth, date(2024, 1, 2), "en") == "30 Nov 2023 to 2 Jan 2024"
    assert i18n.month(thirtieth, "en") == "Nov 2023"
    assert i18n.weekday_and_day(thirtieth, "en") == "Thursday 30 November"
    assert i18n.weekday_and_day(thirtieth, "zh") == "11月30日（周四）"
    assert i18n.moment(datetime(2023, 11, 30, 9, 5), "zh") == "2023年11月30日 09:05"
    assert i18n.number(23000, "en") == "23,000"
    assert i18n.signed(8.2, "zh") == "+8.2"
    assert i18n.signed(-0.44, "en") == "−0.4"
    assert i18n.signed(0.04, "en") == "0.0"


def test_half_is_rounded_away_from_zero_once_and_zero_has_no_sign():
    assert [i18n.number(x, "zh", 1) for x in (0.85, -0.85, 0.25, 2.35, -0.04)] == ["0.9", "-0.9", "0.3", "2.4", "0.0"]
    assert [i18n.signed(x, "en") for x in (-0.854, -0.846, -0.85)] == ["−0.9", "−0.8", "−0.9"]
    assert [i18n.number(x, "en") for x in (0.5, 1.5, 2.5, 10**17 + 1)] == ["1", "2", "3", "100,000,000,000,000,001"]
    assert i18n.number(28.749999999999996, "en", 1) == "28.8"  # 100 * 23 / 80
    assert i18n.rounded(-0.854, 1) == -0.9


def test_no_name_says_more_than_its_figure_counts():
    """The index is not the question about overall satisfaction, and three of the five levels are not 'satisfied'."""
    index = ("chart.mood.", "glance.mood.", "mood.dimension.overall")
    said = {key: [form for entry in texts.values() for form in forms(entry)] for key, texts in i18n.catalogue().items()}
    flattering = {
        key for key, words in said.items() for form in words
        if key.startswith(index) and ("总体满意度" in form or "overall satisfaction" in form.lower())
    }  # fmt: skip
    assert flattering == set()
    closed = i18n.catalogue()["figure.closed_with_satisfaction.name"]
    assert (closed["zh"], closed["en"]) == ("至少基本满意销号", "Closed, at least fairly satisfied")
    assert all(word in said["results.method.score"][place] for place, word in enumerate(("三级", "Three of the five")))
