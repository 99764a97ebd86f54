"""What the tests of answers share."""

from uuid import uuid4

import pytest

from intake.waves import running as waves
from tests.conftest import NOON
from tests.intake.survey.test_survey import a_form


@pytest.fixture
def wave(store, people):
    return waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=a_form(), at=NOON)
