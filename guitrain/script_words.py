"""The comments in a run's script, in the reader's language.

Core writes the script in English. What it prints stays so: a terminal, and the font of a plot,
may not have the characters of another language, while a file in UTF-8 has all.
"""

import re
from dataclasses import replace
from functools import cache

from guitrain.core.code_lines import Script
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.languages import ENGLISH
from guitrain.sentences import language_in_use, translate

# In their order the first that fits is taken; {0} and so on stand for numbers and names.
_COMMENTS = (
    QT_TRANSLATE_NOOP("Script", "===== 1. Data: inputs and true labels ====="),
    QT_TRANSLATE_NOOP("Script", "===== 1. Data: none ====="),
    QT_TRANSLATE_NOOP("Script", "===== 2. Model and its initial parameters ====="),
    QT_TRANSLATE_NOOP("Script", "===== 3. Training settings ====="),
    QT_TRANSLATE_NOOP("Script", "===== 4. Training ====="),
    QT_TRANSLATE_NOOP("Script", "===== 5. Result ====="),
    QT_TRANSLATE_NOOP("Script", "===== 6. Test and apply ====="),
    QT_TRANSLATE_NOOP("Script", "===== 6. Plots ====="),
    QT_TRANSLATE_NOOP("Script", "===== 7. Plots ====="),
    QT_TRANSLATE_NOOP("Script", "sums depend on it in their last bits"),
    QT_TRANSLATE_NOOP("Script", "The loss is the height of a surface over two parameters."),
    QT_TRANSLATE_NOOP("Script", "a constant x is only shifted"),
    QT_TRANSLATE_NOOP("Script", "where they start"),
    QT_TRANSLATE_NOOP("Script", "where they start, in x's own unit"),
    QT_TRANSLATE_NOOP("Script", "b, w1, … of x in its own unit"),
    QT_TRANSLATE_NOOP("Script", "no weights"),
    QT_TRANSLATE_NOOP("Script", "a row of pixels is an image"),
    QT_TRANSLATE_NOOP("Script", "the weights in a file"),
    QT_TRANSLATE_NOOP("Script", "off at first"),
    QT_TRANSLATE_NOOP("Script", "changed in mid-run"),
    QT_TRANSLATE_NOOP("Script", "{0} at first, changed in mid-run"),
    QT_TRANSLATE_NOOP("Script", "where no step came after it"),
    QT_TRANSLATE_NOOP("Script", "draws which units are left out"),
    QT_TRANSLATE_NOOP("Script", "no unit is left out"),
    QT_TRANSLATE_NOOP("Script", "from here on no unit is left out"),
    QT_TRANSLATE_NOOP("Script", "the next epoch's learning rate"),
    QT_TRANSLATE_NOOP("Script", "diverged"),
    QT_TRANSLATE_NOOP("Script", "the first training points"),
    QT_TRANSLATE_NOOP("Script", "texts of no training point"),
    QT_TRANSLATE_NOOP(
        "Script", "missing: the mean of the training points, of texts the most frequent"
    ),
    QT_TRANSLATE_NOOP(
        "Script", "made-up animals: 0 cat, 1 dog; weight in kg, length of the snout in cm"
    ),
    QT_TRANSLATE_NOOP("Script", "{0} point, drawn by hand"),
    QT_TRANSLATE_NOOP("Script", "{0} points, drawn by hand"),
    QT_TRANSLATE_NOOP("Script", "{0} row: columns {1}"),
    QT_TRANSLATE_NOOP("Script", "{0} rows: columns {1}"),
    QT_TRANSLATE_NOOP("Script", "{0} row of {1}: columns {2}"),
    QT_TRANSLATE_NOOP("Script", "{0} rows of {1}: columns {2}"),
    QT_TRANSLATE_NOOP("Script", "classes: {0}"),
)


def in_the_readers_words(script: Script) -> Script:
    """The same script, its comments translated as far as they are known; no line is added."""
    if language_in_use() == ENGLISH:
        return script
    return replace(script, lines=tuple(map(_translated, script.lines)))


def _translated(line: str) -> str:
    code, mark, comment = line.partition("# ")
    if mark and code.strip():
        # The last one, lest it is in a text of the code. After such a text its quote would follow,
        # and no known comment ends in one.
        code, mark, comment = line.rpartition("  # ")
    for source, pattern in _patterns(alone=not code.strip()) if mark else ():
        if found := pattern.fullmatch(comment):
            return f"{code}{mark}{translate('Script', source).format(*found.groups())}"
    return line


@cache
def _patterns(*, alone: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The comments, with what stands for their fields: anything in a line of their own, and only
    numbers after code.
    """
    field = "(.+?)" if alone else r"([\d,]+)"
    return tuple(
        (source, re.compile(re.sub(r"\\\{\d\\\}", lambda _: field, re.escape(source))))
        for source in _COMMENTS
    )
