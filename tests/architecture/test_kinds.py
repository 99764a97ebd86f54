"""A kind of question is one file of intake and one of pages; nothing else calls it by its name."""

import ast
import dataclasses
import re

import pytest

import i18n
from db.survey import kinds as in_figures
from insight.survey.answers import SINGLES
from insight.survey.questions import TOLD
from intake.questionnaires import kind as intake_records
from intake.questionnaires.kinds.matrix import MATRIX
from intake.questionnaires.kinds.table import KINDS
from intake.xlsform.items import GROUPS
from pages.survey import kind as page_records
from pages.survey.kinds.table import SHOWN
from tests.intake.questionnaires.every_kind import EXAMPLES
from tests.intake.questionnaires.kinds import ITEMS
from tests.paths import ROOT, nodes_of

OWN = ("intake/questionnaires/kinds", "pages/survey/kinds")
SHARED = {"__init__", "table", "choices", "numbers"}  # what several kinds have in common
# Where a word that is also a kind's can only be a kind's; elsewhere 'number' is a wave's and 'text' an answer's.
OF_KINDS = ("intake/questionnaires", "intake/xlsform", "intake/wjx", "intake/paper", "intake/foreign_files.py",
            "pages/questionnaires", "pages/survey", "pages/paper")  # fmt: skip
SURVEYS = ("intake/survey", "intake/waves", "pages/results", "pages/waves", "insight/survey", "db/survey")
NOTHING_ELSE = {"level5", "change5", "scale10", "yes_no", "two_numbers", "matrix", "consent"}
EXCEPT = {
    "db/survey/kinds.py": "figures and what is stored know these by name, and cannot open intake",
    "intake/xlsform/rules.py": "'text' and 'number' are tokens of XPath, 'date' is one of its functions",
    "intake/questionnaires/kinds/choices.py": "the row of a form that takes the words of 'other' is of XLSForm's type",
    "intake/wjx/earlier.py": "'text' is a column of what is stored",
    "intake/wjx/wave.py": "'number' is the wave's",
}
DOCS = (ROOT / "docs/questionnaires.md").read_text(encoding="utf-8")


def test_a_kind_is_named_in_its_own_two_files_alone():
    own = {f"{folder}/{code}.py" for folder in OWN for code in KINDS}
    found = []
    for path in sorted(p for room in ("app.py", "access", "casework", "db", "i18n", "insight", "intake", "pages")
                       for p in (ROOT / room).rglob("*.py")):  # fmt: skip
        name = str(path.relative_to(ROOT))
        if name in own or name in EXCEPT or "demo" in path.parts:
            continue
        found += [f"{name}:{line} {code}" for line, code in named_in(path, name)]
    assert found == []


def named_in(path, name):
    words = KINDS.keys() if name.startswith(OF_KINDS) else NOTHING_ELSE
    for node in nodes_of(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value in words:
                yield node.lineno, node.value
            elif name.startswith(SURVEYS):
                codes = re.findall(r"\bkind = '(\w+)'", node.value)
                yield from ((node.lineno, code) for code in codes if code in KINDS)
        elif isinstance(node, ast.Compare) and name.startswith(SURVEYS) and "kind" in ast.unparse(node.left):
            parts = [part for side in node.comparators for part in ast.walk(side) if isinstance(part, ast.Constant)]
            yield from ((node.lineno, part.value) for part in parts if part.value in KINDS)


def test_no_exception_stands_longer_than_its_reason():
    assert all(any(named_in(ROOT / name, name)) for name in EXCEPT)


@pytest.mark.parametrize("folder", OWN)
def test_every_file_of_a_kind_is_in_the_table(folder):
    assert {path.stem for path in (ROOT / folder).glob("*.py")} - SHARED == set(KINDS)


def test_every_table_has_every_kind():
    everywhere = {
        "pages": set(SHOWN),
        "examples": set(EXAMPLES),
        "the questionnaire of every kind": {item["kind"] for item in ITEMS},
        "docs": set(re.findall(r"^\| `(\w+)` \|", DOCS, re.MULTILINE)),
        "words": {key.removeprefix("questionkind.") for key in i18n.catalogue() if key.startswith("questionkind.")}
        - {"page", "group"},  # what a form's rows may be besides
    }
    assert {where: codes ^ KINDS.keys() for where, codes in everywhere.items() if codes != KINDS.keys()} == {}
    assert all(code == kind.code for code, kind in [*KINDS.items(), *SHOWN.items()])


def test_what_several_rows_of_a_form_are_can_be_read_again():
    assert {code for code, kind in KINDS.items() if kind.form.group} == GROUPS.keys()


def test_figures_know_the_kinds_that_go_into_them():
    assert {value for name, value in vars(in_figures).items() if name.isupper()} <= KINDS.keys()
    known = {*TOLD, *SINGLES.values(), in_figures.WORDS, MATRIX.code}  # a table's rows are stored as levels
    assert {code for code, kind in KINDS.items() if kind.results} == known


def test_the_docs_say_what_a_form_and_a_figure_make_of_each_kind():
    rows = dict(re.findall(r"^\| `(\w+)` \|(.+)$", DOCS, re.MULTILINE))
    assert [code for code, kind in KINDS.items() if (kind.results or "none") not in rows[code].split("|")[-2]] == []
    types = {name for kind in KINDS.values() for name in kind.form.types} - {"string", "int", "trigger", "phone number"}
    assert [name for name in types if not re.search(rf"^\|[^|]*\b{name}\b", DOCS, re.MULTILINE)] == []


@pytest.mark.parametrize("code", KINDS)
def test_every_reason_that_a_kind_gives_has_words(code):
    kind, known = KINDS[code], i18n.catalogue().keys()
    assert {f"wjx.{guess.evidence}" for guess in (kind.foreign.guesses if kind.foreign else ())} <= known
    source = (ROOT / f"{OWN[0]}/{code}.py").read_text(encoding="utf-8")
    assert {f"error.{reason}" for reason in re.findall(r'"(answer_\w+)"', source)} <= known
    problems = {one for pair in re.findall(r'yield "(\w+)"|"(rule_\w+)"', source) for one in pair if one}
    assert {f"problem.{reason}" for reason in problems} <= known


def test_no_field_of_a_kind_may_be_left_out():
    records = [*vars(intake_records).values(), *vars(page_records).values()]
    fields = [(one.__name__, field.name) for one in records if dataclasses.is_dataclass(one) and isinstance(one, type)
              and one.__module__ in (intake_records.__name__, page_records.__name__)
              for field in dataclasses.fields(one)
              if (field.default, field.default_factory) != (dataclasses.MISSING, dataclasses.MISSING)]  # fmt: skip
    assert fields == []
