"""Who × what × which record: an oracle of its own says who may see which, and every read and verb is held against it.

A verb is done for real and taken back, so that thousands of tries meet the same store. `bench/authority.py` tries ten
thousand, tests/access/test_matrix.py a few hundred.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck
from hypothesis import strategies as st

import casework
from access.actor import Actor
from casework.cases.act import Given
from casework.cases.lifecycle import WORKING_DAYS
from casework.cases.supervision import RULES, TERMS
from casework.letters import letters
from casework.meetings import meetings
from casework.meetings.meetings import DecisionForm, MeetingForm
from casework.plans import green_channel, plans
from casework.plans.green_channel import GreenForm
from casework.plans.hard_cases import LEAST
from casework.plans.plans import PlanForm, StepForm
from db import sql
from db.cases import attachments
from db.cases.attachments import Attachment, CheckedFile
from db.cases.cases import CaseFilters
from db.cases.order import SORTS
from db.cases.supervision import Watch
from db.figures.briefings import GROUPS, Period
from db.forums.forums import ForumFilter
from db.people.enterprises import EnterpriseFilter
from db.policies import PolicyFilter
from db.refused import Refused
from db.store import Store
from tests.access import enumerated, test_authority
from tests.casework import test_who_may
from tests.casework.cases.steps import GIVEN, TODAY, WAY_TO, bring_to, take
from tests.conftest import NOON

Pick = Callable[[list[Any]], Any]
QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example, HealthCheck.filter_too_much)
LATER = NOON + timedelta(hours=1)


@dataclass
class World:
    """`marks`: what stands in the words of a case, by its id; `bodies` and `firm` whose it is, as it was made here and
    not as a query says."""

    store: Store
    people: SimpleNamespace
    who: dict[str, Actor]
    marks: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, set[str]] = field(default_factory=dict)
    firm: dict[str, str] = field(default_factory=dict)
    ids: dict[str, list[Any]] = field(default_factory=dict)

    def reach(self, way: str) -> set[str]:
        """The cases that this person may see: written down here once more, by role and by nothing else."""
        actor, every = self.who[way], set(self.marks)
        if actor.way in ("invitation", "open") or actor.role == "admin":
            return set()
        if actor.way == "follow":
            return {actor.case_id or ""}
        if actor.role == "enterprise":
            return {one for one in every if self.firm[one] == actor.enterprise_id}
        if actor.role == "department":
            return {one for one in every if actor.body_code in self.bodies[one]}
        if actor.role == "town":  # the first firm lies in the first town
            own = self.people.firm.id if actor.town_code == self.people.firm.town_code else self.people.other_firm.id
            return {one for one in every if self.firm[one] == own}
        if actor.role == "officer":
            return {one for one in every if self.firm[one] == self.people.firm.id and way == "officer"}
        return every

    def told(self, way: str, said: object) -> set[str]:
        """The cases outside this person's reach of which words were told."""
        text = repr(said)
        return {one for one, mark in self.marks.items() if mark in text} - self.reach(way)


def a_world(store: Store, people: SimpleNamespace) -> World:
    who: dict[str, Actor] = {name: one for name, one in vars(people).items() if isinstance(one, Actor)}
    who["idle_officer"] = Actor("another-officer", "officer", "")
    who["other_town"] = Actor("another-town", "town", "", town_code=people.other_firm.town_code)
    invited = {"enterprise_id": people.firm.id, "invitation_id": "x", "wave_id": "w"}
    who["invitation"] = Actor("invitation:x", "enterprise", "", "invitation", **invited)
    who["open"] = Actor("open:x", "enterprise", "", "open", open_link_id="x", wave_id="w")
    who["screen"] = Actor("screen:x", "leader", "", "screen")
    world = World(store, people, who)
    for n, state in enumerate(WAY_TO):
        _case(world, people.firm, state, f"〔甲{n:02d}〕", {"economy_it", "tax"})
    for n, state in enumerate(("submitted", "dispatched", "committed", "awaiting", "closed", "reopened")):
        _case(world, people.other_firm, state, f"〔乙{n:02d}〕", {"finance_office"})
    who["follow"] = Actor(f"follow:{_first(world, people.firm)}", "enterprise", "", "follow", people.firm.id,
                          case_id=_first(world, people.firm))  # fmt: skip
    for firm in (people.firm, people.other_firm):
        _papers(world, _first(world, firm, "dispatched"))
    world.ids |= {
        "case_id": list(world.marks), "enterprise_id": [people.firm.id, people.other_firm.id],
        "number": store.read(lambda con: sql.column(con, "SELECT number FROM cases")),
        "step": sorted(GIVEN),
    }  # fmt: skip
    return world


