"""The experiment as JSON: the recipe that gives the same numbers again. No Qt."""

import json

from guitrain.core.experiment import Experiment


def experiment_json(experiment: Experiment) -> bytes:
    """UTF-8, indented by 2, with a newline at the end; ``Experiment.from_json`` reads it back."""
    text = json.dumps(experiment.to_json(), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()
