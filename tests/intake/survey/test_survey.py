"""An enterprise answers once: by its account or by a link that is its own, in time, and nobody else for it."""

import dataclasses
import json
import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest

from access import entrance
from access.actor import Actor
from db import clock, sql
from db.refused import MovedOn, Refused
from db.survey import drafts
from db.system import integrity, proofs
from intake.survey import answering as survey
from intake.survey import submitting
from intake.survey.drafts import LARGEST, load_draft, save_draft
from intake.survey.submitting import InvalidAnswers
from intake.waves import inviting
from intake.waves import running as waves
from tests.conftest import NOON
from tests.intake.questionnaires.test_survey_questionnaire import full_answers
from tests.sheets import answered, sheet, who_came
from tests.there import there

LATER = NOON + timedelta(days=3)


def a_form(**changes):
    return waves.WaveForm(
        **{
            "title_zh": "2023 年第四季度企业满意度调查",
            "title_en": "Enterprise satisfaction survey, Q4 2023",
            "questionnaire_code": "satisfaction",
            "questionnaire_version": 1,
            "first_day": date(2023, 11, 30),
            "last_day": date(2023, 12, 14),
        }
        | changes
    )


def invite(store, people, wave, firm):
    """The visitor who came by a new link of this enterprise."""
    [link] = inviting.invite(store, actor=people.staff, wave_id=wave.id, enterprise_ids=[firm.id], at=NOON)
    entered = entrance.enter_by_invitation(store, token=link.token, address="127.0.0.1", at=NOON)
    visitor = entrance.who_is_here(store, entered.token, NOON)
    assert visitor is not None
    return visitor


def submit(store, actor, wave, **changes):
    return submitting.submit(
        store,
        **{
            "actor": actor,
            "form_id": str(uuid4()),
            "wave_id": wave.id,
            "answers": full_answers(),
            "language": "zh",
            "started_at": NOON,
            "at": LATER,
        }
        | changes,
    )


def count(store, table):
    return store.read(lambda con: sql.scalar(con, f"SELECT count(*) FROM {table}"))  # noqa: S608


def refusal(verb, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        verb(*args, **kwargs)
    return refused.value.code


def test_an_enterprise_answers_and_keeps_a_receipt(store, people, wave):
    receipt = submit(store, people.enterprise, wave, language="en")
    one = who_came(store)
    assert receipt.number == f"S-2023-{one.number}" and receipt.at == LATER
    assert (one.enterprise_id, one.town_code, one.submitted_at) == (people.firm.id, "330603001", LATER)
    assert (sheet(store).language, sheet(store).started_at) == ("en", NOON)
    assert [row["value"] for row in answered(store, "P1")] == [75]


def test_the_history_says_that_somebody_answered_and_never_what(store, people, wave):
    submit(store, people.enterprise, wave, answers=full_answers(O5="用工难得很"))
    event = store.read(lambda con: sql.one(con, "SELECT * FROM event WHERE area = 'survey' AND kind = 'submit'"))
    assert event["actor_id"] == people.enterprise.id
    detail = json.loads(event["detail"])
    assert {name: detail[name] for name in ("wave", "number")} == {"wave": wave.id, "number": who_came(store).number}
    assert set(detail) == {"wave", "number", "content"} and len(detail["content"]) == 64


def test_equal_answers_leave_unequal_traces_in_the_history(store, people, wave):
    """The digest is keyed: whoever holds the history alone cannot try answers until one fits."""
    submit(store, people.enterprise, wave)
    submit(store, people.stranger, wave)
    rows = store.read(lambda con: sql.rows(con, "SELECT detail FROM event WHERE kind = 'submit'"))
    assert len({json.loads(row["detail"])["content"] for row in rows}) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ballot SET content = CASE WHEN content LIKE 'A%' THEN 'B' ELSE 'A' END || substr(content, 2)",
        "DELETE FROM ballot",
        "UPDATE participation SET town_code = '330603011'",
        "UPDATE participation SET enterprise_id = 'another'",
    ],
)
def test_an_answer_changed_behind_the_history_breaks_its_receipt(store, people, wave, statement):
    receipt = submit(store, people.enterprise, wave, answers=full_answers(O1="dissatisfied", O5="用工难"))
    found = store.read(lambda con: proofs.find(con, receipt.number, receipt.code))
    assert found.covers and found.breaks == [] and store.read(integrity.verify) == []
    store.write(lambda con: sql.run(con, statement))
    found = store.read(lambda con: proofs.find(con, receipt.number, receipt.code))
    assert [one.reason for one in found.breaks] == ["content"] == [one.reason for one in store.read(integrity.verify)]


