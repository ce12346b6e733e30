"""``python -m guitrain.packaging build``: the app as a folder that starts by a double click."""

import argparse
import sys
import time
from pathlib import Path

from guitrain.packaging.build import BuildProblem, build, megabytes
from guitrain.packaging.contents import ROOT


def main(argv: list[str] | None = None) -> int:
    """Do what the arguments ask for, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m guitrain.packaging", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    made = commands.add_parser("build", help="build the app for this system, with PyInstaller")
    made.add_argument("--dist", type=Path, default=ROOT / "dist", help="where (usually dist/)")
    commands.add_parser("icons", help="draw guitrain.ico and guitrain.icns anew from the SVG")
    text = "look for new texts in the source, and compile the catalogues of translations"
    commands.add_parser("translations", help=text)
    args = parser.parse_args(argv)
    if args.command == "translations":
        from guitrain.packaging.translations import update

        for path, missing in update():
            print(f"{path}: {missing} texts want a translation")
        return 0
    if args.command == "icons":
        from PySide6.QtGui import QGuiApplication

        from guitrain.packaging.icons import write_icons

        app = QGuiApplication(["icons", "-platform", "offscreen"])
        for path in write_icons():
            print(path)
        del app
        return 0
    began = time.monotonic()
    try:
        program = build(args.dist.resolve(), ROOT / "build")
    except BuildProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    size, took = megabytes(program.parent), time.monotonic() - began
    print(f"{program} ({size:,.0f} MB in its folder, built in {took:.0f} s)")
    print(f'Try it:\n    "{program}" --self-test')
    return 0


if __name__ == "__main__":
    sys.exit(main())
