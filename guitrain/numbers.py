"""Numbers as text, for people, and the text that people type as numbers."""

import math
import re

from guitrain.core.params import Param
from guitrain.core.problems import ExperimentProblem

_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(e[+-]?\d+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
_SPACED = re.compile(r"[+-]?[1-9]\d{0,2}([ \u00a0\u2009\u202f]\d{3})+([.,]\d*)?")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)

# A minus sign, and what a Chinese keyboard types in its full-width mode.
_TYPED = str.maketrans("−０１２３４５６７８９，．－＋ｅＥ", "-0123456789,.-+eE")


def parse_number(param: Param, text: str) -> int | float:
    """The number that a person typed for this setting; its range is checked elsewhere.

    Takes a Unicode minus, full-width characters, blanks around it and between thousands, and a
    decimal comma. Raises ExperimentProblem: "empty", "ambiguous_comma" (1,000 may be a thousand
    or one), "not_number".
    """
    plain = text.strip().translate(_TYPED)
    if not plain:
        raise ExperimentProblem("empty", param.name, value=text, example=param.default)
    if _SPACED.fullmatch(plain):
        plain = re.sub(r"\s", "", plain)
    elif _GROUPED.fullmatch(plain):
        raise ExperimentProblem("ambiguous_comma", param.name, value=text.strip())
    if _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    if not _PLAIN.fullmatch(plain):
        raise ExperimentProblem("not_number", param.name, value=text.strip())
    if re.fullmatch(r"[+-]?\d{1,30}", plain):
        return int(plain)
    number = float(plain)
    if param.kind == "int" and math.isfinite(number) and number == int(number):
        return int(number)
    return number


def format_number(value: float, digits: int = 4, *, fixed: bool = False) -> str:
    """A number for people: ``digits`` decimals where fixed, else as many significant digits.

    Unicode minus; powers of ten only below 0.001 and from a million on; whole numbers from
    10,000 on in groups of three.
    """
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "–"
    if isinstance(value, int):
        text = f"{value:,}" if abs(value) >= 10_000 else str(value)
    elif value and not 1e-3 <= abs(value) < 1e6:
        if fixed and abs(value) < 1e-3:
            text = f"{value:.{digits}f}"
        else:
            mantissa, exponent = f"{value:.{max(digits - 1, 0)}e}".split("e")
            if "." in mantissa:
                mantissa = mantissa.rstrip("0").rstrip(".")
            text = f"{mantissa}e{int(exponent)}"
    elif fixed:
        text = f"{value:.{digits}f}"
    else:
        text = f"{value:.{digits}g}"
        if "e" in text:  # more digits before the point than asked for
            text = f"{value:,.0f}"
    if text.startswith("-") and not text.strip("-0."):
        text = text[1:]  # no minus before a zero
    return text.replace("-", "−")
