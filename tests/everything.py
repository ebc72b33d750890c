"""Every check of this project, part by part, with a table at the end. Started by ``./weerklank test``.

A part that fails does not stop the next one, so that one run shows all faults. A part that cannot run (no browser,
no database) is a fault, and so is a test that skips itself: nothing is left out silently.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A command that must end with 0. ``watched``: its output is shown while it runs, not only when it fails."""

    name: str
    command: tuple[str, ...]
    fast: bool = True
    watched: bool = False
    browser: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    part: str
    result: str  # good, FAULT or left out
    seconds: float
    counts: str


def parts(*, fast: bool) -> list[Part]:
    def tool(name: str, *words: str) -> tuple[str, ...]:
        return (str(TOOLS / name), *words)

    def tests(folders: str, marks: str, *, processes: int) -> tuple[str, ...]:
        # The same examples for everybody, so that green here is green there; pytest by itself looks for new ones.
        options = ("-q", "--no-header", "--timeout", "300", "-n", str(processes), "--hypothesis-seed", "1")
        return (sys.executable, "-m", "pytest", *options, *(("-m", marks) if marks else ()), *folders.split())

    marks = "not browser and not slow" if fast else ""
    several = min(4, max(2, os.cpu_count() or 2))
    # The fast set makes its tables from the models; that migrations make the same ones is for the whole set to see.
    web = tests("tests/web" + (" --no-migrations" if fast else ""), marks, processes=several)
    library = tests("tests/library tests/house", marks, processes=several)
    journeys = tests("tests/journeys", "", processes=0)
    on_postgres = (sys.executable, "tests/on_postgres.py", *web)
    every = [
        Part(name="lint", command=tool("ruff", "check", ".", "weerklank")),
        Part(name="format", command=tool("ruff", "format", "--check", ".", "weerklank")),
        Part(name="templates", command=tool("djlint", "src/weerklank_web", "--lint")),
        Part(name="types", command=tool("mypy")),
        Part(name="contracts", command=tool("lint-imports")),
        Part(name="library and house", command=library, watched=True),
        Part(name="web on SQLite", command=web, watched=True),
        Part(name="web on PostgreSQL", command=on_postgres, watched=True, fast=False),
        Part(name="journeys in Chromium", command=journeys, watched=True, fast=False, browser=True),
    ]
    return [part for part in every if part.fast or not fast]


def chromium() -> tuple[str | None, str]:
    """The path of a Chromium, installed through apt if we may; or nothing, and the sentence that says why."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found, ""
    advice = "Install Chromium, or leave the journeys out on purpose with --no-browser."
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (rights and not shutil.which("sudo")):
        return None, f"No Chromium found, and it cannot be installed from here. {advice}"
    print("Chromium is missing: installing it through apt (about a minute and a half, once) …", flush=True)
    for words in (["update", "-q"], ["install", "-yq", "--no-install-recommends", "chromium"]):
        done = subprocess.run([*rights, "apt-get", *words], check=False, capture_output=True, text=True)
        if done.returncode:
            print((done.stdout + done.stderr)[-3000:])
            return None, f"No Chromium found, and `apt-get {words[0]}` failed. {advice}"
    return shutil.which("chromium"), "apt installed no chromium."


def perform(part: Part, *, env: dict[str, str]) -> tuple[bool, str]:
    """Run one part; tells whether it is good, and its last line, in which every tool puts its counts."""
    if part.browser:
        path, why_not = chromium()
        if path is None:
            return False, why_not
        env = {**env, "WEERKLANK_CHROMIUM": path}
    child = subprocess.Popen(
        part.command,
        cwd=ROOT,
        env=env,
        text=True,
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    lines = []
    assert child.stdout is not None
    for line in child.stdout:
        lines.append(line)
        if part.watched:
            print(line, end="", flush=True)
    good = child.wait() == 0
    if not (good or part.watched):
        print("".join(lines), flush=True)
    counts = next((line.strip(" =\n") for line in reversed(lines) if line.strip()), "said nothing")
    if part.watched and re.search(r"\d+ skipped", counts):
        return False, f"{counts} (a test that is skipped checks nothing)"
    return good, counts


def table(outcomes: list[Outcome]) -> str:
    rows = [f"{o.part:<22}{o.result:<10}{o.seconds:>7.1f} s  {o.counts}" for o in outcomes]
    faults = [o.part for o in outcomes if o.result == "FAULT"]
    verdict = f"FAULTS in: {', '.join(faults)}" if faults else "All good."
    return "\n".join([*rows, f"{'together':<32}{sum(o.seconds for o in outcomes):>7.1f} s  {verdict}"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fast", nargs="?", choices=["fast"])
    parser.add_argument("--no-browser", action="store_true")
    args = parser.parse_args()
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="weerklank-test-") as data:
        # The settings of an installation on this machine are none of the tests' business.
        env = {name: value for name, value in os.environ.items() if not name.startswith("WEERKLANK_")}
        env |= {"WEERKLANK_DATA": data, "PLAYWRIGHT_NODEJS_PATH": shutil.which("node") or ""}
        for part in parts(fast=args.fast is not None):
            if part.browser and args.no_browser:
                outcomes.append(
                    Outcome(part=part.name, result="left out", seconds=0, counts="as asked: --no-browser")
                )
                continue
            print(f"\n── {part.name}", flush=True)
            started = time.monotonic()
            good, counts = perform(part, env=env)
            result, seconds = "good" if good else "FAULT", time.monotonic() - started
            outcomes.append(Outcome(part=part.name, result=result, seconds=seconds, counts=counts))
    print(f"\n{table(outcomes)}")
    return 1 if any(outcome.result == "FAULT" for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
