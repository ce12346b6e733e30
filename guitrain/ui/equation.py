"""What is learnt, in words."""

from guitrain.core.models import Form
from guitrain.numbers import format_number

_MOST_TERMS = 4  # that a title has room for


def equation(numbers: tuple[float, ...] | None, form: Form | None = None) -> str:
    """``ŷ = 1.895·x + 1.301`` for the parameters of a line, or of another ``form`` (polynomial)
    with few terms; of one with more its formula; "" for none. Of classes it is the logit z.
    """
    if form is not None and not form.straight:
        if numbers is None or not form.partials or len(numbers) > _MOST_TERMS:
            return form.title or form.brief
        terms = [each.formula for each in form.partials]
        texts = [format_number(n, 3) for n in numbers]
    elif numbers is None:
        return ""
    else:
        terms = ["x", "1"]
        texts = [format_number(n, 3, fixed=True) for n in numbers]
    made = ""
    for text, term in zip(texts, terms, strict=True):
        sign = "−" if text.startswith("−") else "+"
        factor = "" if term == "1" else f"·{term}"
        made += f" {sign} {text.lstrip('−')}{factor}" if made else f"{text}{factor}"
    output = form.shape.output if form is not None else "ŷ"
    return f"{output} = {made}"
