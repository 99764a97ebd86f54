"""`make trust`: each promise about what nobody may see, lose or rewrite, as a test or a script that prints its figure.

`python bench/trust.py [WORD …]` runs all rows, or those with a word of these. It ends with 1 where one does not hold.
"""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Promise:
    """`tests` are asked of pytest; `script` is a line of bench/, with what it is given."""

    name: str
    tests: tuple[str, ...] = ()
    script: str = ""


PROMISES = (
    Promise("roles × reads × objects: 0 leaks in 10,000", ("tests/access/test_matrix.py",),
            "authority.py --tries 10000"),
    Promise("every route, page, verb and read has its guard",
            ("tests/access/test_authority.py", "tests/access/test_doors.py")),
    Promise("websocket forgery: 0 accepted",
            ("tests/journeys/web/test_forged_client.py", "tests/journeys/web/test_forgery.py")),
    Promise("kill -9 under load × 200, 60 backups under load, 500 submissions three times", script="faults.py"),
    Promise("power loss × 400, damage × 200: 0 lost, all noticed", ("tests/db/test_power_loss.py",), "power_loss.py"),
    Promise("disk full: 0 lost, not ready, ready again", ("tests/db/test_full_disk.py",)),
    Promise("verify notices deletions, changes, a tail cut off",
            ("tests/db/system/test_records.py", "tests/db/system/test_integrity.py")),
    Promise("restore, recover, upgrade: works, nothing overwritten",
            ("tests/db/test_durability.py", "tests/db/test_journal.py", "tests/db/test_store.py",
             "tests/db/system/test_keeping.py")),
    Promise("throttles behind the shipped proxy", ("tests/deploy/test_proxy.py", "tests/access/test_throttle.py")),
    Promise("uploads by strangers: 0 taken", ("tests/journeys/web/test_uploads.py",)),
    Promise("two clerks on one case: one wins, the other is told", ("tests/casework/cases/test_act.py",)),
    Promise("500 submissions through the real page", script="hall.py"),
    Promise("exports: 0 live formulas", ("tests/casework/documents/test_exports.py",)),
    Promise("a payload in every field, every page by every role: 0 scripts, 0 outside requests",
            ("tests/journeys/test_typed_words.py", "tests/journeys/web/test_frame_browser.py",
             "tests/bench/test_requests.py"), "requests.py"),
    Promise("sessions, second factor, another house's word",
            ("tests/access/test_admin.py", "tests/access/test_second_factor.py",
             "tests/journeys/accounts/test_identity_browser.py")),
    Promise("tokens guessed, reused, expired, prefetched: 0 accepted",
            ("tests/access/test_links.py", "tests/access/test_entrance.py")),
    Promise("imports: bombs, encodings, killed midway: 0 partial",
            ("tests/intake/files/test_spreadsheets.py", "tests/intake/test_beneficiaries.py"), "imports.py"),
)  # fmt: skip


def commands(one: Promise) -> list[list[str]]:
    tested = [[sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *one.tests]] if one.tests else []
    name, *given = one.script.split() or [""]
    return tested + ([[sys.executable, str(ROOT / "bench" / name), *given]] if name else [])


def main(words: list[str]) -> int:
    wanted = [one for one in PROMISES if not words or any(word in f"{one.name} {one.script}" for word in words)]
    broken = []
    for one in wanted:
        begun = time.monotonic()
        holds = all([subprocess.run(command, cwd=ROOT).returncode == 0 for command in commands(one)])
        broken += [] if holds else [one.name]
        print(f"{'holds' if holds else 'BROKEN'}: {one.name} ({time.monotonic() - begun:.0f} s)", flush=True)
    print(f"{len(wanted) - len(broken)} of {len(wanted)} hold" + "".join(f"\nBROKEN: {name}" for name in broken))
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