def test_an_erased_answer_is_no_break_and_its_receipt_says_what_is_not_covered(store, people, wave):
    receipt = submit(store, people.enterprise, wave)
    store.write(lambda con: sql.run(con, "DELETE FROM event_key"))
    store.write(lambda con: sql.run(con, "DELETE FROM ballot"))
    found = store.read(lambda con: proofs.find(con, receipt.number, receipt.code))
    assert (found.breaks, found.covers) == ([], False) and store.read(integrity.verify) == []


def test_a_second_try_of_one_form_gives_the_same_receipt_and_writes_nothing(store, people, wave):
    form_id = str(uuid4())
    first = submit(store, people.enterprise, wave, form_id=form_id)
    before = store.revision()
    again = submit(store, people.enterprise, wave, form_id=form_id, at=LATER + timedelta(minutes=1))
    assert again == first
    assert (count(store, "participation"), store.revision()) == (1, before)


def test_many_tries_at_once_make_one_response(store, people, wave):
    visitor = invite(store, people, wave, people.firm)
    form_id = str(uuid4())
    receipts = []
    tries = [
        threading.Thread(target=lambda: receipts.append(submit(store, visitor, wave, form_id=form_id)))
        for _ in range(12)
    ]
    for one in tries:
        one.start()
    for one in tries:
        one.join()
    assert len(receipts) == 12 and len(set(receipts)) == 1
    assert count(store, "participation") == count(store, "ballot") == 1


def test_somebody_elses_form_gives_no_receipt(store, people, wave):
    form_id = str(uuid4())
    submit(store, people.enterprise, wave, form_id=form_id)
    assert refusal(submit, store, people.stranger, wave, form_id=form_id) == "forbidden"


def test_a_colleague_cannot_answer_a_second_time_for_the_same_enterprise(store, people, wave):
    submit(store, people.enterprise, wave)
    assert refusal(submit, store, people.colleague, wave) == "survey_answered"
    submit(store, people.stranger, wave)
    assert count(store, "participation") == 2


def test_answers_that_cannot_be_taken_are_named_and_nothing_is_written(store, people, wave):
    before = store.revision()
    with pytest.raises(InvalidAnswers) as refused:
        submit(store, people.enterprise, wave, answers=full_answers(P1=None, O2=40))
    assert refused.value.errors == {"P1": "answer_required", "O2": "answer_out_of_range"}
    assert (count(store, "participation"), store.revision()) == (0, before)


def test_void_answers_and_answers_to_nothing_asked_are_not_stored(store, people, wave):
    submit(store, people.enterprise, wave, answers=full_answers(QA="no", Z9="x"))
    assert {row["item"] for row in answered(store)} & {"A1", "A2", "Z9"} == set()


@pytest.mark.parametrize("who", ["officer", "department", "town", "staff", "leader", "admin"])
def test_only_an_enterprise_answers(store, people, wave, who):
    assert refusal(submit, store, getattr(people, who), wave) == "forbidden"
    assert refusal(survey.offered, store, actor=getattr(people, who), at=LATER) == "forbidden"


def test_a_follower_of_a_case_does_not_answer(store, people, wave):
    follower = Actor("follow:c", "enterprise", "x", "follow", people.firm.id, case_id="c")
    assert refusal(submit, store, follower, wave) == "forbidden"


def test_a_wave_takes_answers_from_its_first_day_to_the_end_of_its_last(store, people, wave):
    start, end = clock.start_of_day(date(2023, 11, 30)), clock.end_of_day(date(2023, 12, 14))
    assert (wave.opens_at, wave.closes_at) == (start, end)
    assert refusal(submit, store, people.enterprise, wave, at=start - timedelta(seconds=1)) == "survey_closed"
    assert refusal(submit, store, people.enterprise, wave, at=end) == "survey_closed"
    submit(store, people.enterprise, wave, at=end - timedelta(seconds=1))


def test_a_wave_that_was_closed_early_takes_no_answer(store, people, wave):
    waves.close_wave(store, actor=people.staff, wave_id=wave.id, seen=wave.seq, at=NOON + timedelta(days=1))
    assert refusal(submit, store, people.enterprise, wave) == "survey_closed"
    assert refusal(submit, store, people.enterprise, dataclasses.replace(wave, id="unknown")) == "survey_closed"


def test_an_invitation_is_used_up_by_its_answer(store, people, wave):
    visitor = invite(store, people, wave, people.firm)
    submit(store, visitor, wave)
    used = store.read(lambda con: sql.one(con, "SELECT used_at FROM invitation"))
    assert used["used_at"] == LATER
    assert refusal(submit, store, visitor, wave) == "survey_answered"


