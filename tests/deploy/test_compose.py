"""compose.yaml, read: nothing here runs containers."""

import re

import yaml

from db.address import address_of
from tests.paths import ROOT

DEPLOY = ROOT / "deploy"


def test_the_containers_are_the_proxy_s_processes_with_one_store_and_one_folder():
    told = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services, volumes = told["services"], told["volumes"]
    processes = [one for one in services.values() if one.get("command", "").startswith("streamlit run app.py")]
    ports = {one["command"].split("--server.port ")[1].split()[0] for one in processes}
    assert ports == set(re.findall(r"127\.0\.0\.1:(\d+)", (DEPLOY / "nginx-several.conf").read_text(encoding="utf-8")))
    assert {one["network_mode"] for one in processes} == {"service:proxy"}
    [url] = {one["environment"]["STORE_URL"] for one in processes}
    at, store = address_of(url), services["store"]["environment"]
    assert f"@store/{store['POSTGRES_DB']}" in at.server and f"//{store['POSTGRES_USER']}@" in at.server
    assert {"--no-locale", "--encoding=UTF8"} == set(store["POSTGRES_INITDB_ARGS"].split())
    assert all(f"beside:{at.path.parent}" in one["volumes"] for one in processes)
    assert {"store", "beside"} == set(volumes)
    files = [volume.split(":")[0] for volume in services["proxy"]["volumes"]]
    assert all((DEPLOY / name).exists() for name in files if name.endswith(".conf"))
