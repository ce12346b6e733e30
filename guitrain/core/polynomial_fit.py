"""The polynomial of least squares, in closed form. numpy only, in float64."""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import Chebyshev, Polynomial
from numpy.polynomial.chebyshev import chebvander
from numpy.typing import NDArray

from guitrain.core.data import Split


@dataclass(frozen=True)
class LeastSquaresPolynomial:
    """The polynomial with the smallest sum of squared errors, as Chebyshev polynomials over the
    training points' range, in which it can be found and worked out at any degree.
    """

    series: Chebyshev

    def predict(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """ŷ (n,) for inputs (n, 1)."""
        curve: NDArray[np.float64] = self.series(inputs[:, 0])
        return curve

    @property
    def numbers(self) -> tuple[float, ...]:
        """In the order of the model's: of x, x², …, and b; inexact for a high degree."""
        found = self.series.convert(kind=Polynomial).coef
        whole = np.zeros(self.series.degree() + 1)
        whole[: len(found)] = found
        return (*whole[1:].tolist(), float(whole[0]))


def polynomial_fit(points: Split, degree: int) -> tuple[LeastSquaresPolynomial | None, float]:
    """The best polynomial, if one alone is the best, and its mean squared error."""
    x, y = points.inputs[:, 0], points.targets
    low, high = float(x.min()), float(x.max())
    if not high > low:
        low, high = low - 1.0, low + 1.0
    columns = chebvander((2 * x - (low + high)) / (high - low), degree)
    coefficients, _, rank, _ = np.linalg.lstsq(columns, y, rcond=None)
    mse = float(np.mean((columns @ coefficients - y) ** 2))
    if rank <= degree:
        return None, mse
    return LeastSquaresPolynomial(Chebyshev(coefficients, [low, high])), mse
