"""Whatever is changed behind the history is found: in every table that events speak of."""

from dataclasses import replace
from datetime import timedelta

import pytest

from access import entrance
from casework.policies import PolicyForm, add_policy, link_cases
from db import sql
from db.system import integrity
from db.system.records import RECORDS
from db.system.seals import SEALS
from intake.beneficiaries import import_beneficiaries
from intake.indicators.importing import import_indicators
from intake.waves.separating import separate_due
from tests.casework import test_conduct as conduct
from tests.casework.cases.steps import TODAY, bring_to, take
from tests.casework.guidance.test_guidance import FORM, publish
from tests.casework.letters.test_letters import issue
from tests.casework.meetings import test_meetings as meetings
from tests.casework.plans import test_green_channel as channels
from tests.casework.plans import test_plans as plans
from tests.conftest import NOON, make_account
from tests.intake.indicators.test_indicators import upload as indicators
from tests.intake.survey.test_survey import a_form, invite, submit, waves
from tests.intake.test_beneficiaries import code_of, upload
from tests.there import there

# What somebody with the file in hand may do to it, by name: with what `verify` says of it.
# The first thirteen are those of the issue.
CHANGES = {
    "cases deleted": ("gone cases", "DELETE FROM cases WHERE state = 'closed'"),
    "responses deleted": ("content answers of wave", "DELETE FROM response"),
    "answers deleted": ("content answers of wave", "DELETE FROM answer WHERE item = 'P1'"),
    "sealed answers deleted": ("content participation", "DELETE FROM ballot"),
    "who answered deleted": ("gone participation", "DELETE FROM participation WHERE wave_id = 'w2'"),
    "letters deleted": ("gone letter", "DELETE FROM letter"),
    "beneficiaries deleted": ("content policy_beneficiary", "DELETE FROM policy_beneficiary WHERE uscc LIKE '%00001%'"),
    "answers changed": ("content answers of wave", "UPDATE answer SET value = 100 WHERE value < 100"),
    "ratings changed": (": rating", "UPDATE cases SET rating = 'neutral' WHERE rating IS NOT NULL"),
    "promises changed": (": promised_on", "UPDATE cases SET promised_on = promised_on + 30"),
    "states changed": ("state cases", "UPDATE cases SET state = 'closed' WHERE state = 'committed'"),
    "outcomes of visits changed": ("content follow_up", "UPDATE follow_up SET outcome = 'same'"),
    "observations doubled": ("content observation", "UPDATE observation SET value = 2 * value"),
    "the last events cut": ("version", "DELETE FROM event WHERE n > (SELECT max(n) - 4 FROM event)"),
    "titles changed": ("content cases", "UPDATE cases SET title = title || '（已解决）'"),
    "an answer's words changed": ("content answer",
        "UPDATE cases SET answer_text = '早已' WHERE rating IS NOT NULL"),
    "another past": (": case_past", "UPDATE case_past SET lead_body = 'tax' WHERE lead_body = 'economy_it'"),
    "a case of nobody": ("untold cases", 
        "AGAIN cases id=x number=x"),
    "a visit of nobody": ("content follow_up", "AGAIN follow_up id=x"),
    "visits deleted": ("content follow_up", "DELETE FROM follow_up"),
    "an answer of nobody": ("untold participation",
        "AGAIN participation id=x number=999"),
    "beneficiaries added": (
        "content policy_beneficiary", 
        "AGAIN policy_beneficiary uscc=x"
    ),
    "a case taken from a policy": ("content policy_beneficiary", "DELETE FROM policy_case"),
    "observations deleted": ("content observation", "DELETE FROM observation"),
    "a letter's words changed": ("content letter", "UPDATE letter SET content = replace(content, '停电', '来电')"),
    "a letter's case taken out": ("content letter", "DELETE FROM letter_case"),
    "a step put off": ("content plan_step", "UPDATE plan_step SET due_on = due_on + 7"),
    "a plan's goal changed": ("content case_plan", "UPDATE case_plan SET goal = '已经解决'"),
    "plans deleted": ("gone case_plan", "DELETE FROM case_plan"),
    "a channel granted": ("state green_channel", "UPDATE green_channel SET state = 'granted'"),
    "a decision's words changed": ("content meeting_decision", "UPDATE meeting_decision SET words = '无'"),
    "minutes changed": ("content meeting", "UPDATE meeting SET minutes = '无'"),
    "meetings deleted": ("gone meeting", "DELETE FROM meeting"),
    "a policy's day changed": ("content policy", "UPDATE policy SET issued_on = issued_on - 30"),
    "guidance changed": ("content guidance", "UPDATE guidance SET text_zh = '早已'"),
    "a case of guidance added": ("content guidance_case", "AGAIN guidance_case case_id=x"),
    "what an enterprise says of a visit changed": ("content visit", "UPDATE visit SET felt = 'useful'"),
    "visits of officers deleted": ("gone visit", "DELETE FROM visit"),
    "waves deleted": ("gone wave", "DELETE FROM wave"),
    "a role changed": ("content account", "UPDATE account SET role = 'admin' WHERE role = 'enterprise'"),
    "an account deleted": ("gone account", "DELETE FROM account WHERE role = 'leader'"),
}  # fmt: skip
# Tables of which no event speaks, or of which `verify` says nothing yet, each with the reason.
OTHERWISE = {
    **dict.fromkeys(["session", "sign_in", "reset_link", "second_factor", "address_key", "draft", "setting",
                     "outbox", "inbox", "inbox_looked", "contact", "leaf_reader",
                     "leaf_week", "threshold", "follow_code", "invitation", "open_link", "forum_link", "forum_clerk",
                     "forum_sign_in", "wave_reminder", "form_use", "suggestion", "draft_file", "saved_view",
                     "set_words", "stand_in", "file_erased"],
                    "what comes and goes, and says nothing of what was done"),
    **dict.fromkeys(["event", "event_key", "migration", "workday"], "the history itself, and what is made anew"),
    **dict.fromkeys(["case_past", "case_body"], "derived from the events: rebuild.compare"),
    **dict.fromkeys(["response", "answer", "comment"], "in the digest of their wave"),
    **dict.fromkeys(["ballot", "paper_form"], "in the digest of who took part"),
    **dict.fromkeys(["own_copy", "wave_doubt"], "opens by its holder's code alone; counts of what is gone"),
    **dict.fromkeys(["letter_case", "letter_copy", "policy_case", "indicator_target", "hotline_line"], "in a seal"),
    **dict.fromkeys(["meeting_body", "meeting_case"], "in the detail of the meeting's event, as a list: not compared"),
    **dict.fromkeys(["attendance", "agenda_item", "forum_invitee", "forum_finish", "theme_choice", "index_weight_set"],
                    "the forum's events count them, without names, so that those can be erased"),
    "citation": "citations.altered",
    "minutes_file": "tests/casework/test_minutes_files.py",
    "attachment": "has its own digest beside it; with an answer or a note tests/casework/cases/test_files.py",
    **dict.fromkeys(["indicator", "indicator_name", "series_break", "questionnaire", "questionnaire_item",
                     "comment_release",
                     "sample_unit", "sample_quota", "counted_frame", "sample_group", "survey_import",
                     "published_result",
                     "document_template", "public_figure", "chart_note"],
                    "what was set up: not compared"),
}  # fmt: skip


