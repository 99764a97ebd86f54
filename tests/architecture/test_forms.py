"""Each field of the house is decided about: a refusal speaks of it (pages/shared/fields.toml), or none does and why."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path

from pages.shared.refused import FIELDS
from tests.paths import ROOT, nodes_of

ASKING = {"attempt", "save", "tell"}
DRAWN = {"text_input", "text_area", "number_input", "date_input", "selectbox", "multiselect", "pills", "radio"}
DRAWN |= {"segmented_control", "checkbox", "toggle", "slider", "file_uploader", "choose", "choose_some", "pick"}
DRAWN |= {"pick_day", "by_list"}
# Of forms that ask a verb: what no refusal speaks of. It may be empty, cannot be anything else than what is offered,
# or only says of whom the rest is asked.
FREE = {
    "conduct/visits.py": {"named-x"},
    "desk/set_words.py": {"set-all-x"},
    "desk/views.py": {"view-columns", "view-shared", "view-towns"},
    "forum_day/agenda_plan.py": {"named-x", "suggested-x"},
    "forums/invited.py": {"uninvite-whom"},
    "forums/people_forms.py": {"paste-text", "person-office", "person-same-x", "remove-whom"},  # a list: line by line
    "indicators/names.py": {"name-x-x", "new-only-x"},
    "many/form.py": {"many-among", "many-do", "many-letter"},
    "notices/mine.py": {"leaf-wanted"},
    "notices/thresholds.py": {"threshold-figure", "threshold-side"},
    "paper/paper.py": {"paper-wave"},
    "questionnaires/importing.py": {"designer-file"},  # what is wrong with a file is a list of its own
    "questionnaires/results.py": {"results-keep"},
    # Each of its refusals stands beside its field, which the form does itself.
    "register/forms.py": {"register-active", "register-foreign", "register-x-remove"},
    "results/release.py": {"release-x"},
    "results/staff.py": {"publish-parts"},
    "system/erasing.py": {"erase-forget", "erase-kind", "erase-which"},
    "system/reference_forms.py": {"x-active", "x-column", "x-row"},
    "system/system.py": {"second-factor"},
    "waves/actions.py": {"wave-close-keyed"},
    "waves/groups.py": {"groups-list", "groups-which-x"},
    "waves/invite.py": {"invite-again", "invite-language", "invite-name", "invite-sector", "invite-town"},
    "waves/quota.py": {"quota-how", "quota-which"},
    "waves/remind.py": {"remind-whom"},
    "waves/take_back.py": {"take-back", "take-back-how", "take-back-sure-x-x"},
}


WHOLE_PASTES = {"issue/fields.py": 20_000}  # far above the rule's limit, which refuses in words


def test_no_box_for_words_drops_a_paste_that_is_too_long():
    """A browser drops the whole of it without a word where a box has its own limit: the rules refuse, and it stands."""
    found = {
        str(path.relative_to(ROOT / "pages")): ast.literal_eval(limit.value)
        for path in (ROOT / "pages").glob("*/*.py")
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and called(node) == "text_area"
        for limit in node.keywords
        if limit.arg == "max_chars"
    }
    assert found == WHOLE_PASTES


def forms() -> Iterator[tuple[str, set[str]]]:
    """The files of pages that ask a verb and show why not; the keys of their fields, an x for what is put in."""
    for path in sorted((ROOT / "pages").glob("*/*.py")):
        calls = [(called(node), node) for node in nodes_of(path) if isinstance(node, ast.Call)]
        if any(name in ASKING for name, _ in calls):
            keys = {key for name, node in calls if name in DRAWN for key in key_of(node)}
            yield str(path.relative_to(ROOT / "pages")), keys


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def key_of(node: ast.Call) -> Iterator[str]:
    """A key that is made elsewhere is decided about where it is written."""
    given = [word.value for word in node.keywords if word.arg == "key"] or node.args[2:3]
    for value in given:
        if isinstance(value, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in value.values)
        elif isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def alike(key: str, one: str) -> bool:
    """Whether a key of the table may be one that is drawn, in which an x stands for what is put in."""
    return fnmatchcase(one, key) or fnmatchcase(key.replace("*", "x"), one.replace("x", "*"))


def test_every_field_of_every_form_has_its_refusal_or_needs_none():
    told = {key for keys in FIELDS.values() for key in keys}
    undecided = {file: {key for key in keys if not any(alike(known, key) for known in told)} for file, keys in forms()}
    assert {file: keys for file, keys in undecided.items() if keys} == FREE


def test_nothing_is_said_to_be_done_that_was_refused():
    """What an attempt gives back is asked before anything is said of it or the page is drawn anew."""
    found = [f"{path.name}:{line}" for path in sorted((ROOT / "pages").glob("*/*.py")) for line in unasked(path)]
    assert found == []


def unasked(path: Path) -> Iterator[int]:
    for node in nodes_of(path):
        blocks = [getattr(node, name, None) for name in ("body", "orelse", "finalbody")]
        for one, after in (pair for block in blocks if isinstance(block, list) for pair in pairwise(block)):
            said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Call) and called(after.value)
            tried = isinstance(one, ast.Expr) and isinstance(one.value, ast.Call) and called(one.value) == "attempt"
            if tried and said in ("toast", "rerun", "saved", "forget"):
                yield one.lineno
