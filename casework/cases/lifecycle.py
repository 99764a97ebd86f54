"""What may be done to a case: one table. It draws the buttons and refuses the write.

Only the enterprise's own key closes, rejects or reopens. Silence stays 'awaiting' however long.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from access.actor import Actor
from db.cases.cases import Case
from db.cases.past import GROUPED
from db.refused import Refused
from db.states import BAD_RATINGS, CODES, COUNTED, SETTLED, UNDER_WAY, where

PROMISE = "committed"  # the kind of an answer that names a day
ANSWER_KINDS = ("solved", "explained", PROMISE)
AS_IT_WAS = ""  # the state that a note leaves behind
ACCEPT, DISPATCH, ANSWER = "accept_2wd", "dispatch_3wd", "answer_7wd"  # what a deadline is made by
OBJECTION, RULING = "objection_1wd", "ruling_2wd"
# From submission to acceptance, return or merging; from acceptance to the handling letter; from dispatch to the answer;
# for a body to object, and for triage to decide on it; for a leader after that.
WORKING_DAYS: Mapping[str, int] = MappingProxyType({ACCEPT: 2, DISPATCH: 3, ANSWER: 7, OBJECTION: 1, RULING: 2})
# By a day that is given.
DATED: Mapping[str, str] = MappingProxyType(
    {"promise": "promised_on", "extension": "extended_on", "review": "review_on"}
)
UNTIL = tuple(day for rule, day in DATED.items() if rule != "promise")  # that an event's sentence says it goes on to
KEPT = ""  # what is due stays
GIVEN_BACK = "given_back"  # the days that were left when the clock was stopped
BEFORE = "as_before"  # the day that stood before what is undone, and the state
OWN_CLOCK: Mapping[str, str] = MappingProxyType(
    {"ruling": RULING}
)  # of a state by what it waits for, whatever led there
AGAIN = "again"  # an objection that is refused for the second time
WORDS = ("text", "reason", "note", "translated")  # what a person writes along with an action
CORRECTED = (*GROUPED, "title")  # what triage may correct of a case
VISITED = where(lambda s: s.under_way or s.settled)  # an answer may have been given
# What supervision does about a case, and how it can turn out. None of it changes the case's state.
FOLLOW_UPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "reminder_call": ("reached", "promised", "needs_leader", "not_reached"),
        "monthly_check": ("on_track", "behind", "needs_leader"),
        "return_visit": ("better", "same", "needs_leader", "not_reached"),
    }
)


@dataclass(frozen=True)
class Rule:
    """`who` is a party of `stands_as`; `needs` must be given, `takes` may be.

    Where an answer's kind or a rating decides the next state, `turns` says how, and `also_needs` what that takes.
    `due`: what it gives the case to do next, of WORKING_DAYS, DATED or GIVEN_BACK, where the state that it leads to
    has a clock.
    `told`: whether the enterprise reads its words; it is shown that it happened, except what others note.
    `inside`: known at the desk that did it and nowhere else; it makes nobody's form stale. `takes_back`: what the same
    account did last, while nobody acted on it since. `in_house`: the enterprise is not shown that it happened.
    `another_hand`: not by an account that handled the case. `asked`: whether a request for more time has to wait for
    its decision (True), must not (False), or either (None); `confidential`, `instructed`: the same of whether it is.
    """

    who: str
    next: str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ("note",)
    turns: Mapping[str, str] = field(default_factory=dict)
    also_needs: Mapping[str, str] = field(default_factory=dict)
    due: str = KEPT
    told: bool = False
    another_hand: bool = False
    asked: bool | None = None
    confidential: bool | None = None
    instructed: bool | None = None
    inside: bool = False
    in_house: bool = False
    takes_back: bool = False

    def fits(self, case: Case) -> bool:
        instructed = (self.instructed, case.instructed_until is not None)
        held = (instructed, (self.asked, case.asked_until is not None), (self.confidential, case.confidential))
        return all(wanted in (None, stands) for wanted, stands in held)

    @property
    def words(self) -> str:
        """What the box of words is kept as: what is needed before what may be given."""
        return next(name for name in (*self.needs, *self.takes) if name in WORDS)

    def state_after(self, state: str, outcome: str | None) -> str:
        return self.turns.get(outcome or "", self.next) or state

    def needs_for(self, outcome: str | None) -> tuple[str, ...]:
        more = self.also_needs.get(outcome or "")
        return (*self.needs, more) if more else self.needs


_ACCEPT = Rule("triage", "accepted", due=DISPATCH)
_RETURN = Rule("triage", "returned", needs=("reason",), told=True)
_RESUBMIT = Rule("raiser", "submitted", needs=("text",), takes=("note", "files"), due=ACCEPT, told=True)
_DISPATCH = Rule("triage", "dispatched", needs=("lead",), takes=("co", "leader_id", "note"), due=ANSWER)
_START = Rule("lead", "in_progress")
_START_AGAIN = Rule("lead", "in_progress", due=ANSWER)
_ANSWER = Rule(
    "lead",
    "awaiting",
    needs=("answer_kind", "text"),
    takes=("note", "reason", "translated", "files"),
    turns={PROMISE: "committed"},
    also_needs={PROMISE: "promised_on"},
    due="promise",
    told=True,
)
_ANSWER_AT_LAST = Rule(
    "lead", "awaiting", needs=("answer_kind", "text"), takes=("note", "reason", "translated", "files"), told=True
)  # no new promise
_FULFIL = Rule("lead", "awaiting", needs=("text",), takes=("note", "translated", "files"), told=True)
_ASK_EXTENSION = Rule("lead", AS_IT_WAS, needs=("reason", "extended_on"), takes=(), asked=False, told=True)
_GRANT_EXTENSION = Rule("approver", AS_IT_WAS, asked=True, due="extension", told=True)
_REFUSE_EXTENSION = Rule("approver", AS_IT_WAS, needs=("reason",), takes=(), asked=True, told=True)
_CLOSE = Rule(
    "enterprise",
    "closed",
    needs=("rating",),
    takes=("reason", "note"),
    turns=dict.fromkeys(BAD_RATINGS, "reopened"),
    due=DISPATCH,
    told=True,
)
_REJECT = Rule("enterprise", "reopened", needs=("reason",), due=DISPATCH, told=True)
_REOPEN = _REJECT
_SUSPENDED_FROM = ("accepted", "dispatched", "in_progress", "reopened")  # a promise moves by an extension
_SUSPEND = Rule("triage", "suspended", needs=("reason", "review_on"), takes=(), due="review", told=True)
_RESUME = Rule("triage", "accepted", turns={state: state for state in _SUSPENDED_FROM[1:]}, due=GIVEN_BACK)
_MERGE = Rule("triage", "merged", needs=("into",))
_MERGED_FROM = ("submitted", "accepted", "dispatched", "in_progress", "objected", "suspended")
_TRANSFER = Rule("triage", "transferred", needs=("reason",), confidential=False, told=True)  # to the hotline 12345
_BACK_HERE = {state: state for state in _MERGED_FROM}  # where it stood, by the day that stood
_TAKE_BACK = Rule("triage", "accepted", needs=("reason",), turns=_BACK_HERE, due=BEFORE, told=True)
_CONTEST = replace(_TAKE_BACK, who="enterprise")
_OUTCOME = Rule("triage", AS_IT_WAS, takes=("text", "order"), told=True)
_OBJECT = Rule("lead", "objected", needs=("better", "reason"), takes=(), due=OBJECTION)
_REFUSE_OBJECTION = Rule(
    "triage", "dispatched", needs=("reason",), takes=(), turns={"in_progress": "in_progress", AGAIN: "disputed"},
    due=BEFORE,
)  # fmt: skip
_RULE = Rule("leader", "dispatched", needs=("lead",), takes=("co", "note"), due=ANSWER)  # nobody objects to that
_WITHDRAW = Rule("enterprise", "taken_back", needs=("reason",), told=True)  # an answer that stands is judged instead
_CONFIDE = Rule("triage", AS_IT_WAS, needs=("reason",), takes=("readers",))  # again, to name others
_OPEN_UP = Rule("triage", AS_IT_WAS, needs=("reason",), takes=(), confidential=True)
_CORRECT = Rule("triage", AS_IT_WAS, needs=("reason",), takes=CORRECTED)
_NOTE = Rule("party", AS_IT_WAS, needs=("note",), takes=("files",), told=True)
_STAND_BY = Rule("town", AS_IT_WAS, needs=("note",), takes=("files",), told=True)  # what its town did for it
_PROXY = Rule("triage", AS_IT_WAS, needs=("note",), takes=(), told=True)
_REMIND = Rule("triage", AS_IT_WAS)
_ASSIGN = Rule("desk", AS_IT_WAS, takes=("holder", "note"), inside=True)
_CHASE = Rule("triage", AS_IT_WAS, needs=("result",), takes=("spoken_to", "note"))
_VISIT = Rule("triage", AS_IT_WAS, needs=("result",), another_hand=True)
_INSTRUCT = Rule("instructor", AS_IT_WAS, needs=("text", "answer_by"), takes=(), in_house=True)
_ANSWER_INSTRUCTION = Rule("lead", AS_IT_WAS, needs=("text",), takes=("files",), instructed=True, in_house=True)

_DONE: Mapping[tuple[str, str], Rule] = MappingProxyType(
    {
        ("submitted", "accept"): _ACCEPT,
        ("submitted", "return"): _RETURN,
        ("submitted", "note"): _NOTE,
        ("returned", "resubmit"): _RESUBMIT,
        ("returned", "note"): _NOTE,
        ("accepted", "dispatch"): _DISPATCH,
        ("accepted", "note"): _NOTE,
        ("accepted", "proxy"): _PROXY,
        ("dispatched", "start"): _START,
        ("dispatched", "answer"): _ANSWER,
        ("dispatched", "dispatch"): _DISPATCH,
        ("dispatched", "note"): _NOTE,
        ("dispatched", "proxy"): _PROXY,
        ("in_progress", "answer"): _ANSWER,
        ("in_progress", "dispatch"): _DISPATCH,
        ("in_progress", "note"): _NOTE,
        ("in_progress", "proxy"): _PROXY,
        **{(state, "object"): _OBJECT for state in ("dispatched", "in_progress")},
        ("objected", "dispatch"): _DISPATCH,
        ("objected", "refuse_objection"): _REFUSE_OBJECTION,
        ("disputed", "dispatch"): _RULE,
        **{(state, "note"): _NOTE for state in ("objected", "disputed")},
        **{(state, "proxy"): _PROXY for state in ("objected", "disputed")},
        **{(state, "merge"): _MERGE for state in _MERGED_FROM},
        ("merged", "unmerge"): _TAKE_BACK,
        **{(state, "transfer"): _TRANSFER for state in _MERGED_FROM},
        ("transferred", "outcome"): _OUTCOME,
        ("transferred", "contest"): _CONTEST,
        ("transferred", "recall"): _TAKE_BACK,
        ("transferred", "note"): _NOTE,
        ("committed", "fulfil"): _FULFIL,
        ("committed", "answer"): _ANSWER_AT_LAST,
        ("committed", "ask_extension"): _ASK_EXTENSION,
        ("committed", "grant_extension"): _GRANT_EXTENSION,
        ("committed", "refuse_extension"): _REFUSE_EXTENSION,
        ("committed", "reject"): _REJECT,
        ("committed", "note"): _NOTE,
        ("committed", "proxy"): _PROXY,
        ("awaiting", "close"): _CLOSE,
        ("awaiting", "reject"): _REJECT,
        ("awaiting", "note"): _NOTE,
        ("awaiting", "proxy"): _PROXY,
        ("closed", "reopen"): _REOPEN,
        ("closed", "note"): _NOTE,
        ("reopened", "dispatch"): _DISPATCH,
        ("reopened", "start"): _START_AGAIN,
        ("reopened", "answer"): _ANSWER,
        ("reopened", "note"): _NOTE,
        ("reopened", "proxy"): _PROXY,
        ("suspended", "resume"): _RESUME,
        **{(state, "suspend"): _SUSPEND for state in (*_SUSPENDED_FROM, "suspended")},
        ("suspended", "note"): _NOTE,
        ("suspended", "proxy"): _PROXY,
        **{(state, "withdraw"): _WITHDRAW for state in COUNTED if state not in SETTLED},
        **{(state, "correct"): _CORRECT for state in COUNTED},
        **{(state, "confide"): _CONFIDE for state in COUNTED},
        **{(state, "open_up"): _OPEN_UP for state in COUNTED},
        **{(state, action): _CHASE for state in UNDER_WAY for action in ("reminder_call", "monthly_check")},
        **{(state, "return_visit"): _VISIT for state in VISITED},
        **{(state, "remind"): _REMIND for state in UNDER_WAY},
        **{(state, action): _STAND_BY for state in where(lambda s: not s.over) for action in ("support", "accompany")},
        **{(state, "assign"): _ASSIGN for state in where(lambda s: not s.over)},
        **{(state, "instruct"): _INSTRUCT for state in COUNTED},
        **{(state, "answer_instruction"): _ANSWER_INSTRUCTION for state in COUNTED},
    }
)
UNDO = "undo"
UNDOABLE = frozenset({"accept", "dispatch", "note", "remind", "assign"})  # what is done to many at once


def _undone(state: str) -> Rule:
    """Back to where one of them led from to this state."""
    led = [at for (at, action), rule in _DONE.items() if action in UNDOABLE and rule.next == state and at != state]
    return Rule("handler", AS_IT_WAS, turns={at: at for at in led}, takes_back=True)


_LEAVES = {rule.next or state for (state, action), rule in _DONE.items() if action in UNDOABLE}
TABLE: Mapping[tuple[str, str], Rule] = MappingProxyType(
    {**_DONE, **{(state, UNDO): _undone(state) for state in CODES if state in _LEAVES}}
)
DECIDES = frozenset(action for (_, action), rule in TABLE.items() if rule.asked)  # on a request for more time
ANOTHER_HAND = frozenset(action for (_, action), rule in TABLE.items() if rule.another_hand)
RULE_OF: Mapping[str, Rule] = MappingProxyType({action: rule for (_, action), rule in TABLE.items()})  # what all share
ACTIONS: tuple[str, ...] = tuple(RULE_OF)


def allowed_actions(case: Case, actor: Actor, *, handled: bool = False, undoable: bool = False) -> tuple[str, ...]:
    """The actions that this actor may take on a case that was read within their scope, in the table's order.

    `handled`: whether they dispatched, worked on or answered it (`db.cases.supervision.handled`); `undoable`: whether
    they just did what may be taken back (`casework.cases.undoing`).
    """
    return tuple(
        action
        for (state, action), rule in TABLE.items()
        if state == case.state
        and rule.fits(case)
        and stands_as(rule.who, case, actor)
        and not (handled and rule.another_hand)
        and (undoable or not rule.takes_back)
    )


def is_inside(action: str) -> bool:
    """Whether it is known at the desk that did it alone; what is no action of the table is for everybody."""
    return action in RULE_OF and RULE_OF[action].inside


def is_in_house(action: str) -> bool:
    """Whether it happened without the enterprise: inside a desk, or between the house's own."""
    return is_inside(action) or (action in RULE_OF and RULE_OF[action].in_house)


