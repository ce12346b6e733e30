"""The door to GUITrain: double-click it, or type `python3 main.py`.

It needs nothing but Python 3.11, and makes its own environment on the first start. This file is
written so that any Python can read it, and say that it is too old.
"""

import os
import subprocess
import sys

OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")


def newer_python():
    """The name of a Python on this system that is new enough, or an empty string."""
    with open(os.devnull, "w") as nowhere:
        for name in NEWER_PYTHONS:
            try:
                code = subprocess.call([name, "--version"], stdout=nowhere, stderr=nowhere)
            except OSError:
                continue
            if code == 0:
                return name
    return ""


def too_old():
    """The sentence for a Python that is too old, with what to do."""
    here = os.path.abspath(__file__)
    lines = [
        "GUITrain needs Python 3.11 or newer, and this is Python %d.%d (%s)."
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    ]
    newer = newer_python()
    if newer:
        lines.append("There is a newer one on this machine. Type:")
        lines.append('    %s "%s"' % (newer, here))
    else:
        lines.append("Get it from https://www.python.org/downloads/ (3.11 to 3.14),")
        lines.append("or, on Debian 12, Ubuntu 24.04 and newer, type:")
        lines.append("    sudo apt-get install python3 python3-venv")
    return "\n".join(lines)


def main(arguments):
    """Open GUITrain, or do what `arguments` ask for; return an exit code."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        sys.stderr.write(too_old() + "\n")
        return 1
    if not os.path.isdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "guitrain")):
        sys.stderr.write("main.py stands alone. Keep it in its folder, beside guitrain/.\n")
        return 1
    from pathlib import Path

    from guitrain.bootstrap import door
    from guitrain.bootstrap.environment import Environment

    main_file = Path(__file__).resolve()
    options = door.read_options(arguments)
    if Environment(main_file.parent).is_inside() and options.rest == tuple(arguments):
        from guitrain.__main__ import main as start

        return start(arguments)
    code = door.enter(arguments, main_file)
    if code != 0:
        door.wait_for_reader()
    return code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. The next start goes on from here.\n")
        sys.exit(130)
