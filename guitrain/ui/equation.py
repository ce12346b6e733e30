"""The learnt line in words."""

from guitrain.numbers import format_number


def equation(numbers: tuple[float, ...] | None) -> str:
    """``ŷ = 1.895·x + 1.301`` for parameters (w, b); "" for none."""
    if numbers is None:
        return ""
    w, b = (format_number(n, 3, fixed=True) for n in numbers)
    sign = "−" if b.startswith("−") else "+"
    return f"ŷ = {w}·x {sign} {b.lstrip('−')}"
