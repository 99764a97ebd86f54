"""`python deploy/sbom.py > sbom.json`: what is installed here, as a CycloneDX 1.5 bill of materials."""

import json
import sys
from importlib import metadata


def bill() -> dict[str, object]:
    """Each package once, by its name."""
    found = {str(one.metadata["Name"]).lower().replace("_", "-"): one for one in metadata.distributions()}
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
            "components": [_component(name, found[name]) for name in sorted(found)]}  # fmt: skip


def _component(name: str, one: metadata.Distribution) -> dict[str, object]:
    told = dict(one.metadata.items())  # type: ignore[attr-defined]
    licence = told.get("License-Expression") or told.get("License", "").partition("\n")[0]
    purl = f"pkg:pypi/{name}@{one.version}"
    own: dict[str, object] = {"type": "library", "bom-ref": purl, "name": name, "version": one.version, "purl": purl}
    return own | ({"licenses": [{"license": {"name": licence}}]} if licence else {})


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bill(), indent=1))
