"""Dockerfile, read: nothing here runs containers."""

import json
import re

import pytest
from streamlit import config, net_util
from streamlit.web import bootstrap

from tests.paths import ROOT

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")


def test_the_image_starts_as_the_unit_does_on_the_python_that_is_checked():
    [image] = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.M)
    unit = (ROOT / "deploy" / "face-to-face@.service").read_text(encoding="utf-8")
    [start] = re.findall(r"^ExecStart=\S*/(streamlit .*)$", unit, re.M)
    assert [{"0.0.0.0": "127.0.0.1", "8501": "%i"}.get(word, word) for word in json.loads(image)] == start.split()
    [checked] = re.findall(r'^pythonVersion = "(.*)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    assert f"FROM python:{checked}-" in DOCKERFILE


def test_the_image_is_installed_as_by_make_before_it_gives_up_its_rights():
    [install] = re.findall(
        r"^\$\(VENV\)/\.installed:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M
    )
    steps = re.findall(r"\$\(BIN\)/python -m (?!pip)(\S+)", install)
    before = DOCKERFILE.partition("\nUSER ")[0]
    assert steps and [step for step in steps if f"RUN python -m {step}" not in before] == []
    assert (ROOT / "requirements.txt").exists() and "COPY requirements.txt ." in before


def test_what_was_typed_here_and_this_checkout_s_own_folders_stay_out_of_the_image():
    left_out = set((ROOT / ".dockerignore").read_text(encoding="utf-8").split())
    assert {".git", ".venv", "data", ".streamlit/secrets.toml", "**/*.duckdb*"} <= left_out


@pytest.mark.parametrize("address", ["0.0.0.0", None])
def test_at_its_start_nobody_outside_is_asked_which_address_it_has(address, monkeypatch):
    asked = []
    monkeypatch.setattr(net_util, "get_external_ip", lambda: asked.append(address))
    before = {name: config.get_option(name) for name in ("server.address", "server.headless")}
    for name, value in {"server.address": address, "server.headless": True}.items():
        config.set_option(name, value)
    try:
        bootstrap._print_url(False)
    finally:
        for name, value in before.items():
            config.set_option(name, value)
    assert asked == []
