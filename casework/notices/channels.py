"""The ways a notice goes: e-mail, SMS, robots of WeCom, DingTalk and Feishu, webhooks to hosts that the operator names.

A person types an address; apprise carries the message. Nobody can make the server call another address than these.
"""

import logging
import os
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from db.refused import Refused

log = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds for one message, whatever the server does
LONGEST = 500
CARRIES_FILES = ("mail",)  # robots take words; what a webhook's host does with a file nobody knows

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})|\+[1-9]\d{7,14}")
_BETWEEN = re.compile(r"[\s-]")  # what parts the digits of a number, as telephones show it
_KEY = re.compile(r"[A-Za-z0-9_-]{6,128}")
_SCHEMES = {
    "mailto": "mail", "wecombot": "wecom", "dingtalk": "dingtalk", "feishu": "feishu", "json": "webhook",
    "jsons": "webhook", "sms": "sms",
}  # fmt: skip
# the address that a robot shows → scheme, and the parameter that holds its key (none: the last part of the path)
_ROBOTS = {
    "qyapi.weixin.qq.com": ("wecombot", "key"),
    "oapi.dingtalk.com": ("dingtalk", "access_token"),
    "open.feishu.cn": ("feishu", None),
}
_TAKEN = ("errcode", "code", "StatusCode")  # in a robot's answer: 0 where it took the message (the first one named)
_OK, _NO_ROBOT = 200, 502
_WEB = {"http": "json", "https": "jsons", "json": "json", "jsons": "jsons"}
_PLAIN = ("json", "jsons", "form", "forms")  # a gateway's own interface, which knows no recipient of apprise's
_MAIL_SERVERS = ("mailto", "mailtos")
_BY_SERVER = {"mail": "mailto:", "sms": "sms:"}  # what goes out by a server of the operator's
_HIDDEN = (
    (re.compile(r"([A-Za-z0-9._%+-])[A-Za-z0-9._%+-]*@"), r"\1***@"),
    (re.compile(r"(?<!\d)(\+?\d{3})\d{1,8}(\d{4})(?!\d)"), r"\1****\2"),  # a telephone, with its country or not
    (re.compile(r"[A-Za-z0-9_-]{20,}"), "…"),
)


@dataclass(frozen=True)
class Outside:
    """What the operator allows to leave: by which mail server and SMS gateway, to which webhook hosts (host or
    host:port)."""

    mail_url: str | None = None
    webhook_hosts: frozenset[str] = frozenset()
    sms_url: str | None = None

    @classmethod
    def from_environment(cls) -> "Outside":
        """NOTICE_MAIL_URL and NOTICE_SMS_URL, apprise URLs without recipient; NOTICE_WEBHOOK_HOSTS, with commas."""
        hosts = os.environ.get("NOTICE_WEBHOOK_HOSTS", "").split(",")
        return cls(
            os.environ.get("NOTICE_MAIL_URL", "").strip() or None,
            frozenset(host.strip().lower() for host in hosts if host.strip()),
            os.environ.get("NOTICE_SMS_URL", "").strip() or None,
        )


