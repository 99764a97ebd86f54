"""Verbs outside the lifecycle, called by hand as every role: who may not is refused, and nothing is written."""

import inspect
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

import casework
from access.roles import ROLES
from casework import briefings, policies
from casework.cases import perfunctory, supervision
from casework.cases.act import Given
from casework.cases.set_words import Wording
from casework.conduct import ToldForm, VisitForm, WordForm
from casework.documents import letterhead
from casework.forum_day.forum_day import Spoken
from casework.forums.agenda import Matter
from casework.forums.attendance import NewPerson
from casework.forums.forums import ForumPlan, SpotIssue
from casework.forums.theme_choices import Grounds
from casework.guidance.guidance import GuidanceForm
from casework.letters import letters
from casework.meetings.meetings import DecisionForm, MeetingForm
from casework.plans.green_channel import GreenForm
from casework.plans.plans import PlanForm, StepForm
from casework.policies import PolicyForm
from casework.similar.linear import Likely
from db.refused import Refused
from tests.access.enumerated import verbs
from tests.casework.cases.steps import PROMISE, TODAY, bring_to, take
from tests.conftest import NOON

VISIT, WORD = VisitForm(TODAY, "phone", True), WordForm(True, "useful")
TOLD = ToldForm(TODAY, "economy_it", "phone")
GUIDE = GuidanceForm("词", "", "", "", "词", "", "tax", "tax", date(2023, 11, 1), ("2023-0001",))
FORM = PolicyForm("专项政策", "Special policy", "economy_it", date(2023, 11, 1))


def dispatched_letter(store, people, actor):
    case = bring_to(store, people, "accepted")
    return lambda: letters.dispatch_with_letter(store, actor=actor, letter_id=str(uuid4()), seen={case.id: case.seq},
                                                lead="tax", copied=(), at=NOON)  # fmt: skip


def letter(store, people, actor):
    case = bring_to(store, people, "dispatched")
    return lambda: letters.issue_letter(store, actor=actor, letter_id=str(uuid4()), case_ids=[case.id],
                                        lead="economy_it", copied=(), at=NOON)  # fmt: skip


def sender(store, people, actor):
    return lambda: letterhead.set_letterhead(store, actor=actor, issuer="专班", code="函", contact="", at=NOON)


def step(state, action):
    def prepared(store, people, actor):
        case = bring_to(store, people, "committed" if state == "asked" else state)
        if state == "asked":
            case = take(store, people.department, case, "ask_extension")
        return lambda: take(store, actor, case, action)

    return prepared


def return_visit(store, people, actor):
    """By somebody other than the handler: here another hand of the same role."""
    case = bring_to(store, people, "reopened")
    return lambda: take(store, replace(actor, id="another"), case, "return_visit")


def policy(store, people, actor):
    return lambda: policies.add_policy(store, actor=actor, policy_id=str(uuid4()), form=FORM, at=NOON)


def work_list(store, people, actor):
    return lambda: supervision.work_of_the_day(store, actor=actor, today=TODAY)


def officers(store, people, actor):
    return lambda: supervision.officers(store, actor=actor, words="", page=1, size=5, today=TODAY)


def doubts(store, people, actor):
    return lambda: perfunctory.perfunctory_answers(store, actor=actor)


def briefing(store, people, actor):
    return lambda: briefings.briefing(store, actor=actor, since=date(2023, 11, 1), until=TODAY, language="zh", at=NOON)


# verb → the roles that may, of people who have to do with the case
MAY = {
    dispatched_letter: {"staff"},
    letter: {"staff"},
    sender: {"staff"},
    step("committed", "ask_extension"): {"staff", "department"},
    step("asked", "grant_extension"): {"staff", "leader"},
    step("asked", "refuse_extension"): {"staff", "leader"},
    step("dispatched", "reminder_call"): {"staff"},
    step("dispatched", "monthly_check"): {"staff"},
    step("awaiting", "proxy"): {"staff"},
    return_visit: {"staff"},
    policy: {"staff"},
    work_list: {"staff", "department"},
    officers: {"staff"},
    doubts: {"staff"},
    briefing: {"staff", "leader"},
}


@pytest.mark.parametrize("prepare", MAY, ids=range(len(MAY)))
def test_only_these_roles_may(store, people, prepare):
    for role in ROLES:
        if role in MAY[prepare]:
            continue
        attempt = prepare(store, people, getattr(people, role))
        before = store.revision()
        with pytest.raises(Refused):
            attempt()
        assert store.revision() == before, role
    for role in MAY[prepare]:
        prepare(store, people, getattr(people, role))()


def test_a_promise_is_moved_by_nobody_who_asked_for_it(store, people):
    """Staff who ask on a body's behalf decide as little as the body does."""
    case = take(store, people.staff, bring_to(store, people, "committed"), "ask_extension")
    before = store.revision()
    for actor in (people.staff, people.department, people.town, people.enterprise, people.other_department):
        with pytest.raises(Refused):
            take(store, actor, case, "grant_extension")
    assert store.revision() == before and case.due_on == PROMISE


