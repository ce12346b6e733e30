"""Run the README's two commands in a fresh clone, as a newcomer would.

    python3 tests/e2e/check_readme.py [--keep]

Clones the last commit into a new folder, makes both environments anew, and says what it saw; the
exit code is 0 when both commands ended with 0. Not a test that pytest collects: the second command
runs the whole suite.
"""

import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def commands(readme: str) -> list[str]:
    """The lines of the README's fenced blocks that start main.py."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if re.match(r"(python3|py|python) main\.py", line)]


def check(folder: Path) -> int:
    """Clone into `folder` and run both commands there; return the exit code."""
    clone = folder / "guitrain"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    found = commands((clone / "README.md").read_text(encoding="utf-8"))
    print(f"README.md has {len(found)} commands: {found}", flush=True)
    if len(found) != 2:
        print("It should have exactly two.")
        return 1
    failed = 0
    for command in found:
        start = time.monotonic()
        words = [sys.executable, *shlex.split(command)[1:]]
        ran = subprocess.run(words, cwd=clone, stdin=subprocess.DEVNULL, check=False)
        took = time.monotonic() - start
        print(f"{command}: exit code {ran.returncode} after {took:.0f} s", flush=True)
        failed += ran.returncode != 0
    left = subprocess.run(
        ["git", "status", "--short"], cwd=clone, capture_output=True, text=True, check=True
    ).stdout
    if left:
        print(f"The commands left files that git does not ignore:\n{left}")
    return 1 if failed or left else 0


def main() -> int:
    """Check, in a folder that is removed afterwards unless --keep is given."""
    if "--keep" in sys.argv[1:]:
        folder = Path(tempfile.mkdtemp(prefix="guitrain-readme-"))
        print(f"Kept in {folder}", flush=True)
        return check(folder)
    with tempfile.TemporaryDirectory(prefix="guitrain-readme-") as name:
        return check(Path(name))


if __name__ == "__main__":
    sys.exit(main())
