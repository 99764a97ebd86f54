"""Handling letters: numbers without gaps, whose they are, what stands in the document."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import cast
from uuid import uuid4

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.styles.style import ParagraphStyle

from casework.documents import documents
from casework.documents.letterhead import set_letterhead
from casework.letters import letters
from casework.letters.letters import dispatch_with_letter, issue_letter, letter_due, rebuild
from db import events, sql
from db.cases import cases
from db.letters import letters as kept_letters
from db.refused import MovedOn, Refused
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.conftest import NOON
from tests.there import there

LATER = NOON + timedelta(hours=1)


def issue(store, people, case_ids, at=LATER, actor=None, **changes):
    given = {"letter_id": str(uuid4()), "lead": "economy_it", "copied": ("tax",)} | changes
    return issue_letter(store, actor=actor or people.staff, case_ids=case_ids, at=at, **given)


def words_of(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [p.text for p in document.paragraphs] + tables


def test_the_word_file_says_everything_that_a_letter_must(store, people):
    first = bring_to(store, people, "dispatched")
    second = bring_to(store, people, "dispatched", enterprise_id=people.firm.id, title="厂区道路<破损> & 积水")
    set_letterhead(store, actor=people.staff, issuer="", code="示范函", contact="专班办公室", at=NOON)
    letter, content = rebuild(store, actor=people.staff, letter_id=issue(store, people, [first.id, second.id]).id)
    said = "\n".join(words_of(content))
    for words in ("柯桥区政企面对面工作专班", "示范函〔2023〕1号", "云锦示范纺织有限公司", "区经信局："):
        assert words in said
    for case in (first, second):
        assert case.number in said and case.title in said and case.text in said
    assert "请于2023年12月11日前答复企业" in said and letter.answer_by == first.due_on == date(2023, 12, 11)
    assert "2023年11月30日" in said and "抄送：" in said and "（联系人：专班办公室）" in said
    assert "138****5678" in said and "13800005678" not in said and "{" not in said


def test_a_letter_says_which_holidays_and_make_up_workdays_its_deadline_counts(store, people):
    before_the_holiday = datetime(2023, 9, 27, 2, 0)
    case = bring_to(store, people, "dispatched", at=before_the_holiday)
    made = issue(store, people, [case.id], at=before_the_holiday + timedelta(hours=1))
    said = "\n".join(words_of(rebuild(store, actor=people.staff, letter_id=made.id)[1]))
    assert "遇法定节假日顺延（自2023年9月27日次日起算；9月29日至10月6日放假；10月7日、10月8日补班）。" in said
    later = bring_to(store, people, "dispatched")
    made = issue(store, people, [bring_to(store, people, "dispatched", at=before_the_holiday).id, later.id])
    said = "\n".join(words_of(rebuild(store, actor=people.staff, letter_id=made.id)[1]))
    assert "至2023年10月12日的，自2023年9月27日次日起算；" in said
    assert "至2023年12月11日的，自2023年11月30日次日起算）。" in said


def test_the_layout_is_that_of_an_official_letter(store, people):
    case = bring_to(store, people, "dispatched")
    _, content = rebuild(store, actor=people.staff, letter_id=issue(store, people, [case.id]).id)
    document = Document(io.BytesIO(content))
    page = document.sections[0]
    measured = [page.page_width, page.page_height, page.top_margin, page.bottom_margin, page.left_margin]
    assert [round(there(v).mm) for v in [*measured, page.right_margin]] == [210, 297, 37, 35, 28, 26]
    plain = cast(ParagraphStyle, document.styles["Normal"])
    assert plain.font.size == Pt(16)
    lines = {p.text: p for p in document.paragraphs}
    title = lines["反映事项的工作函"]
    mark = next(p for p in document.paragraphs if p.text == "柯桥区政企面对面工作专班")
    body = next(p for text, p in lines.items() if text.startswith("根据"))
    assert [east(p) for p in (mark, title, body)] == ["方正小标宋简体", "方正小标宋简体", "仿宋_GB2312"]
    assert [there(p.runs[0].font.size).pt for p in (title, body)] == [22, 16]
    assert str(mark.runs[0].font.color.rgb) == "FF0000"
    spacing = plain.paragraph_format.line_spacing
    assert round(cast(Length, spacing).pt * 22) in range(630, 639)  # 22 lines on 225 mm
    assert lines["2023年11月30日"].alignment == 2  # right
    assert "PAGE" in page.footer._element.xml and "PAGE" in page.even_page_footer._element.xml


def east(paragraph) -> str:
    return paragraph.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia"))


def test_thirty_letters_at_once_are_numbered_without_a_gap(store, people):
    dispatched = [bring_to(store, people, "dispatched") for _ in range(30)]
    with ThreadPoolExecutor(30) as pool:
        made = list(pool.map(lambda case: issue(store, people, [case.id]).number, dispatched))
    assert sorted(made) == list(range(1, 31))


def test_refused_letters_among_others_leave_no_gap(store, people):
    dispatched = [bring_to(store, people, "dispatched") for _ in range(8)]
    submitted = raise_case(store, people)

    def attempt(case):
        try:
            return issue(store, people, [case.id]).number
        except Refused:
            return None

    mixed = [case for one in dispatched for case in (one, submitted)]
    with ThreadPoolExecutor(16) as pool:
        made = [number for number in pool.map(attempt, mixed) if number]
    assert sorted(made) == list(range(1, 9))


def test_numbers_begin_again_with_the_year_in_shanghai(store, people):
    first, second = bring_to(store, people, "dispatched"), bring_to(store, people, "dispatched")
    assert issue(store, people, [first.id]).number == 1
    new_year = issue(store, people, [second.id], at=NOON.replace(month=12, day=31, hour=16))
    assert (new_year.year, new_year.number, new_year.issued_on) == (2024, 1, date(2024, 1, 1))


def test_a_second_try_gets_the_first_letter_and_writes_nothing(store, people):
    case, letter_id = bring_to(store, people, "dispatched"), str(uuid4())
    first = issue(store, people, [case.id], letter_id=letter_id)
    before = store.revision()
    assert issue(store, people, [case.id], letter_id=letter_id).number == first.number
    assert store.revision() == before


def test_a_letter_is_one_event_of_the_history(store, people):
    case = bring_to(store, people, "dispatched")
    before = store.revision()
    letter = issue(store, people, [case.id])
    (event,) = store.read(lambda con: events.of_subject(con, letter.id))
    assert store.revision() == before + 1 and (event["area"], event["kind"]) == ("letter", "issue")
    assert event["detail"]["cases"] == [case.number] and store.read(events.verify) == []


def test_a_letter_is_only_for_cases_that_its_department_leads(store, people):
    dispatched, submitted = bring_to(store, people, "dispatched"), raise_case(store, people)
    closed = bring_to(store, people, "closed")
    refused = [
        ([dispatched.id], {"lead": "finance_office"}, "letter_not_dispatched"),
        ([dispatched.id, submitted.id], {}, "letter_not_dispatched"),
        ([closed.id], {}, "letter_not_dispatched"),
        ([], {}, "letter_empty"),
        (["nobody's"], {}, "case_unknown"),
        ([dispatched.id], {"copied": ("nobody",)}, "body_unknown"),
        ([dispatched.id], {"copied": ("district_government",)}, "body_unknown"),
        ([dispatched.id], {"note": "字" * 301}, "too_long"),
    ]
    for case_ids, changes, code in refused:
        with pytest.raises(Refused, match=code):
            issue(store, people, case_ids, **changes)
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM letter")) == 0


def test_only_staff_issue_and_a_department_reads_what_is_addressed_or_copied_to_it(store, people):
    case = bring_to(store, people, "dispatched")
    for nobody in (people.enterprise, people.officer, people.department, people.town, people.leader, people.admin):
        with pytest.raises(Refused, match="forbidden"):
            issue(store, people, [case.id], actor=nobody)
        with pytest.raises(Refused, match="forbidden"):
            dispatch_with_letter(store, actor=nobody, letter_id="x", seen={}, lead="tax", copied=(), at=NOON)
    letter = issue(store, people, [case.id], copied=("finance_office",))
    assert rebuild(store, actor=people.department, letter_id=letter.id)[0].number == 1
    assert rebuild(store, actor=people.other_department, letter_id=letter.id)[0].number == 1
    other = issue(store, people, [bring_to(store, people, "dispatched").id], copied=())
    for nobody in (people.enterprise, people.officer, people.other_department, people.town, people.admin):
        with pytest.raises(Refused, match="letter_unknown"):
            rebuild(store, actor=nobody, letter_id=other.id)


def test_dispatch_and_letter_are_one_action_or_none(store, people):
    first, second = bring_to(store, people, "accepted"), bring_to(store, people, "accepted")
    seen = {first.id: first.seq, second.id: second.seq}
    asked = {"lead": "economy_it", "copied": ("tax",), "at": LATER, "letter_id": str(uuid4())}
    take(store, people.staff, second, "note")
    with pytest.raises(MovedOn):
        dispatch_with_letter(store, actor=people.staff, seen=seen, **asked)
    assert stands(store, first) == "accepted"
    seen[second.id] += 1
    letter = dispatch_with_letter(store, actor=people.staff, seen=seen, **asked)
    assert [stands(store, case) for case in (first, second)] == ["dispatched", "dispatched"]
    assert letter.number == 1 and len(letter.content["items"]) == 2
    assert dispatch_with_letter(store, actor=people.staff, seen=seen, **asked).number == 1  # a double click


def stands(store, case) -> str:
    return store.read(lambda con: cases.get(con, letters.ALL, case.id)).state


def test_a_case_has_one_letter_a_dispatch_and_a_correction_names_the_old_one(store, people):
    case = bring_to(store, people, "dispatched")
    first = issue(store, people, [case.id])
    with pytest.raises(Refused, match="letter_twice"):
        issue(store, people, [case.id])
    second = issue(store, people, [case.id], corrects=first.id)
    assert second.number == 2 and second.content["corrects"] == first.content["number"]
    assert f"本函替代{first.content['number']}" in "\n".join(
        words_of(rebuild(store, actor=people.staff, letter_id=second.id)[1])
    )
    with pytest.raises(Refused, match="letter_replaced"):
        issue(store, people, [case.id], corrects=first.id)
    assert store.read(lambda con: kept_letters.get(con, letters.ALL, first.id)).replaced_by == second.id


def test_a_case_sent_to_another_department_waits_for_a_new_letter(store, people):
    case = bring_to(store, people, "dispatched")
    assert waiting(store) == [case.id]
    issue(store, people, [case.id])
    assert waiting(store) == []
    take(store, people.staff, case, "dispatch", LATER + timedelta(hours=1), lead="finance_office", co=())
    assert waiting(store) == [case.id]
    assert issue(store, people, [case.id], lead="finance_office", at=LATER + timedelta(hours=2)).number == 2


def waiting(store) -> list[str]:
    return [line.id for line in store.read(lambda con: kept_letters.waiting(con, letters.ALL))]


def test_a_letter_is_made_again_exactly_though_case_template_and_head_changed(store, people):
    case = bring_to(store, people, "dispatched")
    letter = issue(store, people, [case.id])
    before = rebuild(store, actor=people.staff, letter_id=letter.id)[1]
    take(store, people.staff, case, "note")
    set_letterhead(store, actor=people.staff, issuer="另一个单位", code="另函", contact="", at=LATER)
    own = documents.fill(documents.built_in("letter"), {**documents.sample_facts("letter"), "n": 1})
    assert own != before
    assert rebuild(store, actor=people.staff, letter_id=letter.id)[1] == before


def test_the_letter_is_due_three_working_days_after_acceptance(store, people):
    case = bring_to(store, people, "accepted", at=NOON.replace(month=9, day=28))
    assert letter_due(there(case.accepted_at)).day == case.due_on == date(2023, 10, 9)


def test_of_two_cases_in_a_letter_the_one_that_went_elsewhere_waits_for_another(store, people):
    here, elsewhere = bring_to(store, people, "dispatched"), bring_to(store, people, "dispatched")
    issue(store, people, [here.id, elsewhere.id])
    take(store, people.staff, elsewhere, "dispatch", LATER + timedelta(hours=1), lead="finance_office", co=())
    assert waiting(store) == [elsewhere.id]