STAFF, AND_LEADERS, ALL_OF_US = frozenset({"staff"}), frozenset({"staff", "leader"}), frozenset(ROLES)
# module.verb → the roles whose hand it does not refuse: every public verb of casework, each named once
VERBS: dict[str, frozenset[str]] = {
    "act.act": ALL_OF_US,  # each action asks the table of the lifecycle, which has tests of its own
    **dict.fromkeys(
        ("agenda.proposals", "agenda.add_items", "agenda.raise_matter", "agenda.move_item", "agenda.remove_item",
         "agenda.describe_item", "attendance.add_attendance", "attendance.remove_attendance",
         "attendance.offered_people", "attendance.read_list", "attendance.import_attendance", "forum_day.record",
         "forum_day.here", "forum_finish.finish", "forum_finish.hand_overs",
         "forum_wall.hang", "forum_wall.take_down", "forum_wall.link_of",
         "forum_wall.arrivals", "forum_wall.confirm", "forum_wall.same_person", "forums.plan_forum",
         "forum_start.start_forum",
         "forum_start.take_invitation_back", "forums.change_forum", "forums.record_forum", "forums.cancel_forum",
         "forums.raise_at_forum",
         "theme_choices.choose_theme"), STAFF),
    **dict.fromkeys(("agenda.agenda", "agenda_paper.agenda_paper", "forum_finish.outcome",
                   "minutes.minutes"), AND_LEADERS),
    **dict.fromkeys(
        ("plans.open_plan", "plans.change_plan", "plans.add_step", "plans.postpone_step", "plans.drop_step",
         "plans.end_plan", "meetings.hold_meeting", "meetings.change_meeting", "meetings.decide",
         "green_channel.ask_green_channel"), STAFF),
    # those who see the case's plan; of them staff, and the department that owns the step, get further
    **dict.fromkeys(("plans.do_step", "meetings.settle_decision"),
                    frozenset({"staff", "leader", "department", "town"})),
    **dict.fromkeys(
        ("green_channel.decide_green_channel", "hard_cases.candidates", "meeting_minutes.meeting_minutes",
         "guidance.guidance_kept",
         "briefings.briefing", "weekly_leaf.reads_leaf", "weekly_leaf.choose_leaf"), AND_LEADERS),
    **dict.fromkeys(
        ("policies.add_policy", "policies.change_policy", "policies.link_cases", "policies.unlink_case",
         "guidance.publish_guidance", "guidance.change_guidance", "guidance.withdraw_guidance",
         "guidance.answers_case", "documents.replace_template", "documents.reset_template", "letters.issue_letter",
         "letterhead.set_letterhead", "letters.dispatch_with_letter", "notices.reaches_enterprise", "notices.unheard",
         "perfunctory.perfunctory_answers", "supervision.not_mine_to_visit",
         "supervision.officers", "orders.open_orders", "files.waiting",
         "files.with_news", "files.files_for_hotline", "files.hand_file", "files.results_file", "files.file_content"),
        STAFF),
    **dict.fromkeys(("calling.contact_kept", "calling.show_contact"), frozenset({"staff", "admin"})),
    "who_came.who_came": AND_LEADERS,
    "who_came.show_names": STAFF,
    **dict.fromkeys(("reorganising.would_move", "reorganising.reorganise"), frozenset({"admin"})),
    **dict.fromkeys(("standing_in.may_stand_in", "standing_in.absences", "standing_in.name_stand_in",
                     "standing_in.end_absence"), frozenset({"staff", "officer", "department"})),
    "standing_in.stood_in": ALL_OF_US - {"enterprise", "admin"},
    **dict.fromkeys(("views.save_view", "views.drop_view"), ALL_OF_US - {"enterprise", "admin"}),
    "holding.colleagues": ALL_OF_US - {"enterprise", "admin"},
    "minutes_files.keep_minutes_files": STAFF,
    "minutes_files.files_of_minutes": AND_LEADERS,
    "minutes_files.file_of_minutes": ALL_OF_US,  # whose file it is says who may: one that is none is not there
    "many.act_on_many": ALL_OF_US,  # as `act`, each case by itself
    "many.letters_of_many": ALL_OF_US,  # as `issue_letter`, where there is one to write
    **dict.fromkeys(("letters.rebuild", "supervision.work_of_the_day"), frozenset({"staff", "department"})),
    **dict.fromkeys(("promise_ledger.promise_ledger", "promise_ledger.promise_tallies",
                     "instructing.instructions_given"),
                    frozenset({"staff", "leader", "department"})),
    **dict.fromkeys(("asking.solved_before", "asking.keep_choice"), frozenset({"staff", "officer"})),
    **dict.fromkeys(("conduct.record_visit", "conduct.recorded", "conduct.own_visits"), frozenset({"officer"})),
    **dict.fromkeys(("conduct.visits_here", "conduct.say_of_visit", "conduct.tell_visit"), frozenset({"enterprise"})),
    **dict.fromkeys(("conduct.conduct_of_officers", "conduct.words_to_office", "conduct.told_visits"), STAFF),
    # who hands it on or answers it, and nobody else
    **dict.fromkeys(("calling.whom_to_call", "calling.show_whom_to_call", "two_languages.typed_before",
                     "set_words.offered", "set_words.save_words", "set_words.retire_words"),
                    frozenset({"staff", "department"})),
    **dict.fromkeys(("notices.own_contacts", "notices.choose_contact", "notices.read_inbox", "notices.send_trial",
                     "receipts.mail_receipt"),
                    ALL_OF_US),
    **dict.fromkeys(("notices.overview", "notices.try_again"), frozenset({"admin"})),
}  # fmt: skip
DAY = date(2023, 12, 20)
WORDS = ("goal", "words", "reason", "outcome", "summary", "note", "remark", "speaker", "text", "title", "name",
         "issuer", "contact", "code")  # fmt: skip
