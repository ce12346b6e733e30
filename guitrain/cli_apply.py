"""``guitrain apply``: the model in a file, applied to the rows of a CSV file, without a window."""

import argparse
from pathlib import Path

from guitrain.files.atomic import write_whole
from guitrain.sentences import translate


def add_apply_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``guitrain apply`` is given."""
    text = translate("Command", "A model saved as .safetensors, with its experiment.")
    parser.add_argument("model", metavar="MODEL.safetensors", type=Path, help=text)
    text = translate("Command", "A CSV file with the columns that the model takes.")
    parser.add_argument("input", metavar="INPUT.csv", type=Path, help=text)
    text = translate("Command", "The CSV file to write: those columns, and the predictions.")
    parser.add_argument("output", metavar="OUTPUT.csv", type=Path, help=text)


def apply_model(model: Path, given: Path, output: Path) -> str:
    """Write the predictions, whole or not at all; returns what was done, in sentences.

    Raises FileProblem.
    """
    from guitrain.files.model_file import own_experiment_of

    experiment = own_experiment_of(model)
    import torch

    from guitrain.core.run import Run
    from guitrain.export.applied_csv import applied_csv, applied_words, inputs_for

    torch.set_num_threads(1)
    run = Run(experiment).begin()
    inputs = inputs_for(run, given)
    write_whole(output, applied_csv(run, inputs))
    return applied_words(inputs, output)
