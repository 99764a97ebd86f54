"""A form that is empty or wrong: all that is wrong with it is said at once, in its order, and nothing is written."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from access import erasing
from access.admin import Belonging, add_account, change_account
from access.reference_lists import ReferenceEntry, add_item, change_item
from casework import policies
from casework.cases.act import Given, act
from casework.cases.set_words import Wording, save_words
from casework.cases.standing_in import name_stand_in
from casework.conduct import ToldForm, VisitForm, WordForm, record_visit, tell_visit
from casework.forum_day import forum_day, forum_wall
from casework.forum_day.forum_day import Spoken
from casework.forums.agenda import add_items
from casework.forums.attendance import NewPerson, add_attendance
from casework.forums.forums import ForumPlan, SpotIssue, plan_forum, raise_at_forum
from casework.guidance.guidance import GuidanceForm, publish_guidance
from casework.letters.letters import dispatch_with_letter, issue_letter
from casework.meetings.meetings import DecisionForm, MeetingForm, decide, hold_meeting
from casework.plans.green_channel import GreenForm, ask_green_channel
from casework.plans.plans import PlanForm, StepForm, add_step, do_step, open_plan, postpone_step
from casework.policies import PolicyForm
from db import references
from db.people import accounts
from db.refused import Refused, SeveralRefused
from db.survey.samples import Stratum
from intake.indicators.breaks import mark_break
from intake.indicators.new_series import NewIndicator, add_indicator
from intake.waves.groups import GroupForm, save_group
from intake.waves.quotas import shared
from intake.waves.running import WaveForm, open_wave
from intake.waves.samples import Design
from tests.casework.cases.steps import TODAY, bring_to
from tests.conftest import NOON
from tests.there import there

NEVER = date.max
LONG = "长" * 4001


def account(store, people):
    kept = there(store.read(lambda con: accounts.by_id(con, people.officer.id)))
    change_account(store, actor=people.admin, account_id=kept.id, name="=1", role="town", place=Belonging(),
                   seen=kept.seq, at=NOON)  # fmt: skip


def new_account(role):
    return lambda store, people: add_account(store, actor=people.admin, account_id="new", login="好", name=" ",
                                             role=role, place=Belonging(), at=NOON)  # fmt: skip


def reference(store, people):
    add_item(store, actor=people.admin, list_name="body", code="不", entry=ReferenceEntry("", "Body"), at=NOON)


def known_reference(store, people):
    entry = replace(ReferenceEntry("镇", ""), kind="moon")
    code = store.read(lambda con: references.items(con, "town"))[0].code
    change_item(store, actor=people.admin, list_name="town", code=code, entry=entry, seen=1, at=NOON)


def visit(store, people):
    form = VisitForm(NEVER, "", None, "长" * 301)
    record_visit(store, actor=people.officer, visit_id="v", enterprise_id=people.firm.id, form=form, at=NOON)


def told(store, people):
    tell_visit(store, actor=people.enterprise, visit_id="v", told=ToldForm(NEVER, "", ""), form=WordForm(None, ""),
               at=NOON)  # fmt: skip


def forum(store, people):
    plan_forum(store, actor=people.staff, forum_id="f", plan=ForumPlan("", "", None, None, "", "", "", "", ""), at=NOON)


def guest(store, people):
    host = ("district_committee", "party_secretary")
    whole = ForumPlan("用工", "Labour", None, TODAY, "厅", "Hall", "many_to_many", *host)
    plan_forum(store, actor=people.staff, forum_id="f", plan=whole, at=NOON)
    person = NewPerson(name="", kind="entrepreneur", country="")
    add_attendance(store, actor=people.staff, forum_id="f", attendance_id="a", person=person, at=NOON)


def meeting(store, people):
    form = MeetingForm("", NEVER, "", "", "", (), "", (), "长" * 8001)
    hold_meeting(store, actor=people.staff, meeting_id="m", form=form, at=NOON)


def decision(store, people):
    case = bring_to(store, people, "in_progress")
    form = MeetingForm("small", TODAY, "厅", "主持", "供电", ("economy_it",), "", (case.number,), "")
    hold_meeting(store, actor=people.staff, meeting_id="m", form=form, at=NOON)
    decide(store, actor=people.staff, meeting_id="m", decision_id="d", form=DecisionForm("", "", "", None), seen=1,
           at=NOON)  # fmt: skip


def guide(store, people):
    form = GuidanceForm("", "", "", "", "", "", "", "", NEVER)
    publish_guidance(store, actor=people.staff, guidance_id="g", policy_id=None, form=form, confirmed=False, at=NOON)


def policy(store, people):
    policies.add_policy(store, actor=people.staff, policy_id="p", form=PolicyForm("", "", "", None), at=NOON)


def plan(store, people):
    case = bring_to(store, people, "in_progress")
    open_plan(store, actor=people.staff, plan_id="p", case_id=case.id, form=PlanForm((), "", "", "nobody"), at=NOON)


def opened(store, people):
    case = bring_to(store, people, "in_progress")
    form = PlanForm(("departments",), "送电", "economy_it", None)
    return open_plan(store, actor=people.staff, plan_id="p", case_id=case.id, form=form, at=NOON)


def plan_step(store, people):
    opened(store, people)
    add_step(store, actor=people.staff, plan_id="p", step_id="s", form=StepForm("", "", None), seen=1, at=NOON)


def step_done(store, people):
    opened(store, people)
    form = StepForm("立杆", "economy_it", TODAY)
    after = add_step(store, actor=people.staff, plan_id="p", step_id="s", form=form, seen=1, at=NOON)
    do_step(store, actor=people.staff, plan_id="p", step_id="s", done_on=NEVER, outcome="", seen=after.seq, at=NOON)


def step_later(store, people):
    opened(store, people)
    form = StepForm("立杆", "economy_it", TODAY)
    after = add_step(store, actor=people.staff, plan_id="p", step_id="s", form=form, seen=1, at=NOON)
    postpone_step(store, actor=people.staff, plan_id="p", step_id="s", until=None, reason="", seen=after.seq, at=NOON)


def green(store, people):
    case = bring_to(store, people, "in_progress")
    ask_green_channel(store, actor=people.staff, channel_id="g", case_id=case.id, form=GreenForm("", "", 0), at=NOON)


def stand_in(store, people):
    name_stand_in(store, actor=people.officer, stand_in_id=None, since=TODAY, until=None, at=NOON)


def whole_forum(store, people):
    host = ("district_committee", "party_secretary")
    plan = ForumPlan("用工", "Labour", None, TODAY, "厅", "Hall", "many_to_many", *host)
    return plan_forum(store, actor=people.staff, forum_id="f", plan=plan, at=NOON)


def spot(store, people):
    whole_forum(store, people)
    issue = SpotIssue("", "", "", "", "", "committed", "", "")
    raise_at_forum(store, actor=people.staff, forum_id="f", case_id="c", issue=issue, language="zh", at=NOON)


def said_at_table(store, people):
    whole_forum(store, people)
    case = bring_to(store, people, "submitted")
    (item,) = add_items(store, actor=people.staff, forum_id="f", case_ids=[case.id], at=NOON)
    forum_day.record(store, actor=people.staff, item_id=item.id, seen=item.seq, at=NOON,
                     spoken=Spoken("committed", "nobody", None, "长" * 200, ""))  # fmt: skip


def arrival(store, people):
    whole_forum(store, people)
    link = forum_wall.hang(store, actor=people.staff, forum_id="f", at=NOON)
    forum_wall.arrive(store, token=link.token, name="", organisation=" ", country="", address="a", at=NOON)


def letter_of_batch(store, people):
    dispatch_with_letter(store, actor=people.staff, letter_id="l", seen={}, lead="", copied=["nobody"], at=NOON,
                         note="长" * 301)  # fmt: skip


def letter(store, people):
    issue_letter(store, actor=people.staff, letter_id="l", case_ids=[], lead="tax", copied=["nobody"], at=NOON,
                 note="长" * 301)  # fmt: skip


def quotas(_store, _people):
    strata = [Stratum("small|textile", 9, 9, 3, 0), Stratum("small|trade", 9, 9, 3, 0)]
    shared(strata, {"small|textile": 10, "size:small": 19})


def series_break(store, people):
    mark_break(store, actor=people.staff, code="exports", starts_on=None, kind="scope", note="", at=NOON)


def series(store, people):
    new = NewIndicator("=1", "", "户", "month", "none", "none", has_level=False)
    add_indicator(store, actor=people.staff, new=new, at=NOON)


def group(store, people):
    save_group(store, actor=people.staff, list_name="sector", code=None, form=GroupForm("=1", "", ()), seen=1, at=NOON)


def group_of_all(store, people):
    form = GroupForm("", "x", ("F",))
    save_group(store, actor=people.staff, list_name="sector", code=None, form=form, seen=1, at=NOON)


def erased(store, people):
    own = people.accounts.admin.login
    erasing.erase(store, actor=people.admin, path=store.path, kind="account", key=own, typed="", reason="",
                  forget=False, at=NOON)  # fmt: skip


def wave(store, people):
    design = Design("stratified", size=0, minimum=0, seed=" ", target_rate=0)
    form = WaveForm("", "", "none", 1, TODAY, TODAY - timedelta(1), design)
    open_wave(store, actor=people.staff, wave_id="w", form=form, at=NOON)


def desk(state, action, by="staff", **given):
    """The same on a case in this state."""

    def done(store, people):
        case = bring_to(store, people, state)
        act(store, actor=getattr(people, by), case_id=case.id, action=action, seen=case.seq, at=NOON,
            given=Given(**given))  # fmt: skip

    done.__name__ = "_".join((action, by, *given))
    return done


def set_words(store, people):
    save_words(store, actor=people.department, wording=Wording(" ", "", "{x}"), at=NOON)


# what is sent → all that is wrong with it
SENT = {
    new_account(""): ["login_invalid", "name_missing", "role_unknown"],
    new_account("town"): ["login_invalid", "name_missing", "place_missing"],
    account: ["name_formula", "place_missing"],
    reference: ["code_invalid", "names_missing", "kind_unknown"],
    known_reference: ["names_missing", "kind_unknown"],
    visit: ["visit_day", "visit_place", "visit_asked", "too_long"],
    told: ["visit_body", "visit_day", "visit_place", "visit_felt", "visit_asked"],
    forum: ["forum_names", "forum_date", "forum_format", "forum_host"],
    guest: ["person_name", "person_place", "person_country"],
    meeting: ["meeting_kind", "meeting_day", "meeting_words", "meeting_cases", "meeting_bodies", "too_long"],
    decision: ["decision_case", "plan_words", "body_unknown", "decision_day"],
    guide: ["guidance_language", "guidance_about", "guidance_day", "guidance_cases", "guidance_confirm"],
    policy: ["policy_titles", "policy_body", "policy_day"],
    plan: ["plan_reasons", "plan_goal", "body_unknown", "leader_unknown"],
    plan_step: ["step_title", "body_unknown", "step_day"],
    step_done: ["done_day", "plan_words"],
    step_later: ["step_not_later", "plan_words"],
    green: ["green_basis", "green_days"],
    stand_in: ["stand_in_unknown", "stand_in_dates"],
    spot: ["spot_enterprise", "spot_title", "issue_kind", "issue_category", "needs_promised_on", "needs_spot_words",
           "needs_lead"],
    said_at_table: ["needs_promised_on", "needs_spot_words", "too_long", "body_unknown"],
    arrival: ["person_name", "arrival_place", "person_country"],
    letter_of_batch: ["letter_empty", "needs_lead", "body_unknown", "too_long"],
    letter: ["letter_empty", "body_unknown", "too_long"],
    series_break: ["break_day", "break_note"],
    series: ["name_formula", "indicator_names", "indicator_growth_unit"],
    group: ["name_formula", "group_names", "group_members"],
    group_of_all: ["group_names", "group_emptied"],
    quotas: ["quota_range", "quota_twice", "quota_range"],
    erased: ["erase_oneself", "erase_reason", "erase_typed"],
    wave: ["wave_questionnaire", "wave_title", "wave_days", "sample_rate", "sample_size", "sample_minimum",
           "sample_seed"],
    desk("accepted", "dispatch", leader_id="nobody"): ["needs_lead", "leader_unknown"],
    desk("accepted", "dispatch", lead="nobody", leader_id="nobody", note=LONG): ["body_unknown", "leader_unknown",
                                                                                   "too_long"],
    desk("objected", "dispatch", lead="economy_it", co=("nobody",)): ["body_unknown", "objection_same_body"],
    desk("in_progress", "answer", by="department"): ["needs_answer_kind", "needs_text"],
    desk("in_progress", "answer", by="department", answer_kind="committed"): ["needs_promised_on", "needs_text"],
    desk("committed", "answer", answer_kind="committed", promised_on=TODAY, text=LONG): ["second_promise", "too_long"],
    desk("committed", "ask_extension", by="department"): ["needs_extended_on", "needs_reason"],
    desk("committed", "ask_extension", extended_on=TODAY): ["extension_not_later", "needs_reason"],
    desk("accepted", "suspend", review_on=TODAY): ["review_not_later", "needs_reason"],
    desk("accepted", "merge", note=LONG): ["needs_into", "too_long"],
    desk("accepted", "correct", kind="x", category="x", sector_code="C", town_code="1", title=LONG): [
        "issue_kind", "issue_category", "issue_sector", "issue_town", "issue_title_too_long", "needs_reason"],
    desk("accepted", "correct"): ["nothing_corrected", "needs_reason"],
    desk("dispatched", "object", by="department"): ["needs_better", "needs_reason"],
    desk("accepted", "confide", readers=("nobody",)): ["reader_unknown", "needs_reason"],
    desk("accepted", "instruct", by="leader"): ["needs_answer_by", "needs_text"],
    desk("accepted", "assign", holder="nobody", note=LONG): ["holder_unknown", "too_long"],
    desk("in_progress", "reminder_call", spoken_to="nobody"): ["needs_result", "body_unknown"],
    desk("in_progress", "monthly_check", result="better", note=LONG): ["needs_result", "too_long"],
    desk("awaiting", "close", by="enterprise", rating="x", reason=LONG): ["needs_rating", "too_long"],
    set_words: ["words_title", "needs_text", "words_field"],
}  # fmt: skip


@pytest.mark.parametrize("send", SENT, ids=lambda one: one.__name__)
def test_all_that_is_wrong_with_a_form_is_said_at_once(store, people, send):
    with pytest.raises(SeveralRefused) as refused:
        send(store, people)
    assert [one.code for one in refused.value.each] == SENT[send]
    assert refused.value.code == SENT[send][0]


def test_where_one_thing_is_wrong_it_is_all_that_is_said(store, people):
    before, known = store.revision(), there(store.read(lambda con: accounts.by_id(con, people.staff.id)))
    with pytest.raises(Refused, match="login_taken") as refused:
        add_account(store, actor=people.admin, account_id="new", login=known.login, name="新人", role="staff",
                    place=Belonging(), at=NOON)  # fmt: skip
    assert list(refused.value.each) == [refused.value]
    assert store.revision() == before