def test_a_used_invitation_is_refused_even_where_the_answer_is_gone(store, people, wave):
    visitor = invite(store, people, wave, people.firm)
    submit(store, visitor, wave)
    store.write(lambda con: sql.run(con, "DELETE FROM participation"))
    assert refusal(submit, store, visitor, wave) == "invitation_used"


def test_a_refused_answer_does_not_use_the_invitation_up(store, people, wave):
    visitor = invite(store, people, wave, people.firm)
    assert refusal(submit, store, visitor, wave, answers={}) == "invalid_answers"
    submit(store, visitor, wave)


def test_an_invitation_that_ran_out_or_was_taken_back_is_refused(store, people, wave):
    visitor = invite(store, people, wave, people.firm)
    inviting.revoke(store, actor=people.staff, invitation_id=there(visitor.invitation_id), at=NOON)
    assert refusal(submit, store, visitor, wave) == "invitation_expired"
    other = invite(store, people, wave, people.other_firm)
    store.write(lambda con: sql.run(con, "UPDATE invitation SET expires_at = $t", {"t": NOON}))
    assert refusal(submit, store, other, wave) == "invitation_expired"


def test_an_invitation_serves_its_own_survey_and_enterprise_only(store, people, wave):
    visitor = invite(store, people, wave, people.firm)
    other_wave = waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=a_form(), at=NOON)
    assert refusal(submit, store, visitor, other_wave) == "survey_not_invited"
    forged = dataclasses.replace(visitor, enterprise_id=people.other_firm.id)
    assert refusal(submit, store, forged, wave) == "survey_not_invited"
    forged = dataclasses.replace(visitor, wave_id=other_wave.id)
    assert refusal(submit, store, forged, other_wave) == "survey_not_invited"


def test_an_enterprise_that_left_the_register_does_not_answer(store, people, wave):
    store.write(lambda con: sql.run(con, "UPDATE enterprise SET active = false"))
    assert refusal(submit, store, people.enterprise, wave) == "forbidden"


def test_what_is_offered_is_the_open_survey_that_is_not_answered_yet(store, people, wave):
    newer = waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=a_form(), at=NOON)
    submit(store, people.enterprise, newer)
    offer = survey.offered(store, actor=people.enterprise, at=LATER)
    assert offer is not None and (offer.wave.id, offer.receipt, offer.open) == (wave.id, None, True)
    submit(store, people.enterprise, wave)
    offer = survey.offered(store, actor=people.enterprise, at=LATER)
    assert offer is not None and offer.receipt is not None
    assert survey.offered(store, actor=people.enterprise, at=LATER + timedelta(days=60)) is None


def test_who_comes_by_a_link_is_offered_its_survey_even_after_it_closed(store, people, wave):
    visitor = invite(store, people, wave, people.firm)
    offer = survey.offered(store, actor=visitor, at=LATER + timedelta(days=60))
    assert offer is not None and (offer.wave.id, offer.open) == (wave.id, False)


def test_a_draft_comes_back_and_ends_with_the_submission(store, people, wave):
    offer = survey.offered(store, actor=people.enterprise, at=NOON)
    begun = survey.begin(store, actor=people.enterprise, offer=there(offer), form_id="form-1", at=NOON)
    assert begun.answers == {"QX": "no"}
    survey.keep(store, actor=people.enterprise, wave_id=wave.id, answers={"P1": "satisfied"}, screen=2, at=NOON)
    survey.keep(store, actor=people.enterprise, wave_id=wave.id, answers={"F1": "na"}, at=NOON)
    again = survey.begin(store, actor=people.enterprise, offer=there(offer), form_id="form-2", at=LATER)
    assert (again.form_id, again.screen, again.started_at) == ("form-1", 2, NOON)
    assert again.answers == {"QX": "no", "P1": "satisfied", "F1": "na"}
    assert survey.resume(store, actor=people.colleague, wave_id=wave.id) is None
    with pytest.raises(survey.AnswersMoved):  # others than the draft holds: somebody has not seen what they send
        submit(store, people.enterprise, wave, form_id=again.form_id)
    assert survey.resume(store, actor=people.enterprise, wave_id=wave.id) == again
    seen = again.answers | full_answers()
    survey.keep(store, actor=people.enterprise, wave_id=wave.id, answers=seen, at=LATER)
    submit(store, people.enterprise, wave, form_id=again.form_id, answers=seen)
    assert survey.resume(store, actor=people.enterprise, wave_id=wave.id) is None
    assert survey.keep(store, actor=people.enterprise, wave_id=wave.id, answers={"P1": "5"}, at=NOON) is None


