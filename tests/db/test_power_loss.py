"""The power fails in the middle of recorded writes, and files are damaged: the small one of `bench/power_loss.py`."""

import shutil

import pytest

from bench import power_loss

pytestmark = pytest.mark.of_a_file


@pytest.mark.skipif(not shutil.which("cc"), reason="the recording library needs a C compiler")
def test_what_was_acknowledged_is_there_after_power_loss_and_damage_is_told(tmp_path):
    found, damaged = power_loss.run(tmp_path, times=12, damages=8, rounds=1, seed=773)
    assert found["opened"] + found["recovered"] + found["nothing there yet"] == 12, found
    assert damaged["whole"] + damaged["told"] == 8, damaged
