"""Text with paths in it, which Qt breaks at blanks alone."""

import re

_LONGEST = 40  # characters without a place to break
_BREAK = "\u200b"  # takes no room


def breakable(text: str) -> str:
    """The text with places to break in its long words: after each folder, and within long names.
    Texts of short words come back as they are.
    """
    return re.sub(rf"\S{{{_LONGEST + 1},}}", _broken, text)


def _broken(found: re.Match[str]) -> str:
    return re.sub(rf"([^\\/]{{{_LONGEST}}}|[\\/])(?=.)", rf"\1{_BREAK}", found[0])