def test_taps_at_the_same_moment_are_all_kept(store, people, wave):
    offer = survey.offered(store, actor=people.enterprise, at=NOON)
    survey.begin(store, actor=people.enterprise, offer=there(offer), form_id="form-1", at=NOON)
    codes = [item.code for item in there(offer).questionnaire.items if item.kind == "level5"]

    def tap(code):
        survey.keep(store, actor=people.enterprise, wave_id=wave.id, answers={code: "satisfied"}, at=NOON)

    taps = [threading.Thread(target=tap, args=(code,)) for code in codes]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    kept = survey.resume(store, actor=people.enterprise, wave_id=wave.id)
    assert kept is not None and set(codes) <= set(kept.answers)


def test_a_draft_bumps_no_revision(store, people, wave):
    before = store.revision()
    save_draft(store, actor=people.enterprise, form="issue", draft_id="d", content={"text": "x"}, at=NOON)
    assert store.revision() == before


def test_a_draft_belongs_to_its_owner_and_form(store, people):
    save_draft(store, actor=people.enterprise, form="issue", draft_id="d", content={"text": "x"}, at=NOON)
    assert load_draft(store, actor=people.stranger, form="issue") is None
    code = refusal(save_draft, store, actor=people.stranger, form="issue", draft_id="d", content={}, at=NOON)
    assert code == "forbidden"
    store.write(lambda con: drafts.discard(con, owners=[people.stranger.id], form="issue"))
    mine = load_draft(store, actor=people.enterprise, form="issue")
    assert mine is not None and mine.content == {"text": "x"}
    save_draft(store, actor=people.enterprise, form="issue", draft_id="e", content={"text": "y"}, at=LATER)
    mine = load_draft(store, actor=people.enterprise, form="issue")
    assert mine is not None and (mine.id, mine.updated_at, count(store, "draft")) == ("e", LATER, 1)


def test_a_draft_needs_the_right_to_its_form_and_has_a_limit(store, people):
    for form in ("survey:w", "issue", "other"):
        assert refusal(load_draft, store, actor=people.leader, form=form) == "forbidden"
    assert refusal(load_draft, store, actor=people.officer, form="survey:w") == "forbidden"
    assert load_draft(store, actor=people.officer, form="issue") is None
    content = {"text": "x" * LARGEST}
    code = refusal(save_draft, store, actor=people.officer, form="issue", draft_id="d", content=content, at=NOON)
    assert code == "draft_too_long"


def test_a_comment_with_consent_waits_in_the_form_of_an_issue(store, people, wave):
    submit(store, people.enterprise, wave, answers=full_answers(O5=" 用电报装慢 ", O5_consent=True))
    draft = load_draft(store, actor=people.enterprise, form="issue")
    assert draft is not None
    assert (draft.content["text"], draft.content["town"]) == ("用电报装慢", "330603001")
    assert count(store, "cases") == 0


def test_a_comment_without_consent_goes_nowhere_else(store, people, wave):
    submit(store, people.enterprise, wave, answers=full_answers(O5_consent=False))
    assert load_draft(store, actor=people.enterprise, form="issue") is None


def test_a_comment_never_replaces_an_issue_that_is_being_written(store, people, wave):
    save_draft(store, actor=people.enterprise, form="issue", draft_id="d", content={"text": "mine"}, at=NOON)
    submit(store, people.enterprise, wave, answers=full_answers(O5_consent=True))
    draft = load_draft(store, actor=people.enterprise, form="issue")
    assert draft is not None and draft.content == {"text": "mine"}


def test_a_receipt_is_proved_by_its_number_and_code_together(store, people, wave):
    receipt = submit(store, people.enterprise, wave)
    found = store.read(lambda con: proofs.find(con, receipt.number, receipt.code))
    assert (found.number, found.area, found.happened_at, found.breaks) == (receipt.number, "survey", receipt.at, [])
    other = receipt.number.replace("2023", "2022")
    wrong = [(receipt.number, ""), (other, receipt.code), ("S-2023-000002", receipt.code), ("", "")]
    wrong += [("S-2023-" + "9" * 30, receipt.code), ("S-2023-²", receipt.code)]
    assert [store.read(lambda con, n=n, c=c: proofs.find(con, n, c)) for n, c in wrong] == [None] * len(wrong)


