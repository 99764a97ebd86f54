"""A forged client speaks Streamlit's own protocol: what no page of ours says is not heard."""

from typing import Any, cast

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.web.websocket_guard import LONGEST, is_ours


@pytest.mark.parametrize("kind", ["clear_cache", "load_git_info", "set_run_on_save"])
def test_a_message_that_no_page_sends_is_dropped(kind):
    assert not is_ours(BackMsg(**cast(Any, {kind: True})).SerializeToString())


def test_installing_something_on_the_server_is_dropped():
    forged = BackMsg()
    forged.backend_operation_request.install_skills.SetInParent()
    assert not is_ours(forged.SerializeToString())


def test_noise_and_oversized_messages_are_dropped():
    assert not is_ours(b"\xff" * 64)
    large = BackMsg()
    large.rerun_script.query_string = "x" * (LONGEST + 1)
    assert not is_ours(large.SerializeToString())


def test_an_ordinary_rerun_passes():
    ordinary = BackMsg()
    ordinary.rerun_script.query_string = "sector=C17"
    assert is_ours(ordinary.SerializeToString())