def _case(world: World, firm: Any, state: str, mark: str, bodies: set[str]) -> None:
    facts = {"enterprise_id": firm.id, "sector_code": firm.sector_code, "town_code": firm.town_code,
             "title": f"{mark}标题", "text": f"{mark}内容，说了许多"}  # fmt: skip
    people = world.people
    hand = people.enterprise if firm is people.firm else people.stranger
    own = SimpleNamespace(**{**vars(people), "enterprise": hand})
    if state == "merged":
        return
    case = bring_to_bodies(world.store, own, state, sorted(bodies), **facts)
    world.marks[case.id], world.firm[case.id] = mark, firm.id
    world.bodies[case.id] = bodies if "dispatch" in WAY_TO[state] else set()
    sent = CheckedFile(f"{mark}.pdf", "application/pdf", "x", mark.encode())
    file = Attachment.of(sent, str(uuid4()), NOON, case_id=case.id)
    world.store.write(lambda con: attachments.add(con, [file]))
    world.ids.setdefault("attachment_id", []).append(file.id)


def bring_to_bodies(store: Store, people: SimpleNamespace, state: str, bodies: list[str], **facts: Any) -> Any:
    case = bring_to(store, people, "submitted", **facts)
    for n, step in enumerate(WAY_TO[state], start=1):
        given = {"lead": bodies[0], "co": tuple(bodies[1:])} if step == "dispatch" else {}
        hand = people.enterprise if step in ("close", "reject", "withdraw") else people.staff
        case = take(store, hand, case, step, NOON + timedelta(minutes=n), **given)
    return case


def _first(world: World, firm: Any, state: str = "submitted") -> str:
    states = dict(world.store.read(lambda con: sql.pairs(con, "SELECT id, state FROM cases")))
    return next(one for one, owner in world.firm.items() if owner == firm.id and states[one] == state)


def _papers(world: World, case_id: str) -> None:
    """A letter, a plan with a step, a meeting with a decision, a green channel of this case, all with its mark."""
    store, mark, body = world.store, world.marks[case_id], sorted(world.bodies[case_id])[0]
    by, made = {"actor": world.people.staff, "at": LATER}, {name: str(uuid4()) for name in
            ("letter_id", "plan_id", "step_id", "meeting_id", "decision_id", "channel_id")}  # fmt: skip
    letters.issue_letter(store, letter_id=made["letter_id"], case_ids=[case_id], lead=body, copied=(), **by)
    plan = PlanForm(("reopened",), f"{mark}目标", body)
    plans.open_plan(store, plan_id=made["plan_id"], case_id=case_id, form=plan, **by)
    step = StepForm(f"{mark}步骤", body, TODAY + timedelta(days=20))
    plans.add_step(store, plan_id=made["plan_id"], step_id=made["step_id"], form=step, seen=1, **by)
    number = store.read(lambda con: sql.scalar(con, "SELECT number FROM cases WHERE id = $id", {"id": case_id}))
    held = MeetingForm("small", TODAY, "会议室", "主持人", f"{mark}议题", (body,), "纪要", (number,), "备注")
    meetings.hold_meeting(store, meeting_id=made["meeting_id"], form=held, **by)
    decision = DecisionForm(case_id, f"{mark}决定", body, TODAY + timedelta(days=9))
    meetings.decide(store, meeting_id=made["meeting_id"], decision_id=made["decision_id"], form=decision, seen=1, **by)
    green = GreenForm(f"{mark}依据", "文号", 5)
    green_channel.ask_green_channel(store, channel_id=made["channel_id"], case_id=case_id, form=green, **by)
    for name, one in made.items():
        world.ids.setdefault(name, []).append(one)