@pytest.fixture
def lived(store, people):
    """A store in which everything happened once, by the verbs of people."""
    bring_to(store, people, "closed")
    visited = bring_to(store, people, "closed", title="回访的事项")
    colleague = entrance.actor_of(make_account(store, "staff", None))
    take(store, colleague, visited, "return_visit", NOON + timedelta(hours=2))
    bring_to(store, people, "committed")
    issue(store, people, [bring_to(store, people, "dispatched").id])
    linked = bring_to(store, people, "awaiting")
    form = PolicyForm("用电保障办法", "Securing power", "economy_it", TODAY - timedelta(days=90))
    policy = add_policy(store, actor=people.staff, policy_id="p1", form=form, at=NOON)
    link_cases(store, actor=people.staff, policy_id="p1", numbers=[linked.number], seen=policy.seq, at=NOON)
    publish(store, people.staff, linked, form=replace(FORM, title_zh="计划检修去哪里查"))  # no word of a case
    conduct.record(store, people)
    conduct.say(store, people.enterprise)
    rows = [f"{code_of(n)},2023-10-01" for n in range(1, 4)]
    import_beneficiaries(store, actor=people.staff, policy_id="p1", upload=upload(*rows), at=NOON)
    month = "出口,2023年10月,亿元,120.5,3.1,2023-11-20,区统计局"
    assert import_indicators(store, actor=people.staff, upload=indicators(month), at=NOON).written
    for wave_id in ("w1", "w2"):
        wave = waves.open_wave(store, actor=people.staff, wave_id=wave_id, form=a_form(), at=NOON)
        submit(store, invite(store, people, wave, people.firm), wave)
    late = NOON + timedelta(days=4)
    waves.close_wave(store, actor=people.staff, wave_id="w2", seen=1, keyed=True, at=late)
    separate_due(store, late)
    plans.step(store, people, plans.make(store, people))
    channels.ask(store, people, bring_to(store, people, "dispatched"))
    decided = bring_to(store, people, "in_progress")
    meetings.decided(store, people, meetings.hold(store, people.staff, decided.number), decided)
    return store


