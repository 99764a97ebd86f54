"""What may be done to a case: one table. It draws the buttons and refuses the write.

Only the enterprise's own key closes, rejects or reopens. Silence stays 'awaiting' however long.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from access.actor import Actor
from db.cases.cases import Case
from db.refused import Refused

STATES = (
    "submitted",
    "accepted",
    "returned",
    "dispatched",
    "in_progress",
    "committed",
    "awaiting",
    "closed",
    "reopened",
    "merged",
)
ANSWER_KINDS = ("solved", "explained", "committed")
RATINGS = ("very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "very_dissatisfied")
BAD_RATINGS = ("dissatisfied", "very_dissatisfied")
AS_IT_WAS = ""  # the state that a note leaves behind
UNDER_WAY = ("dispatched", "in_progress", "committed", "reopened")  # a body has work to do
VISITED = (*UNDER_WAY, "awaiting", "closed")  # an answer may have been given
# What supervision does about a case, and how it can turn out. None of it changes the case's state.
FOLLOW_UPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "reminder_call": ("reached", "promised", "needs_leader", "not_reached"),
        "monthly_check": ("on_track", "behind", "needs_leader"),
        "return_visit": ("better", "same", "needs_leader", "not_reached"),
    }
)


class ActionRefused(Refused):
    """The table does not allow it, or something that it needs is missing (`needs_<field>`)."""


@dataclass(frozen=True)
class Rule:
    """`who` is a party of `stands_as`; `needs` must be given, `takes` may be.

    Where an answer's kind or a rating decides the next state, `turns` says how, and `also_needs` what that takes.
    `another_hand`: not by an account that handled the case. `asked`: whether a request for more time has to wait for
    its decision (True), must not (False), or either (None).
    """

    who: str
    next: str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ("note",)
    turns: Mapping[str, str] = field(default_factory=dict)
    also_needs: Mapping[str, str] = field(default_factory=dict)
    another_hand: bool = False
    asked: bool | None = None

    def fits(self, case: Case) -> bool:
        return self.asked is None or self.asked == (case.asked_until is not None)

    def state_after(self, state: str, outcome: str | None) -> str:
        return self.turns.get(outcome or "", self.next) or state

    def needs_for(self, outcome: str | None) -> tuple[str, ...]:
        more = self.also_needs.get(outcome or "")
        return (*self.needs, more) if more else self.needs


_ACCEPT = Rule("triage", "accepted")
_RETURN = Rule("triage", "returned", needs=("reason",))
_RESUBMIT = Rule("raiser", "submitted", needs=("text",))
_DISPATCH = Rule("triage", "dispatched", needs=("lead",), takes=("co", "leader_id", "note"))
_START = Rule("lead", "in_progress")
_ANSWER = Rule(
    "lead",
    "awaiting",
    needs=("answer_kind", "text"),
    takes=("note", "reason"),
    turns={"committed": "committed"},
    also_needs={"committed": "promised_on"},
)
_ANSWER_AT_LAST = Rule("lead", "awaiting", needs=("answer_kind", "text"), takes=("note", "reason"))  # no new promise
_FULFIL = Rule("lead", "awaiting", needs=("text",))
_ASK_EXTENSION = Rule("lead", AS_IT_WAS, needs=("reason", "extended_on"), takes=(), asked=False)
_GRANT_EXTENSION = Rule("approver", AS_IT_WAS, asked=True)
_REFUSE_EXTENSION = Rule("approver", AS_IT_WAS, needs=("reason",), takes=(), asked=True)
_CLOSE = Rule(
    "enterprise",
    "closed",
    needs=("rating",),
    takes=("reason", "note"),
    turns=dict.fromkeys(BAD_RATINGS, "reopened"),
)
_REJECT = Rule("enterprise", "reopened", needs=("reason",))
_REOPEN = Rule("enterprise", "reopened", needs=("reason",))
_MERGE = Rule("triage", "merged", needs=("into",))
_NOTE = Rule("party", AS_IT_WAS, needs=("note",), takes=())
_PROXY = Rule("triage", AS_IT_WAS, needs=("note",), takes=())
_CHASE = Rule("triage", AS_IT_WAS, needs=("result",), takes=("spoken_to", "note"))
_VISIT = Rule("triage", AS_IT_WAS, needs=("result",), another_hand=True)

TABLE: Mapping[tuple[str, str], Rule] = MappingProxyType(
    {
        ("submitted", "accept"): _ACCEPT,
        ("submitted", "return"): _RETURN,
        ("submitted", "merge"): _MERGE,
        ("submitted", "note"): _NOTE,
        ("returned", "resubmit"): _RESUBMIT,
        ("returned", "note"): _NOTE,
        ("accepted", "dispatch"): _DISPATCH,
        ("accepted", "merge"): _MERGE,
        ("accepted", "note"): _NOTE,
        ("accepted", "proxy"): _PROXY,
        ("dispatched", "start"): _START,
        ("dispatched", "answer"): _ANSWER,
        ("dispatched", "dispatch"): _DISPATCH,
        ("dispatched", "merge"): _MERGE,
        ("dispatched", "note"): _NOTE,
        ("dispatched", "proxy"): _PROXY,
        ("in_progress", "answer"): _ANSWER,
        ("in_progress", "dispatch"): _DISPATCH,
        ("in_progress", "merge"): _MERGE,
        ("in_progress", "note"): _NOTE,
        ("in_progress", "proxy"): _PROXY,
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
        ("reopened", "start"): _START,
        ("reopened", "answer"): _ANSWER,
        ("reopened", "note"): _NOTE,
        ("reopened", "proxy"): _PROXY,
        **{(state, action): _CHASE for state in UNDER_WAY for action in ("reminder_call", "monthly_check")},
        **{(state, "return_visit"): _VISIT for state in VISITED},
    }
)
ANOTHER_HAND = frozenset(action for (_, action), rule in TABLE.items() if rule.another_hand)
ACTIONS: tuple[str, ...] = tuple(dict.fromkeys(action for _, action in TABLE))


def allowed_actions(case: Case, actor: Actor, *, handled: bool = False) -> tuple[str, ...]:
    """The actions that this actor may take on a case that was read within their scope, in the table's order.

    `handled`: whether they dispatched, worked on or answered it (`db.cases.supervision.handled`).
    """
    return tuple(
        action
        for (state, action), rule in TABLE.items()
        if state == case.state
        and rule.fits(case)
        and stands_as(rule.who, case, actor)
        and not (handled and rule.another_hand)
    )


def rule_for(case: Case, action: str, actor: Actor, *, handled: bool) -> Rule:
    """The rule of an allowed action. Raises ActionRefused('action_refused' | 'forbidden' | 'visit_by_handler')."""
    rule = TABLE.get((case.state, action))
    if rule is None or not rule.fits(case):
        raise ActionRefused("action_refused")
    if not stands_as(rule.who, case, actor):
        raise ActionRefused("forbidden")
    if handled and rule.another_hand:
        raise ActionRefused("visit_by_handler")
    return rule


def stands_as(party: str, case: Case, actor: Actor) -> bool:
    """Whether the actor is that party of this case: enterprise, raiser, triage, lead, approver, or party.

    A party is any but a raiser; an approver is never the one who asked for more time.
    """
    triage, answers = actor.may("triage_case"), actor.may("answer_case")
    own = (
        actor.may("judge_answer")
        and actor.enterprise_id == case.enterprise_id
        and (actor.way != "follow" or actor.case_id == case.id)
    )
    parties = {
        "enterprise": own,
        "raiser": own or actor.may("raise_on_behalf"),
        "triage": triage,
        "approver": actor.may("approve_extension") and actor.id != case.asked_by,
        "lead": triage or (answers and actor.body_code is not None and actor.body_code == case.lead_body),
        "party": own or triage or (answers and actor.body_code in (case.lead_body, *case.co) and bool(actor.body_code)),
    }
    return parties[party]
