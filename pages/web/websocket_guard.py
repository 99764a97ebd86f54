"""What a browser may say to Streamlit: a forged client can ask for more than our pages do, such as empty caches."""

import logging

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

log = logging.getLogger(__name__)

SPOKEN = frozenset({"rerun_script", "app_heartbeat", "stop_script", "file_urls_request"})
OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
LONGEST = 1_000_000  # bytes of one message; files go another way


class OnlyOurMessages:
    """ASGI middleware: drops messages that no page of ours sends. They are logged, not answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def heard() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or is_ours(message.get("bytes") or b""):
                    return message
                log.warning("dropped a message that no page sends")

        await self.app(scope, heard, send)


def is_ours(data: bytes) -> bool:
    """Whether a message is one that our pages send."""
    if len(data) > LONGEST:
        return False
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return False
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return kind in SPOKEN
