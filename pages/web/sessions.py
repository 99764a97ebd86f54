"""Pages whose line is cut keep what Streamlit knows of them until they are back, also where a whole hall is cut off."""

from functools import cache

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, get_instance
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

MOST = 1_500  # sessions without a line: at 0.3 MB each, less than half a gigabyte


def keep_lost_sessions() -> None:
    """Streamlit gives its storage a time to live from the settings but no size, and 128 is its own: whoever loses the
    line after them starts anew. Here a larger one takes its place, while nobody is connected yet."""
    manager = get_instance()._session_mgr
    assert isinstance(manager, WebsocketSessionManager)
    lifetime = config.get_option("server.disconnectedSessionTTL")
    manager._session_storage = MemorySessionStorage(maxsize=MOST, ttl_seconds=lifetime)


def _watch_nothing(_session: AppSession) -> None:
    """`server.fileWatcherType` says so, and new sessions obey. One that comes back would watch all the same, and go
    through the files of two thousand modules after each of its runs."""


AppSession.register_file_watchers = _watch_nothing  # type: ignore[method-assign]


_read_theme = app_session._populate_theme_msg


@cache
def _theme(section: str) -> CustomThemeConfig:
    read = CustomThemeConfig()
    _read_theme(read, section)
    return read


def _told_theme(told: CustomThemeConfig, section: str = "theme") -> None:
    """Every run tells the browser its colours: read from the settings each time, they cost more than a light page."""
    if _theme(section).ByteSize():
        told.MergeFrom(_theme(section))


app_session._populate_theme_msg = _told_theme