# what a verb is called with, by the name of its argument; ids are made up
GIVEN_BY_NAME: dict[str, object] = {
    **dict.fromkeys(WORDS, "词"), "at": NOON, "today": TODAY, "since": date(2023, 11, 1), "until": DAY,
    "done_on": TODAY, "seen": 1, "to": 1, "page": 1, "size": 5, "limit": 5, "offset": 0, "language": "zh",
    "lead": "economy_it",
    "copied": (), "case_ids": ["x"], "done": [], "many": "x", "asked": {}, "shared": False,
    "enterprise_ids": ["x"], "bodies": ["x"],
    "attendance_ids": ["x"], "numbers": ["2023-0001"], "content": b"PK",
    "whose": "all", "list_name": "body", "successor": "tax",
    "named": False, "suggested": None, "corrects": None, "state": None, "how": "done", "decision": "grant",
    "confirmed": True, "told": TOLD,
    "category": "tax", "wording": Wording("词", "词"),
    "kind": "letter", "likely": Likely("power", 0.5), "what": "lead", "version": 1,
    "owner": "account", "typed": "a@firm.example", "active": True, "hosts": frozenset(), "wanted": True,
    "action": "note", "co": (), "matter": Matter("x", "词", "utilities"), "person": NewPerson("词", "staff"),
    "spoken": Spoken("solved"), "grounds": Grounds({"hard": 1}, {}, {}),
    "issue": SpotIssue("x", "problem", "utilities", "词", "词", "solved", "词", "economy_it"),
    "plan": ForumPlan("主题", "Theme", None, TODAY, "地点", "Place", "many_to_many", "district_committee",
                 "party_secretary"),
}  # fmt: skip
MEETING = MeetingForm("small", TODAY, "词", "词", "词", ("economy_it",), "词", ("2023-0001",), "词")
FORMS = {"plan": PlanForm(("reopened",), "词", "economy_it"), "step": StepForm("词", "economy_it", DAY),
         "meeting": MEETING, "decide": DecisionForm("x", "词", "economy_it", DAY), "policy": FORM,
         "guidance": GUIDE, "record_visit": VISIT, "say_of_visit": WORD, "tell_visit": WORD,
         "channel": GreenForm("词", "词", 5)}  # fmt: skip


def arguments(name, verb, case):
    """What the verb has to be given, made up by the name of each argument."""
    wanted = [p for p in inspect.signature(verb).parameters.values() if p.name not in ("store", "actor")]
    given = {p.name: GIVEN_BY_NAME.get(p.name, str(uuid4())) for p in wanted if p.default is inspect.Parameter.empty}
    if "form" in given:
        given["form"] = next(form for part, form in FORMS.items() if part in name.partition(".")[2])
    if name.startswith("minutes_files."):
        given |= {name: value for name, value in {"kind": "meeting", "files": []}.items() if name in given}
    many = name in ("letters.dispatch_with_letter", "many.act_on_many")
    real = {"case": case, "given": Given(note="词"), **({"seen": {case.id: case.seq}} if many else {})}
    return given | {key: value for key, value in real.items() if key in given}


def test_every_verb_has_its_row():
    assert set(verbs(casework)) == set(VERBS)


def test_every_verb_is_refused_to_every_role_that_its_row_does_not_name(store, people):
    """With made-up ids: a hand that may is told what is unknown, any other that it may not, and nothing is written."""
    case = bring_to(store, people, "submitted")
    for name, verb in verbs(casework).items():
        for role in sorted(ROLES, key=lambda one: one in VERBS[name]):
            given, before, code = arguments(name, verb, case), store.revision(), ""
            try:
                verb(store, actor=getattr(people, role), **given)
            except Refused as refused:
                code = refused.code
            if role in VERBS[name]:
                assert code != "forbidden", (name, role)
            else:
                may_not = code in ("forbidden", "letter_unknown") and store.revision() == before
                assert may_not, (name, role, code)
