"""A person of staff reads what was said in free words before a leader does, and leaders see who did."""

import pytest

from db import sql
from db.refused import Refused
from db.survey import surveys
from insight.survey.releasing import release_comments, waiting
from insight.survey.said import read_said
from tests.conftest import NOON
from tests.insight.world import add_answers, add_wave
from tests.there import there


@pytest.fixture
def unread(store):
    wave_id = add_wave(store, 1, "2023-11-01")
    add_answers(store, wave_id, "2023-11-02", [{"O5": "招工难，我们是全区唯一的防火布厂"}] * 12)
    store.write(lambda con: sql.run(con, "DELETE FROM comment_release"))
    return wave_id


def said(store, wave_id):
    return store.read(lambda con: read_said(con, there(surveys.wave(con, wave_id))))


def test_a_leader_reads_a_comment_once_staff_released_it_and_sees_who(store, people, unread):
    assert (said(store, unread).comments, said(store, unread).words) == (12, ())
    left = waiting(store, actor=people.staff, wave_id=unread)
    assert len(left) == 12 and not any("唯一" in words for _, words in left)
    ids = [one for one, _ in left]
    assert release_comments(store, actor=people.staff, wave_id=unread, ids=ids[:9], at=NOON) == 9
    assert said(store, unread).words == (), "nine are too few"
    assert release_comments(store, actor=people.staff, wave_id=unread, ids=ids, at=NOON) == 3
    assert release_comments(store, actor=people.staff, wave_id=unread, ids=ids, at=NOON) == 0
    found = said(store, unread)
    assert found.words and found.read == 12 and found.by == (people.staff.name,)
    told = store.read(lambda con: sql.column(con, "SELECT actor_id FROM event WHERE kind = 'release_comments'"))
    assert told == [people.staff.id] * 2


@pytest.mark.parametrize("who", ["leader", "officer", "department", "town", "enterprise"])
def test_only_staff_read_and_release_comments(store, people, unread, who):
    actor = getattr(people, who)
    for verb, asked in ((waiting, {}), (release_comments, {"ids": [], "at": NOON})):
        with pytest.raises(Refused, match="forbidden"):
            verb(store, actor=actor, wave_id=unread, **asked)


def test_a_comment_of_another_wave_is_not_released_here(store, people, unread):
    other = add_wave(store, 2, "2023-12-01")
    ids = [one for one, _ in waiting(store, actor=people.staff, wave_id=unread)]
    with pytest.raises(Refused, match="comments_unknown"):
        release_comments(store, actor=people.staff, wave_id=other, ids=ids, at=NOON)
