"""Work in other processes, here or on a cluster: joblib's, behind what a sweep needs of it."""

import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any, TypeVar

from guitrain.core.problems import ExperimentProblem

T = TypeVar("T")
R = TypeVar("R")


class Engine:
    """Carries out one function for many items.

    Args:
        jobs: processes on this machine. cluster: the address of a Dask scheduler, such as
            ``tcp://host:8786``, whose workers take their place; "" for none.

    Raises ExperimentProblem: "no_dask" where a cluster is named and Dask is not installed, and
    "no_dask_built" in the built app, which never has it; "no_cluster" where nobody answers at the
    address.
    """

    def __init__(self, jobs: int, cluster: str = "") -> None:
        self._jobs = jobs
        self._begun = False
        self._stack = ExitStack()
        self._cluster = self._client(cluster) if cluster else None

    def _client(self, address: str) -> Any:
        try:
            from distributed import Client
        except ImportError:
            if getattr(sys, "frozen", False):
                raise ExperimentProblem("no_dask_built", "cluster", value=address) from None
            raise ExperimentProblem("no_dask", "cluster", value=address) from None
        try:
            return self._stack.enter_context(Client(address, timeout=10))
        except (OSError, ValueError) as error:
            raise ExperimentProblem(
                "no_cluster", "cluster", value=address, reason=str(error)
            ) from None

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        if self._cluster is None and self._begun:
            from joblib.externals.loky import get_reusable_executor

            get_reusable_executor().shutdown(wait=True, kill_workers=True)

    @property
    def jobs(self) -> int:
        """How many items are worked on at once."""
        if self._cluster is None:
            return self._jobs
        return max(sum(self._cluster.nthreads().values()), 1)

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """The results as they come, in any order; to close the iterator cancels what is left."""
        import joblib

        self._begun = True
        backend = "loky" if self._cluster is None else "dask"
        with joblib.parallel_config(backend=backend, n_jobs=self.jobs):
            work = joblib.Parallel(return_as="generator_unordered", batch_size=1)
            results = work(joblib.delayed(function)(item) for item in items)
            try:
                for result in results:  # noqa: UP028 (it would close them outside of below)
                    yield result
            finally:
                with warnings.catch_warnings():  # that some work is cancelled, as it is to be
                    warnings.simplefilter("ignore", UserWarning)
                    results.close()