@dataclass(frozen=True)
class Paper:
    """A file that goes with a message. `name` is ours and ASCII."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """What is said. The id stands in a header and at the foot, so that a repeat is recognised."""

    id: str
    subject: str
    body: str
    paper: Paper | None = None


@dataclass(frozen=True)
class Delivery:
    """`error` is None where it was taken, else a code of `notices.why` with a detail without addresses and keys."""

    error: str | None = None

    @property
    def unreachable(self) -> bool:
        """The server did not answer at all: others need not be tried there now."""
        return (self.error or "").startswith("unreachable")


def channel_of(typed: str, *, hosts: frozenset[str], sms: bool = False) -> str:
    """The channel behind what a person typed or pasted; `sms`: whether there is a gateway for it. Raises
    Refused('channel_unknown' | 'channel_host' | 'channel_sms')."""
    words = unicodedata.normalize("NFKC", typed).strip()  # full-width digits and signs of a Chinese keyboard
    if phone := _PHONE.fullmatch(_BETWEEN.sub("", words.removeprefix("sms://"))):
        if not sms:
            raise Refused("channel_sms")
        return f"sms://{phone[1] or phone[0]}"  # a mobile of ours without its country, as its gateways take it
    if len(words) > LONGEST or any(c.isspace() or not c.isprintable() for c in words):
        raise Refused("channel_unknown")
    email = words.removeprefix("mailto://").removeprefix("mailto:")
    if _EMAIL.fullmatch(email) and len(email) <= 254:
        return f"mailto://{email}"
    try:
        return _robot(words) or _webhook(words, hosts)
    except ValueError:  # not an address at all, such as a port that is no number
        raise Refused("channel_unknown") from None


def kind_of(channel: str) -> str:
    """mail, sms, wecom, dingtalk, feishu or webhook."""
    return _SCHEMES[channel.partition(":")[0]]


def shown(channel: str) -> str:
    """The address as anybody may see it: z***@example.com, the host of a webhook, the end of a robot's key."""
    rest = channel.partition("://")[2]
    if kind_of(channel) in _BY_SERVER:
        return masked(rest)
    return urlsplit(channel).netloc if kind_of(channel) == "webhook" else f"…{rest[-4:]}"


def carries_files(channel: str) -> bool:
    return kind_of(channel) in CARRIES_FILES


def carries_link(channel: str) -> bool:
    """An SMS says one line, see `_short`."""
    return kind_of(channel) != "sms"


def masked(words: str) -> str:
    """Without e-mail addresses, telephone numbers and keys."""
    for pattern, instead in _HIDDEN:
        words = pattern.sub(instead, words)
    return words


def server_of(channel: str) -> str:
    """How the channels begin that share a server: all e-mails, all SMS, or the robot's or webhook's own address."""
    return _BY_SERVER.get(kind_of(channel), channel)


def carry(channel: str, message: Message, outside: Outside) -> Delivery:
    """Hand the message over, in at most PATIENCE seconds. Never raises."""
    try:
        message = _short(message) if kind_of(channel) == "sms" else message
        target = _target(channel, message, outside)
        if target is None:
            return Delivery("not_permitted")
        return _notify(target, message)
    except Exception as error:  # a plug-in of a library may raise anything
        log.exception("a notice could not be handed over")
        return Delivery(f"unusable {masked(type(error).__name__)}")


def _short(message: Message) -> Message:
    """What an SMS says: what happened to which number, nothing else."""
    return replace(message, subject="", body=message.subject)


def _robot(words: str) -> str | None:
    parts = urlsplit(words)
    if parts.scheme in ("wecombot", "dingtalk", "feishu"):
        scheme, key = parts.scheme, parts.netloc
    elif parts.scheme == "https" and parts.netloc.lower() in _ROBOTS:
        scheme, name = _ROBOTS[parts.netloc.lower()]
        key = parse_qs(parts.query).get(name, [""])[0] if name else parts.path.rstrip("/").rpartition("/")[2]
    else:
        return None
    if not _KEY.fullmatch(key):
        raise Refused("channel_unknown")
    return f"{scheme}://{key}"


def _webhook(words: str, hosts: frozenset[str]) -> str:
    parts = urlsplit(words)
    plain = parts.port is None or parts.port > 0
    if (
        parts.scheme not in _WEB
        or not parts.hostname
        or not plain
        or parts.username
        or parts.password
        or parts.fragment
    ):
        raise Refused("channel_unknown")
    if not _is_permitted(parts.netloc, hosts):
        raise Refused("channel_host", host=parts.hostname)
    query = "&".join(f"-{quote(k)}={quote(v[0])}" for k, v in parse_qs(parts.query).items())
    return f"{_WEB[parts.scheme]}://{parts.netloc.lower()}{parts.path}" + (f"?{query}" if query else "")


def _is_permitted(netloc: str, hosts: frozenset[str]) -> bool:
    """A host that is named without a port is permitted with each."""
    return netloc.lower() in hosts or (urlsplit(f"//{netloc}").hostname or "") in hosts


