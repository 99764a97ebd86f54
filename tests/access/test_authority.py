"""Every route, page, verb and read has a decision: a new one fails here until somebody has made it."""

import inspect
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import access
import insight
import intake
from access.actor import Actor
from access.roles import PERMISSIONS, ROLES, VISITOR
from db import minutes_files, sql
from db.cases import attachments
from db.cases.attachments import Attachment, CheckedFile
from db.minutes_files import MinutesFile
from db.people import accounts
from db.refused import Refused
from pages.entrance import menu
from pages.routes import ROUTES
from pages.shared import here
from pages.sitemap import SITE
from tests.access.enumerated import asked_of_db, unscoped_reads, verbs
from tests.access.test_routes import Answer, ask
from tests.casework.test_who_may import GIVEN_BY_NAME
from tests.conftest import session_of

NOBODY = "nobody"
WAYS = (*ROLES, *VISITOR)
STAFF, ADMIN = frozenset({"staff"}), frozenset({"admin"})
AND_LEADERS, BOTH = STAFF | {"leader"}, STAFF | ADMIN
EVERYBODY, NO_ONE = frozenset({NOBODY, *ROLES}), frozenset[str]()

# route → those whom it answers, asked for something that is there. NO_ONE: only the secret in its address lets in, and
# tests/access/test_links.py guesses them; here the secret is made up.
ROUTES_ANSWER: dict[str, frozenset[str]] = {
    **dict.fromkeys(("/healthz", "/readyz", "/language/{code}", "/sign-in", "/sign-out", "/published",
                     "/published/{number}", "/published/{number}.{kind}", "/c/{code:path}", "/f/plain.js",
                     "/guidance", "/guidance/{number}"), EVERYBODY),
    **dict.fromkeys(("/i/{token:path}", "/s/{token:path}", "/screen-link/{token:path}", "/wall/{token}/now",
                     "/wall/{token:path}", "/arrive/{token:path}", "/reset/{token:path}", "/f/{token}",
                     "/f/s/{token}", "/sign-in/identity", "/sign-in/identity/done", "/sign-in/code",
                     "/f/case", "/metrics"), NO_ONE),
    "/logo": NO_ONE,  # the demonstration's district has none
    **dict.fromkeys(("/f", "/f/cases", "/f/raise", "/f/visits"), frozenset({"enterprise"})),
    # a figure that was published is public (tests/journeys/citing); of all others those who may see the figure
    **dict.fromkeys(("/cite/{kind}/{code}/{day}/{n}.{ending}", "/cite/{kind}/{code}/{day}/{n}",
                     "/cite/{kind}/{code}.{ending}", "/cite/{kind}/{code}"), AND_LEADERS | {"admin"}),
    "/password": frozenset(ROLES),
    "/attachments/{id}": AND_LEADERS,  # of a case that lies with none of the others
    **dict.fromkeys(("/export/cases.{kind}", "/print/cases"),
                    frozenset({"staff", "leader", "department", "town", "officer"})),
    "/export/promises.{kind}": frozenset({"staff", "leader", "department"}),
    **dict.fromkeys(("/export/economy.{kind}", "/leaf.pdf", "/export/plans.{kind}", "/export/meetings.{kind}",
                     "/meetings/{id}.{kind}", "/agenda/{id}.{kind}", "/minutes/{id}.{kind}", "/results/{number}.{kind}",
                     "/briefings/{since}/{until}.{kind}", "/export/figure/{code}.{kind}"), AND_LEADERS),
    "/letters/{id}.{kind}": STAFF,  # of a body that the demonstration's department is not
    "/minutes-files/{id}": AND_LEADERS,
    "/backups/{name}": ADMIN,
    "/templates/{name}.docx": STAFF,
}  # fmt: skip
# what stands in the address, by the route and by the name of its part
NAMED = {
    "code": "zh", "token": "guessed", "since": "2023-11-01", "until": "2023-11-30", "name": "letter", "kind": "xlsx",
    "day": "2023-11-30", "n": "1", "ending": "csv",
    **{one: {"kind": "docx"} for one in ("/letters", "/meetings", "/agenda", "/minutes")},
    "/guidance": {"number": "1"},
    "/published": {"number": "3"}, "/results": {"number": "3"},
    "/export/figure": {"code": "issues"}, "/c/": {"code": "GUESSED"},
}  # fmt: skip
ONE_OF = {
    "/attachments": "SELECT id FROM attachment LIMIT 1",
    "/letters": "SELECT id FROM letter WHERE lead_body NOT IN ('economy_it') LIMIT 1",
    "/meetings": "SELECT id FROM meeting LIMIT 1",
    "/agenda": "SELECT forum_id FROM agenda_item LIMIT 1",
    "/minutes": "SELECT id FROM forum WHERE state = 'held' LIMIT 1",
    "/minutes-files": "SELECT id FROM minutes_file LIMIT 1",
}


