"""A model applied to the rows of a CSV file."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from guitrain.cli import main
from guitrain.core.data import Column
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.run import Run
from guitrain.core.table import Table
from guitrain.export.applied_csv import applied_csv, applied_words, inputs_for
from guitrain.export.model import FORMATS
from guitrain.files.new_inputs import NewInputs, read_inputs
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.presets import preset

CARS = Table(
    {
        "size": [1.0, 2.0, np.nan, 4.0, 5.0, 6.0],
        "colour": [0.0, 1.0, 1.0, 0.0, np.nan, 1.0],
        "price": [10.0, 21.0, 30.0, 39.0, 52.0, 60.0],
    },
    "cars.csv",
    {"colour": ("blue", "red")},
)


def cars(missing: str, **values: object) -> Run:
    chosen = {"table": CARS, "x": ("size", "colour"), "y": "price", "missing": missing, **values}
    run = Run(Experiment(data=Choice("table", chosen), test_fraction=0.0, learning_rate=0.001))
    run.run_until(np.inf, 20)
    return run


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def given(run: Run, path: Path, text: str) -> NewInputs:
    path.write_text(text, encoding="utf-8")
    return inputs_for(run, path)


def test_columns_are_found_by_name_and_texts_by_what_they_were_learnt_as(tmp_path: Path) -> None:
    run = cars("drop_rows")
    path = tmp_path / "new.csv"
    found = given(run, path, "note;Colour;size\nfirst;red;1,5\nsecond;blue;-2e1\n")
    np.testing.assert_array_equal(found.inputs, [[1.5, 0, 1], [-20, 1, 0]])
    rows = rows_of(applied_csv(run, found))
    assert [(row["note"], row["Colour"], row["size"]) for row in rows] == [
        ("first", "red", "1.5"),
        ("second", "blue", "-20.0"),
    ]
    w, b = (p.detach().double().numpy() for p in run.learner.parameters)
    for row, inputs in zip(rows, found.inputs, strict=True):
        assert float(row["prediction"]) == pytest.approx(float(inputs @ w[0] + b[0]), rel=1e-6)
    assert applied_words(found, path) == "2 predictions are in new.csv."


def test_columns_without_names_are_taken_as_they_stand_and_that_is_said(tmp_path: Path) -> None:
    run = Run(preset("article").experiment)
    run.run_until(np.inf, 5)
    path = tmp_path / "x.csv"
    for text in ("1\n2.5\n", "1\n2,5\n", "1"):
        found = given(run, path, text)
        assert found.inputs[:, 0].tolist() == ([1, 2.5] if "2" in text else [1])
        assert applied_words(found, path).endswith("taken as they stand, for x.")
    found = given(run, path, "x\n1.5\n")
    assert found.by_name
    assert rows_of(applied_csv(run, found))[0]["x"] == "1.5"
    w, b = run.learner.numbers
    assert float(rows_of(applied_csv(run, found))[0]["prediction"]) == pytest.approx(1.5 * w + b)


def test_missing_cells_are_filled_as_in_training_or_told(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    text = "size,colour\n,red\n2,\n"
    run = cars("fill")
    found = given(run, path, text)
    np.testing.assert_allclose(found.inputs, np.array([[3.6, 0, 1], [2, 0, 1]]))
    assert applied_words(found, path).endswith("Missing values filled in, as in training: 2.")
    with pytest.raises(FileProblem) as caught:
        given(cars("drop_rows"), path, text)
    assert "Line 2 of new.csv has no value in column “size”" in file_sentence(caught.value)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("size,colour\n1,red\nbig,red\n", "inputs_number", "Line 3 of new.csv has “big” in column"),
        ("size,colour\n1,red\n2,green\n", "inputs_text", "it knows “blue”, “red”"),
        ("size,colours\n1,red\n2,red\n", "inputs_column", "no column “colour”"),
        ("1,2,3\n4,5,6\n", "inputs_count", "3 columns without names, and the model takes 2"),
        ("size,colour\n", "inputs_none", "no rows to predict for"),
        ("", "inputs_none", "no rows to predict for"),
        ("size,colour\n1,red\n2\n", "ragged_row", "Line 3"),
        ('size,colour\n1,"red\n', "bad_quote", "line 2"),
    ],
)
def test_what_cannot_be_predicted_for_is_told_with_its_place(
    text: str, code: str, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "new.csv"
    path.write_text(text)
    with pytest.raises(FileProblem) as caught:
        read_inputs(path, ("size", "colour"), (Column("size"), Column("colour", ("blue", "red"))))
    assert caught.value.code == code
    assert says in file_sentence(caught.value)


def test_classes_are_told_by_name_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("safetensors")
    run = Run(preset("iris").experiment)
    run.run_until(np.inf, 200)
    model, new, out = (tmp_path / name for name in ("m.safetensors", "new.csv", "out.csv"))
    write = next(each.write for each in FORMATS if each.suffix == model.suffix)
    model.write_bytes(write(run, model))
    data = run.learner.data
    lines = [",".join(data.input_names), *(",".join(map(str, r)) for r in data.test.inputs[:9])]
    new.write_text("\n".join(lines))
    assert main(["apply", str(model), str(new), str(out)]) == 0
    assert capsys.readouterr().out == "9 predictions are in out.csv.\n"
    chances = run.learner.probabilities(data.test.inputs[:9])
    for row, wanted in zip(rows_of(out.read_bytes()), chances, strict=True):
        told = [float(row[f"probability_{name}"]) for name in data.classes]
        np.testing.assert_array_equal(told, wanted)
        assert row["prediction"] == data.classes[int(wanted.argmax())]
    before = out.read_bytes()
    new.write_text("a,b\n1,2\n")
    assert main(["apply", str(model), str(new), str(out)]) == 2
    assert "no column" in capsys.readouterr().err
    assert main(["apply", str(new), str(new), str(out)]) == 2
    assert "is no model that can be opened" in capsys.readouterr().err
    assert out.read_bytes() == before
