"""What is said of predictions and residuals, with their units."""

import math

from guitrain.core.data import Data
from guitrain.core.evaluation import Metrics
from guitrain.core.residuals import Residuals, ResidualsView
from guitrain.numbers import format_number
from guitrain.sentences import listed, translate

TRAINING, TEST = "●", "□"  # as the points are drawn


def metrics_texts(found: ResidualsView, data: Data) -> tuple[str, str]:
    """How far off the training points are, and the test points; "" where these are not seen."""
    train = translate("Residuals", "{mark} training: {how}").format(
        mark=TRAINING, how=_how_good(found.train.metrics, data)
    )
    if found.test is None:
        return train, ""
    test = translate("Residuals", "{mark} test: {how}").format(
        mark=TEST, how=_how_good(found.test.metrics, data)
    )
    return train, test


def _how_good(found: Metrics, data: Data) -> str:
    if not math.isfinite(found.rmse):
        return translate("Residuals", "the predictions are no finite numbers any more")
    rmse = format_number(found.rmse)
    if data.target_unit:
        rmse = f"{rmse} {data.target_unit}"
    off = translate("Residuals", "off by {rmse} (RMSE)").format(rmse=rmse)
    return translate("Residuals", "{0}, {1}").format(off, _explained(found.r2))


def _explained(r2: float | None) -> str:
    if r2 is None:
        return translate("Residuals", "no R²: all y are the same")
    if r2 < 0:
        return translate("Residuals", "worse than the mean of y (R² {r2})").format(
            r2=format_number(r2, 3)
        )
    return translate("Residuals", "{share} % of the spread explained (R²)").format(
        share=format_number(100 * r2, 1, fixed=True)
    )


def drawn_text(found: ResidualsView) -> str:
    """That not every point is drawn; "" where each is."""
    sets: list[tuple[Residuals, str]] = [
        (found.train, translate("Residuals", "{drawn} of {all} training points"))
    ]
    if found.test is not None:
        sets.append((found.test, translate("Residuals", "{drawn} of {all} test points")))
    parts = [
        text.format(drawn=f"{len(each.rows):,}", all=f"{each.count:,}")
        for each, text in sets
        if len(each.rows) < each.count
    ]
    if not parts:
        return ""
    return translate("Residuals", "Drawn: {0}, chosen evenly. The numbers are of all.").format(
        listed(parts)
    )