def test_every_route_has_its_row():
    assert {route.path for route in ROUTES} == set(ROUTES_ANSWER)


def address(store: Any, path: str) -> str:
    known: dict[str, Any] = {**NAMED}
    for start, own in NAMED.items():
        known |= own if isinstance(own, Mapping) and path.startswith(start) else {}
    for start, statement in ONE_OF.items():
        if path.startswith(start):
            known["id"] = store.read(lambda con, one=statement: sql.scalar(con, one))
            assert known["id"], path
    for part in known.keys() | {"id"}:
        path = path.replace(f"{{{part}}}", str(known.get(part))).replace(f"{{{part}:path}}", str(known.get(part)))
    assert "{" not in path
    return path


def attached(con: Any) -> None:
    """A file of a case with which no department, town, officer or enterprise of the demonstration has to do, and one
    beside a meeting's minutes."""
    case_id = sql.scalar(con, """
        SELECT c.id FROM cases c JOIN enterprise e ON e.id = c.enterprise_id WHERE c.town_code <> '330603001'
        AND e.id <> (SELECT enterprise_id FROM account WHERE login = 'enterprise')
        AND e.officer_id <> (SELECT id FROM account WHERE login = 'officer')
        AND c.id NOT IN (SELECT case_id FROM case_body WHERE body_code = 'economy_it') LIMIT 1""")  # fmt: skip
    file = CheckedFile("a.pdf", "application/pdf", "x", b"x")
    attachments.add(con, [Attachment.of(file, str(uuid4()), here.now(), case_id=case_id)])
    held = sql.scalar(con, "SELECT id FROM meeting LIMIT 1")
    laid = MinutesFile.of(file, str(uuid4()), here.now(), record_kind="meeting", record_id=held)
    minutes_files.add(con, [laid])


def open_to(answer: Answer, path: str) -> bool:
    """A 404 is what is said where nothing is published, cited or backed up, as in this demonstration."""
    found = answer.status in (200, 303) or (
        answer.status == 404 and path.startswith(("/published", "/cite", "/backups"))
    )
    return found and "/sign-in" not in answer.headers.get("location", "")


def shut_to(answer: Answer) -> bool:
    """Also by asking an account first whether a link may take its place. Not one byte of a file goes out."""
    to_sign_in = answer.headers.get("location", "").startswith("/sign-in")
    asks_back = answer.status == 200 and 'method="post"' in answer.text and here.SESSION_COOKIE not in answer.cookies
    nothing = "content-disposition" not in answer.headers
    return nothing and (answer.status in (401, 403, 404) or to_sign_in or asks_back)


def test_every_route_answers_those_of_its_row_and_nobody_else(demonstration):
    tokens = {NOBODY: ""}
    for role in ROLES:
        account = demonstration.read(lambda con, login=role: accounts.by_login(con, login))
        tokens[role] = session_of(demonstration, Actor(account.id, role, account.name))
    demonstration.write(attached)
    wrong = []
    for path, may in ROUTES_ANSWER.items():
        asked = address(demonstration, path)
        for who in (*sorted(tokens.keys() - may), *sorted(may)[-1:]):  # of those who may, one: a file takes its time
            answer = ask("GET", asked, cookies={here.SESSION_COOKIE: tokens[who]} if who != NOBODY else {})
            if not (open_to(answer, path) if who in may else shut_to(answer)):
                wrong.append((path, who, answer.status))
    assert wrong == []


def actors(people: Any) -> dict[str, Actor]:
    """One of each role, and one of each way without an account, for records that nobody has."""
    visitors = {
        "invitation": {"enterprise_id": people.firm.id, "invitation_id": "x", "wave_id": "w"},
        "follow": {"enterprise_id": people.firm.id, "case_id": "x"},
        "open": {"open_link_id": "x", "wave_id": "w"},
        "screen": {},
    }
    roles = {role: getattr(people, role) for role in ROLES}
    return roles | {
        way: Actor(f"{way}:x", "leader" if way == "screen" else "enterprise", "", way=way, **facts)
        for way, facts in visitors.items()
    }


def test_every_page_is_drawn_for_those_whom_its_row_names_and_for_nobody_else(monkeypatch):
    """A page that somebody may not see is a closed door under its address, not an entry that is left out."""
    monkeypatch.setattr(menu, "SharedPage", lambda page, **_: page)
    for who, held in {NOBODY: frozenset[str](), **PERMISSIONS, **VISITOR}.items():
        pages = menu._menu.__wrapped__(held, frozenset(), who != NOBODY, True, "zh").pages
        drawn = {path for path, page in pages.items() if isinstance(page, Path)}
        assert drawn == {row.path for row in SITE if row.permission == "anyone" or row.permission in held}, who