# Reads ------------------------------------------------------------------------------------------------------------

FIXED: dict[str, object] = {
    "today": TODAY, "as_of": TODAY, "since": TODAY - timedelta(days=400), "silent_since": TODAY, "soon": TODAY,
    "at": LATER, "made_by": LATER, "limit": 50, "most": 50, "size": 50, "start": 0, "offset": 0, "page": 1,
    "year": TODAY.year, "led_by": "", "leader_id": None, "words": "", "also": None, "strata": None, "wave_id": "w",
    "forum_id": "f", "policy_id": "p", "state": "", "body": "", "category": "utilities", "rules": list(WORKING_DAYS),
    "least": LEAST, "codes": ["x"], "watch": Watch(TODAY, TERMS, RULES), "filters": CaseFilters(TODAY),
    "period": Period(TODAY - timedelta(days=400), TODAY, LATER), "code": "response", "language": "zh",
}  # fmt: skip
OWN_FILTERS = {"enterprises": EnterpriseFilter(), "policies": PolicyFilter(), "forums": ForumFilter()}
READS = enumerated.scoped_reads()


def read_arguments(world: World, name: str, read: Callable[..., Any], pick: Pick) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for one in list(inspect.signature(read).parameters.values())[1:]:
        if one.name == "scope":
            continue
        if one.name in world.ids:
            given[one.name] = pick(world.ids[one.name])
        elif one.name in ("case_ids", "ids"):
            given[one.name] = world.ids["case_id"] + world.ids["enterprise_id"]
        elif one.name == "asked":
            given[one.name] = pick([*world.ids["case_id"], *world.ids["number"]])
        elif one.name == "sort":
            given[one.name] = pick(sorted(SORTS))
        elif one.name == "group":
            given[one.name] = pick(sorted(GROUPS))
        elif one.name == "wanted":
            given[one.name] = OWN_FILTERS[name.split(".")[-2]]
        elif one.default is inspect.Parameter.empty:
            given[one.name] = FIXED[one.name] if one.name in FIXED else _blank(name, one)
    return given


def _blank(name: str, one: inspect.Parameter) -> object:
    """What a read that is not known here is given, by what it says it takes. Raises KeyError: then FIXED needs it."""
    blanks = {"str": "", "int": 50, "date": TODAY, "datetime": LATER, "Sequence": [], "None": None, "bool": False}
    said = inspect.formatannotation(one.annotation).rpartition(".")[2].partition("[")[0]
    if said not in blanks:
        raise KeyError(f"{name} takes {one}: tests/access/matrix.py has to give it one")
    return blanks[said]


def read_leak(world: World, way: str, name: str, pick: Pick) -> str:
    """What this read told this person of cases that are not theirs; '' where nothing."""
    read, scope = READS[name], world.who[way].scope
    given = read_arguments(world, name, read, pick)
    found = world.store.read(lambda con: _whole(read(con, scope=scope, **given)))
    leaked = world.told(way, found)
    return f"{way} read {sorted(leaked)} by {name}" if leaked else ""


def _whole(found: Any) -> Any:
    return list(found) if inspect.isgenerator(found) or hasattr(found, "__next__") else found


# Verbs ------------------------------------------------------------------------------------------------------------

VERBS: Mapping[str, tuple[Callable[..., Any], frozenset[str]]] = {
    **{f"casework:{n}": (v, test_who_may.VERBS.get(n, frozenset())) for n, v in enumerated.verbs(casework).items()},
    **{f"other:{n}": (v, test_authority.VERBS.get(n, frozenset())) for n, v in test_authority.public_verbs().items()},
}


