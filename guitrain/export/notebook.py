"""A run's script as a Jupyter notebook: a cell per section. No Qt.

The file is nbformat 4.5, as https://nbformat.readthedocs.io/en/latest/format_description.html
describes it; the tests hold it against that library's own check.
"""

import json
import re
from typing import Any

_HEADING = re.compile(r"^# ===== (.*) =====$", re.MULTILINE)


def notebook(script: str, title: str) -> bytes:
    """The notebook of a script, in UTF-8: its sections under their headings, and the run's name
    above them. Run from the top, it prints what the script prints.
    """
    parts = _HEADING.split(script)
    cells = [_cell("markdown", f"# {title}"), _cell("code", parts[0])]
    for heading, code in zip(parts[1::2], parts[2::2], strict=True):
        cells += [_cell("markdown", f"## {heading}"), _cell("code", code)]
    cells = [cell for cell in cells if cell["source"]]
    for number, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{number}"
    made = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return f"{json.dumps(made, ensure_ascii=False, indent=1)}\n".encode()


def _cell(kind: str, text: str) -> dict[str, Any]:
    lines = text.strip("\n").splitlines(keepends=True)
    cell: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": lines}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
