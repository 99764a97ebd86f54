"""A body that loses a case is told, reads it as it was until then and nothing later; its letter counts it no longer."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import i18n
from casework.letters.letters import dispatch_with_letter
from casework.notices.notices import message_of
from db.cases import attachments, cases, handed_over
from db.cases.attachments import Attachment, CheckedFile
from db.letters import letters
from db.notices import outbox
from db.scope import ALL, NONE, Scope
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.conftest import NOON, words

LATER = NOON + timedelta(days=3)
FORMER, CO, NEXT = Scope("body", "economy_it"), Scope("body", "tax"), Scope("body", "finance_office")


def had(store, scope, case):
    return store.read(lambda con: handed_over.had_by(con, scope, case.id))


def moved_on(store, people):
    """Led by economy_it with tax, then by finance_office, which promised, and was refused."""
    case = bring_to(store, people, "in_progress")
    case = take(store, people.department, case, "note", note="已现场查看")
    case = take(store, people.staff, case, "dispatch", LATER, lead="finance_office", co=(), note="请金融办接手")
    return take(store, people.other_department, case, "promise", LATER + timedelta(hours=1), text="年底前解决")


def attach(store, case, name, at):
    file = Attachment.of(CheckedFile(name, "text/plain", "", b"x"), str(uuid4()), at, case_id=case.id)
    store.write(lambda con: attachments.add(con, [file]))
    return file


def test_a_former_body_reads_the_case_until_the_hand_over_and_nothing_later(store, people):
    case = moved_on(store, people)
    for scope in (FORMER, CO):
        assert store.read(lambda con, scope=scope: cases.get(con, scope, case.id)) is None, "it is not theirs any more"
        left = had(store, scope, case)
        assert (left.case.state, left.case.lead_body, left.case.co) == ("in_progress", "economy_it", ("tax",))
        assert (left.to, left.at, left.case.title) == ("finance_office", LATER, case.title)
        assert [event.kind for event in left.history] == ["submit", "accept", "dispatch", "start", "note", "dispatch"]
        assert left.history[-1].detail == {"lead": "finance_office"}
        later = (left.case.answer_text, left.case.promised_on, left.case.due_on, left.case.rating, left.case.settled_at)
        assert later == (None,) * 5
        assert "年底前解决" not in repr(left) and "请金融办接手" not in repr(left)


def test_nobody_else_reads_it_by_that_rule(store, people):
    case = moved_on(store, people)
    for scope in (NEXT, Scope("body", "transport"), ALL, NONE, Scope("town", case.town_code), Scope("officer", "x"),
                  Scope("enterprise", case.enterprise_id), Scope("case", case.id)):  # fmt: skip
        assert had(store, scope, case) is None, scope


def test_a_body_that_gets_it_back_has_it_whole_again(store, people):
    case = moved_on(store, people)
    case = take(store, people.staff, bring_to(store, people, "in_progress"), "dispatch", LATER, lead="transport", co=())
    assert had(store, FORMER, case)
    back = take(store, people.staff, case, "dispatch", LATER + timedelta(days=1), lead="economy_it", co=())
    assert had(store, FORMER, back) is None
    assert had(store, Scope("body", "transport"), back).to == "economy_it"


def test_its_files_are_those_that_had_come_by_then(store, people):
    case = bring_to(store, people, "dispatched")
    early, late = attach(store, case, "早.txt", NOON), attach(store, case, "晚.txt", LATER + timedelta(days=1))
    case = take(store, people.staff, case, "dispatch", LATER, lead="finance_office", co=())
    left = had(store, FORMER, case)
    assert [line.name for line in store.read(lambda con: handed_over.files(con, left))] == ["早.txt"]
    assert store.read(lambda con: handed_over.file(con, FORMER, early.id)) == early
    for scope, file in ((FORMER, late), (Scope("body", "transport"), early), (FORMER, replace(early, id="no such"))):
        assert store.read(lambda con, scope=scope, file=file: handed_over.file(con, scope, file.id)) is None


STEPS = st.lists(st.sampled_from(["economy_it", "tax", "finance_office", "transport"]), min_size=1, max_size=5)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(leads=STEPS)
def test_whatever_the_way_of_a_case_a_body_reads_up_to_its_own_last_hand_over(store, people, leads):
    case = take(store, people.staff, raise_case(store, people), "accept")
    for n, lead in enumerate(leads, start=1):
        case = take(store, people.staff, case, "dispatch", NOON + timedelta(days=n), lead=lead, co=())
    for body in {*leads} - {leads[-1]}:
        lost = max(n for n, lead in enumerate(leads) if lead == body) + 1  # the dispatch after its last
        left = had(store, Scope("body", body), case)
        assert (left.to, left.at) == (leads[lost], NOON + timedelta(days=lost + 1))
        assert left.history[-1].seq == lost + 3 and left.case.seq == lost + 2
    assert had(store, Scope("body", leads[-1]), case) is None


def listens(store, account):
    contact = outbox.Contact("account", account.id, f"mailto://{account.login}@example.cn", "zh", True)
    store.write(lambda con: outbox.save_contact(con, contact, actor_id="tests", role="admin", at=NOON))


def test_the_body_that_loses_a_case_is_told_so_in_its_language(store, people):
    listens(store, people.accounts.department)
    case = bring_to(store, people, "dispatched")
    take(store, people.staff, case, "dispatch", LATER, lead="finance_office", co=())
    told = store.read(lambda con: outbox.listed(con, state="queued", limit=9, offset=0))
    (notice,) = [one for one in told if one.kind == "handed_over"]
    assert (notice.recipient_id, notice.subject) == (people.accounts.department.id, case.id)
    said = message_of(notice, public_url="https://f2f.example.cn", district="柯桥区")
    assert case.number in said.subject and "区金融办" in said.body and f"/desk?case={case.id}" in said.body
    english = message_of(replace(notice, language="en"), public_url="", district="Keqiao")
    assert "no longer with you" in english.body


def test_the_same_bodies_again_are_told_of_no_loss(store, people):
    listens(store, people.accounts.department)
    case = bring_to(store, people, "dispatched")
    take(store, people.staff, case, "dispatch", LATER, lead="tax", co=("economy_it",))
    told = store.read(lambda con: outbox.listed(con, state="queued", limit=9, offset=0))
    assert "handed_over" not in {one.kind for one in told}


def lettered(store, people, n=2):
    found = [take(store, people.staff, raise_case(store, people, title=f"第{k}件"), "accept") for k in range(n)]
    seen = {case.id: case.seq for case in found}
    letter = dispatch_with_letter(store, actor=people.staff, letter_id=str(uuid4()), seen=seen, lead="economy_it",
                                  copied=(), at=NOON)  # fmt: skip
    return letter, [store.read(lambda con, case=case: cases.get(con, ALL, case.id)) for case in found]


def test_a_letter_counts_what_its_body_still_has_and_says_where_the_rest_went(store, people):
    letter, (first, second) = lettered(store, people)
    case = take(store, people.staff, first, "dispatch", LATER, lead="finance_office", co=())
    take(store, people.staff, case, "answer", LATER + timedelta(hours=1))
    take(store, people.staff, second, "answer", LATER)
    found = store.read(lambda con: letters.get(con, FORMER, letter.id))
    assert (found.items, found.gone, found.settled) == (2, 1, 1), "what another body answered is not its own"
    (gone,) = store.read(lambda con: handed_over.of_letters(con, [letter.id]))[letter.id]
    assert (gone.number, gone.to, gone.at) == (first.number, "finance_office", LATER)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_former_body_finds_the_case_from_its_letter_and_can_do_nothing_to_it(store, people, open_page, language):
    _, (first, second) = lettered(store, people)
    take(store, people.staff, first, "dispatch", LATER, lead="finance_office", co=(), note="请金融办接手")
    name = {"zh": "区金融办", "en": "Financial"}[language]
    page = open_page(people.department, "letters", language=language)
    links = [one.proto.label.replace("\\", "") for one in page.get("page_link")]
    line = next(label for label in links if first.number in label)
    assert name in line and second.number not in line
    page = open_page(people.department, "desk", language=language, case=first.id)
    assert words(page)
    shown = "\n".join(str(block.proto.body) for block in page.get("html"))
    assert first.title in shown and "请金融办接手" not in shown
    assert any(name in one.value for one in page.info)
    assert not [button for button in page.button if (button.key or "").startswith("submit-")]
    assert i18n.text("error.case_unknown", language) not in " ".join(one.value for one in page.info)


def test_the_former_body_is_shown_nothing_that_was_joined_to_the_case_later(store, people, open_page):
    case, own = (bring_to(store, people, "in_progress") for _ in range(2))
    take(store, people.staff, case, "dispatch", LATER, lead="finance_office", co=())
    take(store, people.staff, own, "merge", LATER + timedelta(hours=1), into=case.id)
    for reader, there in ((people.department, False), (people.other_department, False), (people.staff, True)):
        page = open_page(reader, "desk", case=case.id)
        assert words(page)
        shown = "\n".join(str(block.proto.body) for block in page.get("html"))
        assert case.title in shown and ("<dt>并入本件的</dt>" in shown) == there, reader.role