class TakenBack(Exception):
    def __init__(self, result: Any, events: list[dict[str, Any]]) -> None:
        self.result, self.events = result, events


class Undone:
    """A store whose writes are made, looked at and taken back."""

    damage = None

    def __init__(self, store: Store) -> None:
        self.store, self.events = store, list[dict[str, Any]]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def write(self, fn: Callable[[Any], Any]) -> Any:
        def undone(con: Any) -> None:
            last = sql.scalar(con, "SELECT max(n) FROM event")
            result = fn(con)
            raise TakenBack(result, sql.rows(con, "SELECT * FROM event WHERE n > $n", {"n": last}))

        try:
            self.store.write(undone)
        except TakenBack as taken:
            self.events += taken.events
            return taken.result


def verb_arguments(world: World, name: str, verb: Callable[..., Any], pick: Pick) -> dict[str, Any]:
    wanted = [p for p in inspect.signature(verb).parameters.values() if p.name not in ("store", "actor")]
    given = {p.name: test_authority.GIVEN.get(p.name, str(uuid4())) for p in wanted
             if p.default is inspect.Parameter.empty}  # fmt: skip
    forms = [form for part, form in test_who_may.FORMS.items() if part in name.partition(".")[2]]
    if "form" in given and forms:
        given["form"] = forms[0]
    for key in given:
        if key in world.ids:
            given[key] = pick(world.ids[key])
        elif key in ("case_ids", "enterprise_ids"):
            given[key] = [pick(world.ids[key[:-1]])]
        elif key == "case":
            given[key] = SimpleNamespace(id=pick(world.ids["case_id"]))
    if name == "casework:act.act":
        step = pick(world.ids["step"])
        given |= {"action": "answer" if step == "promise" else step, "given": Given(**GIVEN[step])}
        given["given"] = given["given"] if step != "merge" else Given(into=pick(world.ids["case_id"]))
    if "seen" in given and "case_id" in given:
        given["seen"] = world.store.read(
            lambda con: sql.scalar(con, "SELECT seq FROM cases WHERE id = $id", {"id": given["case_id"]})
        )
    return given


def verb_leak(world: World, way: str, name: str, pick: Pick) -> str:
    """What this person's hand did, or was told, that is not theirs; '' where nothing."""
    verb, may = VERBS[name]
    actor, undone, said, refused = world.who[way], Undone(world.store), None, ""
    given = verb_arguments(world, name, verb, pick)
    try:
        said = verb(undone, actor=actor, **given)
    except Refused as refusal:
        said, refused = refusal.facts, refusal.code
    except (TypeError, AttributeError, ValueError, KeyError, AssertionError):
        refused = "past the door with made-up words"
    row = actor.way if actor.way != "account" else actor.role
    if row not in may and not (name.startswith("casework") and actor.way != "account") and undone.events:
        return f"{way} wrote {undone.events} by {name}"
    own = world.reach(way)
    foreign = {e["subject"] for e in undone.events if e["subject"] in world.marks} - own
    leaked = world.told(way, said)
    if foreign or leaked:
        return f"{way} changed {sorted(foreign)}, was told of {sorted(leaked)} by {name} {given} ({refused})"
    if not own and any(e["area"] == "case" and e["kind"] not in ("open", "submit") for e in undone.events):
        return f"{way} wrote into a case by {name}"
    return ""


def tries(world: World) -> st.SearchStrategy[tuple[str, str, str]]:
    kinds = st.sampled_from(["read"] * 2 + ["verb"] * 3)
    names = {"read": sorted(READS), "verb": [*sorted(VERBS), *["casework:act.act"] * 25]}
    who = st.sampled_from(sorted(world.who))
    return kinds.flatmap(lambda kind: st.tuples(st.just(kind), who, st.sampled_from(names[kind])))


def leak(world: World, tried: tuple[str, str, str], pick: Pick) -> str:
    kind, way, name = tried
    return (read_leak if kind == "read" else verb_leak)(world, way, name, pick)