# verb → those whose hand it does not refuse; casework's are in tests/casework/test_who_may.py
ACCOUNTS, ANSWERS = frozenset(ROLES), frozenset({"enterprise", "invitation", "open"})


def rows(module: str, names: str, may: Iterable[str]) -> dict[str, frozenset[str]]:
    return {f"{module}.{name}": frozenset(may) for name in names.split()}


VERBS: dict[str, frozenset[str]] = {
    **rows("admin", "add_account change_account disable_account enable_account reset_password find_accounts"
           " first_links account_imports let_in"
           " find_sign_ins", ADMIN),
    **rows("own_password", "change_own_password", ACCOUNTS),
    **rows("own_data", "own_data", frozenset({"enterprise"})),
    **rows("sessions", "own_sessions end_own_session", ACCOUNTS),
    **rows("sessions", "sessions_of end_sessions", ADMIN),
    **rows("second_factor", "forget_factor ask_second_factor", ADMIN),
    **rows("reference_lists", "add_item change_item move_item", ADMIN),
    **rows("screens", "open_screen revoke_screen live_screens", BOTH),
    **rows("upkeep", "back_up verify_history rename_district set_public_url set_form_page", ADMIN),
    **rows("erasing", "looked_at kept_until matching what_would_go erase", ADMIN),
    **rows("backup_copies", "code_is_asked backup_named take_backup what_it_holds", ADMIN),
    **rows("second_factor", "show_again", ACCOUNTS),  # of oneself
    **rows("form_limits", "spend", WAYS),  # counts what is sent in one's own name
    **rows("beneficiaries", "check_beneficiaries import_beneficiaries refused_beneficiaries", STAFF),
    **rows("breaks", "mark_break", STAFF),
    **rows("importing", "check_indicators import_indicators refused_indicators", STAFF),
    **rows("importing", "check_ledger import_ledger refused_of_ledger", STAFF),
    **rows("new_series", "add_indicator", STAFF),
    **rows("raising", "submit_issue", {"enterprise", "invitation", "officer", "staff"}),
    **rows("kept_files", "keep_files", {"enterprise", "invitation"}),
    **rows("kept_files", "kept_files leave_out", WAYS),  # of one's own draft
    # what is typed in the hand of whoever types it; why their own link is closed; their own link's receipt
    **rows("raising", "wrong_fields closed_to kept_receipt", WAYS),
    **rows("minutes", "attach_to_minutes", STAFF),
    **rows("acting", "act_with_files", WAYS),  # as `act`: each action asks the table of the lifecycle
    **rows("keying", "open_waves tally find enter compare settle", STAFF),
    **rows("versions", "overview sheet create keep_imported change publish close new_version duplicate discard", BOTH),
    **rows("enterprises", "check_enterprises import_enterprises refused_enterprises save_enterprise", BOTH),
    **rows("answering", "offered begin resume keep", ANSWERS),
    **rows("submitting", "submit", ANSWERS - {"open"}),  # a visitor's form has the one id that follows from the browser
    **rows("drafts", "save_draft change_draft load_draft", ANSWERS),
    **rows("town_map", "import_town_map remove_town_map", ADMIN),
    **rows("groups", "grouping save_group remove_group", STAFF),
    **rows("inviting", "invite revoke unused revoke_unused still_silent live_links", STAFF),
    **rows("open_links", "open_link links_of answers_by take_down", STAFF),
    **rows("quotas", "set_rate set_quotas", STAFF),
    **rows("reminders", "standing remind", STAFF),
    **rows("running", "open_wave close_wave finish_keying waves responses_by questionnaire_of questionnaires", STAFF),
    **rows("samples", "plan strata_of redraw", STAFF),
    **rows("wave", "import_wjx", STAFF),
    **rows("releasing", "waiting release_comments", STAFF),
    **rows("citing", "cite", AND_LEADERS | ADMIN),  # whoever sees the figure
    **rows("citing", "show_everybody show_nobody", STAFF),
    **rows("own", "own_figures", STAFF | {"department"}),
    **rows("pinning", "pin_note remove_note", AND_LEADERS),
    **rows("thresholds", "own_thresholds set_threshold drop_threshold", AND_LEADERS),
    **rows("publishing", "publish_results withdraw_results set_weights", STAFF),
}  # fmt: skip
GIVEN = {**GIVEN_BY_NAME, "form": "survey:w", "ledger": "cases",
         "content": {"answers": {}, "screen": 0, "started_at": "2023-11-30"},
         "offer": SimpleNamespace(wave=SimpleNamespace(id="w"), enterprise=SimpleNamespace(id=""))}  # fmt: skip