def is_told(action: str, role: str | None) -> bool:
    """Whether the enterprise is shown that it happened: not a note that handlers leave each other."""
    return not is_in_house(action) and (action != "note" or role == "enterprise")


def answer_kinds(state: str) -> tuple[str, ...]:
    """The kinds of answer that a case in this state may be given: a promise is made once."""
    rule = TABLE[state, "answer"]
    return tuple(kind for kind in ANSWER_KINDS if kind != PROMISE or PROMISE in rule.turns)


def rule_for(case: Case, action: str, actor: Actor, *, handled: bool, undoable: bool = False) -> Rule:
    """The rule of an allowed action. Raises Refused('action_refused' | 'forbidden' | 'visit_by_handler' |
    'undo_refused')."""
    rule = TABLE.get((case.state, action))
    if rule is None or not rule.fits(case):
        raise Refused("action_refused")
    if not stands_as(rule.who, case, actor):
        raise Refused("forbidden")
    if handled and rule.another_hand:
        raise Refused("visit_by_handler")
    if rule.takes_back and not undoable:
        raise Refused("undo_refused")
    return rule


def stands_as(party: str, case: Case, actor: Actor) -> bool:
    """Whether the actor is that party of this case: enterprise, raiser, triage, lead, leader, instructor, approver,
    desk, town, handler, or party.

    A desk is triage and the bodies of the case, a handler its town too, a party the enterprise as well; an approver is
    never the one who asked for more time.
    """
    triage, answers = actor.may("triage_case"), actor.may("answer_case")
    own = (
        actor.may("judge_answer")
        and actor.enterprise_id == case.enterprise_id
        and (actor.way != "follow" or actor.case_id == case.id)
    )
    desk = triage or (answers and actor.body_code in (case.lead_body, *case.co) and bool(actor.body_code))
    town = actor.may("support_case") and bool(actor.town_code) and actor.town_code == case.town_code
    parties = {
        "enterprise": own,
        "raiser": own or actor.may("raise_on_behalf"),
        "triage": triage,
        "leader": actor.may("rule_on_dispute") and case.leader_id in (None, actor.id),
        "instructor": actor.may("instruct"),
        "approver": actor.may("approve_extension") and actor.id != case.asked_by,
        "lead": triage or (answers and actor.body_code is not None and actor.body_code == case.lead_body),
        "desk": desk,
        "town": town,
        "handler": desk or town,
        "party": own or desk or town,
    }
    return parties[party]