def _target(channel: str, message: Message, outside: Outside) -> dict[str, Any] | None:
    """What apprise needs to know of the recipient; None where the operator does not permit it (any more)."""
    from apprise.plugins import url_to_dict  # 60 MB and a second: only a server that tells somebody pays for them

    kind = kind_of(channel)
    if kind == "mail":
        if not outside.mail_url or outside.mail_url.partition(":")[0].lower() not in _MAIL_SERVERS:
            return None
        target = url_to_dict(outside.mail_url)
        extra = {"targets": [channel.removeprefix("mailto://")], "headers": {"X-Notice-Id": message.id}}
    elif kind == "sms":
        if not outside.sms_url:
            return None
        target, number = url_to_dict(outside.sms_url), channel.removeprefix("sms://")
        if target is None:
            return None
        told = {**target.get("payload", {}), "to": number, "id": message.id}
        abroad = number if number.startswith("+") else f"+86{number}"  # what apprise knows are services of the world
        extra = {"payload": told} if target["schema"] in _PLAIN else {"targets": [abroad]}
    else:
        if kind == "webhook" and not _is_permitted(urlsplit(channel).netloc, outside.webhook_hosts):
            return None
        target = url_to_dict(channel)
        extra = {"headers": {"X-Notice-Id": message.id}, "payload": {"id": message.id}} if kind == "webhook" else {}
    return {**target, **extra} if target else None


class _Posts:
    """`requests` for a robot's plug-in. Robots refuse with HTTP 200 and a code in the answer, which the library takes
    for a success: here the answer's status becomes that code, so that it fails, is logged with it and tried again."""

    def __init__(self, requests: Any) -> None:  # noqa: ANN401
        self._requests = requests

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._requests, name)

    def post(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        answer = self._requests.post(*args, **kwargs)
        if answer.status_code == _OK:
            answer.status_code = _said_by_robot(answer)
        return answer


def _said_by_robot(answer: Any) -> int:  # noqa: ANN401
    """200 where it says that it took the message; else its own code, or 502 for words that no robot says."""
    try:
        said = answer.json()
        code = next(said[name] for name in _TAKEN if name in said)
    except (ValueError, TypeError, StopIteration):
        return _NO_ROBOT
    return (_OK if code == 0 else code) if isinstance(code, int) else _NO_ROBOT


def _listen_to_robots() -> None:
    """Once a process, before the first message."""
    from apprise.plugins import dingtalk, feishu, wecombot

    for plugin in (dingtalk, feishu, wecombot):
        if not isinstance(plugin.requests, _Posts):
            vars(plugin)["requests"] = _Posts(plugin.requests)


def _notify(target: dict[str, Any], message: Message) -> Delivery:
    import apprise

    _listen_to_robots()
    asset = apprise.AppriseAsset(
        app_id="Face to Face",
        async_mode=False,
        service_timeout=PATIENCE,
        http_redirects=False,  # a permitted host must not lead to another
    )
    service = apprise.Apprise.instantiate(target, asset=asset)
    if service is None:
        return Delivery("unusable")
    carrier = apprise.Apprise(asset=asset)
    carrier.add(service)
    attached = {"attach": _attached(message.paper)} if message.paper else {}
    result = carrier.notify(body=message.body, title=message.subject, body_format="text", timeout=PATIENCE, **attached)
    return Delivery() if result else Delivery(_reason([entry.message for entry in result.logs()]))


def _attached(paper: Paper) -> Any:  # noqa: ANN401
    from apprise.attachment.memory import AttachMemory

    return AttachMemory(content=paper.content, name=paper.name, mimetype=paper.media_type)


def _reason(said: list[str]) -> str:
    """Why it failed: unreachable, or refused, with what the library said last about it."""
    unreachable = any("onnection error" in words or "timed out" in words.lower() for words in said)
    return f"{'unreachable' if unreachable else 'refused'} {masked(said[-1] if said else '')[:200]}".strip()