def public_verbs() -> dict[str, Any]:
    return {name: verb for package in (access, intake, insight) for name, verb in verbs(package).items()}


def test_every_verb_outside_casework_has_its_row():
    assert set(public_verbs()) == set(VERBS)


def test_every_verb_refuses_every_hand_that_its_row_does_not_name(store, people):
    """With made-up ids. Past the door a made-up word may be anything but a right."""
    who = actors(people)
    for name, verb in public_verbs().items():
        wanted = [p for p in inspect.signature(verb).parameters.values() if p.name not in ("store", "actor")]
        for way in sorted(who, key=lambda one: one in VERBS[name]):
            given = {p.name: GIVEN.get(p.name, str(uuid4())) for p in wanted if p.default is inspect.Parameter.empty}
            if name == "minutes.attach_to_minutes":
                given |= {"kind": "meeting"}
            before, code = store.revision(), ""
            try:
                verb(store, actor=who[way], **given)
            except Refused as refused:
                code = refused.code
            except (TypeError, AttributeError, ValueError, KeyError):
                code = "past the door"
            assert (code == "forbidden") is (way not in VERBS[name]), (name, way, code)
            assert way in VERBS[name] or store.revision() == before, (name, way)


# Reads of people's records without a scope that pages and figures ask directly, each with what guards it. All others
# are asked below a verb, which asks for the permission itself.
READS: dict[str, str] = {
    **dict.fromkeys(("events.head", "figures.figures.moved_at", "figures.figures.moved_in", "figures.figures.ground"),
                    "a number and a hash, of nobody"),
    **dict.fromkeys(("events.revision", "figures.citations.versions", "figures.citations.newest",
                     "figures.citations.cited", "figures.citations.looked", "figures.citations.to_look_at",
                     "indicators.changes.imports"),
                    "figures that were cited and series, whose pages ask who sees them"),
    **dict.fromkeys(("figures.figures.attendance_counts", "figures.figures.forum_facts", "policies.reach",
                     "figures.figures.register_counts", "figures.figures.sectors_in_use",
                     "policies.beneficiaries_by_year", "survey.estimates.closed_waves",
                     "survey.estimates.waiting_waves"), "counts"),
    "guidance.behind": "counts and sectors of a piece that everybody reads, none of fewer than ten",
    "guidance.linked": "ids, held against the cases that were read within a scope",
    **dict.fromkeys(("figures.figure_rows.attendances", "figures.figure_rows.beneficiaries",
                     "figures.figure_rows.bodies", "figures.figure_rows.entrepreneurs", "figures.figure_rows.officers"),
                    "rows_behind: for a scope of all alone"),
    **dict.fromkeys(("notices.outbox.add", "notices.outbox.contact", "notices.thresholds.live"),
                    "tells each leader what their own threshold says: asked by the day's work, by no page"),
    "notices.thresholds.own": "of whoever asks, by their own account's id",
    "forums.forums.to_run": "forums, which those of see_forums see all",
    **dict.fromkeys(("cases.handed_over.of_letters", "letters.letters.case_ids", "letters.letters.copied",
                     "plans.meetings.bodies"), "of a letter or a meeting that was read within a scope"),
    "people.accounts.find": "leaders alone, in forms of plans",
    "people.accounts.leaders": "names of leaders, for whoever puts one in charge",
    "people.accounts.name_of": "the name of a case's leader, of a case that was read within a scope",
    "people.enterprises.of_case": "whether a form that comes again has made its case",
    "people.enterprises.officers": "names of officers, for whoever keeps the register",
    **dict.fromkeys(("events.append", "people.accounts.by_id", "people.accounts.by_login"),
                    "the demonstration's loader, which no page has"),
    **dict.fromkeys(("cases.confidential.readers", "cases.confidential.may_be_named"),
                    "names, for whoever reads a confidential case or makes one so"),
    "events.of_subject": "who changed a wave's weights: its history as an operator's command",
    **dict.fromkeys(("survey.frames.frame", "survey.answers.given",
                     "survey.answers.responses", "survey.comments.of_wave", "survey.estimates.known_names"),
                    "results, behind see_results and the protection of small groups"),
}  # fmt: skip


def test_every_read_of_peoples_records_without_a_scope_that_a_page_or_a_figure_asks_has_its_row():
    asked = unscoped_reads() & (asked_of_db("pages") | asked_of_db("insight"))
    assert {name.removeprefix("db.") for name in asked} == set(READS)


def test_the_enumeration_sees_a_read_that_has_no_scope_and_knows_one_that_has():
    """The enumeration itself sees what it should: a read that everybody knows has no scope, one that has one."""
    assert "db.people.accounts.by_login" in unscoped_reads() and "db.cases.cases.get" not in unscoped_reads()
    assert len(unscoped_reads()) > 90