class Undone(Exception):
    """Nothing of it stays."""


def changed(con, change: str) -> int:
    """How many rows. `AGAIN table column=value`: one more of a table's rows, but for these."""
    again, table, *other = change.split()
    if again != "AGAIN":
        return sql.scalar(con, change)
    row = sql.one(con, f"SELECT * FROM {table} LIMIT 1")  # noqa: S608
    sql.insert(con, table, there(row) | dict(one.split("=") for one in other))
    return 1


def found_after(store, *changes: str) -> str:
    """What `verify` says of a store to which this was done, which is as it was afterwards."""
    found: list[str] = []

    def done(con):
        for change in changes:
            assert changed(con, change) > 0, f"{change} changes nothing"
        found.extend(f"{one.reason} {one.record}\n" for one in integrity.verify(con))
        raise Undone

    with pytest.raises(Undone):
        store.write(done)
    return "".join(found)


def in_rounds():
    """Those that touch a table of their own at once: a verification of each would take a minute."""
    rounds: list[dict[str, str]] = []
    for name, (_, change) in CHANGES.items():
        touched = next(word for word in change.split() if word.islower())
        free = [
            one for one in rounds if touched not in one.values() and touched != "event" and "event" not in one.values()
        ]
        if not free:
            rounds.append({})
            free = rounds[-1:]
        free[0][name] = touched
    return rounds


def test_each_change_behind_the_history_is_found(lived):
    assert lived.read(integrity.verify) == []
    unseen = []
    for names in in_rounds():
        told = found_after(lived, *(CHANGES[name][1] for name in names))
        unseen += [name for name in names if CHANGES[name][0] not in told]
    assert unseen == [] and lived.read(integrity.verify) == []


def test_every_table_is_held_against_the_history_or_says_why_not(store):
    tables = store.read(sql.tables)
    held = (
        {record.table for record in RECORDS}
        | {seal.name for seal in SEALS}
        | {"follow_up", "case_reader", "case_holder", "guidance_case"}
    )
    assert tables - held - set(OTHERWISE) == set(), "a decision is missing"
    assert set(OTHERWISE) - tables == set() and held & set(OTHERWISE) == set()
