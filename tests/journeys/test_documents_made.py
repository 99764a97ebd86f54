"""Every Word document that leaves the house, read whole: no mark is left in it, and nothing that it does not show."""

import io
import re
import zipfile
from datetime import date
from uuid import uuid4

import pytest

from casework.briefings import briefing
from casework.briefings import to_word as briefing_paper
from casework.documents.code_picture import code_of
from casework.forum_day.minutes import minutes
from casework.forums.agenda_paper import agenda_paper
from casework.letters.letters import issue_letter, rebuild
from casework.meetings.meeting_minutes import meeting_minutes
from insight.drawing.charts import CodeNames
from insight.survey.report import report
from insight.survey.report_files import to_word
from insight.survey.report_words import Speech
from insight.survey.wave_numbers import read_numbers
from intake.paper import sheets
from intake.waves import inviting
from intake.waves import running as waves
from tests.casework.cases.steps import bring_to
from tests.casework.forum_day.test_minutes import held_forum, raise_one
from tests.casework.meetings.test_meetings import hold
from tests.casework.test_briefings import END, SINCE, UNTIL
from tests.conftest import NOON
from tests.insight.survey.test_attack import wave_of
from tests.insight.world import noon
from tests.intake.survey.test_survey import a_form
from tests.there import there

# Marks of our own, fields of a template, and what the libraries write where nobody wrote anything.
LEFT_OVER = re.compile(r"@@|\{[{%#]|[}%#]\}|\bNone\b|\bUndefined\b|python-docx|Lorem|TODO")


def letter(store, people):
    case = bring_to(store, people, "dispatched")
    made = issue_letter(store, actor=people.staff, case_ids=[case.id], at=NOON, letter_id="l1", lead="economy_it",
                        copied=())  # fmt: skip
    return rebuild(store, actor=people.staff, letter_id=made.id)[1]


def briefing_of_the_month(store, people):
    bring_to(store, people, "dispatched")
    found = briefing(store, actor=people.staff, since=SINCE, until=UNTIL, language="zh", at=END)
    return briefing_paper(store, found, at=END)


def minutes_of_a_forum(store, people):
    forum = held_forum(store, people)
    raise_one(store, people, forum)
    return minutes(store, actor=people.staff, forum_id=forum.id)


def agenda_of_a_forum(store, people):
    return agenda_paper(store, actor=people.staff, forum_id=held_forum(store, people).id)


def minutes_of_a_meeting(store, people):
    hold(store, people.staff, bring_to(store, people, "in_progress").number, held_on=date(2023, 11, 20))
    return meeting_minutes(store, actor=people.staff, meeting_id="m1")[1]


def survey_report(store, people):
    wave = wave_of(store, 7)
    found = store.read(lambda con: report(read_numbers(con, wave), None))
    return to_word(found, Speech("zh", CodeNames()), issuer="专班", at=noon("2024-01-01"))


def sheets_of_a_wave(store, people):
    head, links = _printed(store, people)
    return sheets.sheets(head, links, _address)


def _address(link):
    return f"https://f2f.example/i/{link.token}"


def _printed(store, people):
    wave = waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=a_form(), at=NOON)
    ids = [firm.id for firm in inviting.still_silent(store, actor=people.staff, wave_id=wave.id)]
    links = inviting.invite(store, actor=people.staff, wave_id=wave.id, enterprise_ids=ids, at=NOON)
    asked = waves.questionnaire_of(store, actor=people.staff, wave_id=wave.id)
    return sheets.Letterhead("柯桥区", wave, asked, "zh"), links


DOCUMENTS = (letter, briefing_of_the_month, minutes_of_a_forum, agenda_of_a_forum, minutes_of_a_meeting,
             survey_report, sheets_of_a_wave)  # fmt: skip


@pytest.mark.parametrize("made", DOCUMENTS, ids=lambda made: made.__name__)
def test_no_mark_is_left_in_a_document_and_every_picture_in_it_is_shown(store, people, made):
    with zipfile.ZipFile(io.BytesIO(made(store, people))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    words = {name: re.sub(r"<[^>]+>", "", part.decode()) for name, part in parts.items() if name.endswith(".xml")}
    assert {name: LEFT_OVER.findall(said) for name, said in words.items() if LEFT_OVER.search(said)} == {}
    drawn = parts["word/document.xml"].decode()
    related = parts["word/_rels/document.xml.rels"].decode()
    shown = {id for id in re.findall(r'r:embed="(\w+)"', drawn)}
    media = {name.removeprefix("word/") for name in parts if name.startswith("word/media/")}
    relations = [(_of(one, "Id"), _of(one, "Target")) for one in re.findall(r"<Relationship [^>]+>", related)]
    assert {target for id, target in relations if id in shown} == media
    assert {id for id, target in relations if target in media} == shown


def _of(relation, attribute):
    return there(re.search(rf'{attribute}="([^"]*)"', relation))[1]


def test_every_code_on_the_sheets_is_the_link_of_an_invited_enterprise(store, people):
    head, links = _printed(store, people)
    with zipfile.ZipFile(io.BytesIO(sheets.sheets(head, links, _address))) as file:
        pictures = [file.read(name) for name in file.namelist() if name.startswith("word/media/")]
    assert sorted(pictures) == sorted(code_of(_address(link)) for link in links)