def test_opening_a_wave_twice_with_one_form_opens_one(store, people):
    first = waves.open_wave(store, actor=people.staff, wave_id="w", form=a_form(), at=NOON)
    assert waves.open_wave(store, actor=people.staff, wave_id="w", form=a_form(title_zh="别的"), at=NOON) == first
    assert count(store, "wave") == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title_en": "  "}, "wave_title"),
        ({"title_zh": "长" * 61}, "wave_title"),
        ({"last_day": date(2023, 11, 29)}, "wave_days"),
        ({"first_day": date(2023, 11, 1), "last_day": date(2023, 11, 2)}, "wave_days"),
        ({"questionnaire_version": 9}, "wave_questionnaire"),
    ],
)
def test_a_wave_needs_names_days_and_a_questionnaire(store, people, changes, code):
    assert refusal(waves.open_wave, store, actor=people.staff, wave_id="w", form=a_form(**changes), at=NOON) == code
    assert count(store, "wave") == 0


def test_who_closed_a_wave_first_wins_and_a_closed_one_is_over(store, people, wave):
    with pytest.raises(MovedOn):
        waves.close_wave(store, actor=people.staff, wave_id=wave.id, seen=wave.seq - 1, at=NOON)
    waves.close_wave(store, actor=people.staff, wave_id=wave.id, seen=wave.seq, at=NOON)
    assert refusal(waves.close_wave, store, actor=people.staff, wave_id=wave.id, seen=2, at=LATER) == "wave_over"
    ids = [people.firm.id]
    code = refusal(inviting.invite, store, actor=people.staff, wave_id=wave.id, enterprise_ids=ids, at=LATER)
    assert code == "wave_over"


def test_links_go_to_the_enterprises_chosen_that_have_not_answered(store, people, wave):
    submit(store, people.enterprise, wave)
    silent = inviting.still_silent(store, actor=people.staff, wave_id=wave.id)
    assert [e.id for e in silent] == [people.other_firm.id]
    both = [people.firm.id, people.other_firm.id, "unknown"]
    links = inviting.invite(store, actor=people.staff, wave_id=wave.id, enterprise_ids=both, at=NOON)
    assert [link.enterprise.id for link in links] == [people.other_firm.id]
    stored = store.read(lambda con: sql.one(con, "SELECT * FROM invitation"))
    assert links[0].token not in stored.values()
    ids = [people.firm.id]
    code = refusal(inviting.invite, store, actor=people.staff, wave_id=wave.id, enterprise_ids=ids, at=NOON)
    assert code == "nobody_to_invite"


def test_the_silent_are_found_by_sector_and_town(store, people, wave):
    def found(**by):
        return [e.id for e in inviting.still_silent(store, actor=people.staff, wave_id=wave.id, **by)]

    assert found(sector="C17") == [people.firm.id]
    assert found(town="330603011") == [people.other_firm.id]
    assert found(sector="C17", town="330603011") == []


def test_a_link_handed_out_before_stays_good_until_the_enterprise_answers(store, people, wave):
    first = invite(store, people, wave, people.firm)
    second = invite(store, people, wave, people.firm)
    submit(store, first, wave)
    assert refusal(submit, store, second, wave) == "survey_answered"
    counts = waves.waves(store, actor=people.staff, at=LATER)[0]
    assert (counts.invited, counts.live, counts.responses) == (2, 1, 1)


def test_a_link_taken_back_opens_nothing(store, people, wave):
    [link] = inviting.invite(store, actor=people.staff, wave_id=wave.id, enterprise_ids=[people.firm.id], at=NOON)
    inviting.revoke(store, actor=people.staff, invitation_id=link.invitation_id, at=NOON)
    code = refusal(entrance.enter_by_invitation, store, token=link.token, address="127.0.0.1", at=NOON)
    assert code == "invitation_unknown"
    again = refusal(inviting.revoke, store, actor=people.staff, invitation_id=link.invitation_id, at=NOON)
    assert again == "invitation_unknown"


@pytest.mark.parametrize("who", ["enterprise", "officer", "department", "town", "leader", "admin"])
def test_only_staff_run_the_survey(store, people, wave, who):
    actor = getattr(people, who)
    assert refusal(waves.open_wave, store, actor=actor, wave_id="w", form=a_form(), at=NOON) == "forbidden"
    assert refusal(waves.close_wave, store, actor=actor, wave_id=wave.id, seen=1, at=NOON) == "forbidden"
    code = refusal(inviting.invite, store, actor=actor, wave_id=wave.id, enterprise_ids=[people.firm.id], at=NOON)
    assert code == "forbidden"
    assert refusal(inviting.revoke, store, actor=actor, invitation_id="i", at=NOON) == "forbidden"
    assert refusal(waves.waves, store, actor=actor, at=NOON) == "forbidden"
    assert refusal(inviting.still_silent, store, actor=actor, wave_id=wave.id) == "forbidden"
