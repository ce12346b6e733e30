"""``guitrain train``: the files it reads, and what it refuses in one sentence."""

from pathlib import Path

import numpy as np
import pytest

from guitrain.cli import main
from guitrain.core.experiment import Experiment
from tests.cli.running import Train, assert_refused, csv_file

# Files.


ROWS = "1,2\n2,4.5\n3,6\n4,8.5\n"


@pytest.mark.parametrize(
    ("content", "encoding", "columns"),
    [
        ("身高,体重\n" + ROWS, "gbk", ["身高", "体重"]),
        ("身高,体重\n" + ROWS, "utf-8-sig", ["身高", "体重"]),
        ("a;b\n" + ROWS.replace(",", ";").replace(".", ","), "utf-8", ["a", "b"]),
        ("a\tb\n" + ROWS.replace(",", "\t"), "utf-16", ["a", "b"]),
        (ROWS, "utf-8", ["column 1", "column 2"]),
    ],
    ids=["gbk", "bom", "semicolons", "utf-16-tabs", "no-header"],
)
def test_files_of_many_kinds_are_read(
    train: Train, tmp_path: Path, content: str, encoding: str, columns: list[str]
) -> None:
    path = csv_file(tmp_path, content, encoding)
    done = train("--json", "--epochs", "2", "--test-fraction", "0", "--data", path)
    assert done.code == 0
    values = done.json["experiment"]["data"]["values"]
    assert [*values["x"], values["y"]] == columns
    assert values["table"]["columns"] == {
        columns[0]: [1.0, 2.0, 3.0, 4.0],
        columns[1]: [2.0, 4.5, 6.0, 8.5],
    }
    slope, intercept = np.polyfit([1, 2, 3, 4], [2, 4.5, 6, 8.5], 1)
    assert done.json["least_squares"] == pytest.approx({"w": slope, "b": intercept})


def test_columns_are_chosen_by_name(train: Train, tmp_path: Path) -> None:
    path = csv_file(tmp_path, "name,a,b,c\np,1,2,9\nq,2,4,7\nr,3,6,8\n")
    chosen = {}
    for options in ((), ("--x", "c"), ("--y", "a"), ("--x", "b", "name", "--y", "a")):
        obj = train("--json", "--epochs", "1", "--data", path, *options).json
        values = obj["experiment"]["data"]["values"]
        chosen[options] = (values["x"], values["y"])
    assert chosen[("--x", "c")] == (["c"], "b")
    assert chosen[("--y", "a")] == (["b", "c"], "a")
    assert chosen[("--x", "b", "name", "--y", "a")] == (["b", "name"], "a")
    assert chosen[()] == (["a", "b"], "c")


def test_missing_values_are_refused_or_left_out(train: Train, tmp_path: Path) -> None:
    path = csv_file(tmp_path, "x,y\n1,2\n2,\nnan,3\n4,8\n")
    refused = train("--data", path)
    assert refused.code == 2
    assert "Line 3" in refused.err or "Line 4" in refused.err
    assert "drop_rows" in refused.err
    done = train("--json", "--epochs", "1", "--data", path, "--missing", "drop_rows")
    assert done.code == 0
    assert done.json["experiment"]["data"]["values"]["missing"] == "drop_rows"
    made = Experiment.from_json(done.json["experiment"])
    assert made.changed({"test_fraction": 0.0}).train_count == 2
    assert "missing values: 2" in done.err
    filled = train("--json", "--epochs", "1", "--data", path, "--missing", "fill")
    assert "missing values: 1" in filled.err  # the row without a target
    assert_refused(
        train("--data", path, "--missing", "guess"), "there is no “guess”", "drop_rows, fill"
    )


def test_texts_are_classes_and_inputs_and_may_be_new_when_applied(
    train: Train, tmp_path: Path
) -> None:
    rows = "".join(
        f"{at % 7},{'red' if at % 2 else 'blue'},{'big' if at % 7 > 3 else 'small'}\n"
        for at in range(40)
    )
    path = csv_file(tmp_path, "weight,colour,size\n" + rows)
    asked = [*("--epochs", "3", "--data", path), "--x", "weight", "colour"]
    asked += ["--predict", "6,red", "1,pink"]
    done = train("--json", *asked)
    assert done.code == 0
    values = done.json["experiment"]["data"]["values"]
    assert (values["task"], values["y"]) == ("classification", "size")
    assert [one["x"] for one in done.json["predictions"]] == [[6, 0, 1], [1, 0, 0]]
    assert set(done.json["predictions"][0]["probabilities"]) == {"big", "small"}
    told = train(*asked)
    assert "x=(6, red)" in told.out
    assert "x=(1, ?)" in told.out
    assert "no training row has" in told.out
    number = csv_file(tmp_path, "x,y\n" + "".join(f"{at},{at % 2}\n" for at in range(20)))
    for options, task in (
        ((), "classification"),
        (("--loss", "mse"), "regression"),
        (("--task", "regression"), "regression"),
    ):
        obj = train("--json", "--epochs", "1", "--data", number, *options).json
        assert obj["experiment"]["data"]["values"]["task"] == task


# Refusals: one sentence on stderr, nothing on stdout, nothing done.


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        ("x,y\n1,2\n", "one row"),
        ("x,y\n", "no rows"),
        ("x\n1\n2\n", "one column"),
        ("x,y\n1,2\nabc,4\n3,5\n", "“abc” in column “x”"),
        ('x,y\n1,2\n"3,4\n', "quotation mark"),
        ("x,y\n1,2\n1e31,4\n2,3\n", "beyond ±1e30"),
        ("x,y\n1,2\n3,4,5\n2,3\n", "Line 3"),
    ],
)
def test_unusable_file_is_refused_in_words(
    train: Train, tmp_path: Path, content: str | bytes, says: str
) -> None:
    assert_refused(train("--data", csv_file(tmp_path, content)), says)


def test_file_that_is_no_file_is_refused(train: Train, tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.csv")
    assert_refused(train("--data", missing), "There is no file", missing)
    assert_refused(train("--data", str(tmp_path)), "is a folder")


def test_two_gigabytes_are_refused_unread(train: Train, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as handle:
        handle.truncate(2_000_000_000)  # a hole: nothing is on the disk
    assert_refused(train("--data", str(path)), "large.csv is too big: 2 GB")


def test_column_that_is_not_there_is_refused(train: Train, tmp_path: Path) -> None:
    path = csv_file(tmp_path, "a,b\n" + ROWS)
    assert_refused(train("--data", path, "--x", "c"), "no column “c”", "a, b")
    assert_refused(train("--data", path, "--x", "a", "--y", "d"), "no column “d”")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ("--learning-rate 0", "Learning rate 0 is too small: choose a number above 0"),
        ("--learning-rate -1", "Learning rate −1 is too small"),
        ("--learning-rate -1e-3", "Learning rate −0.001 is too small"),
        ("--learning-rate 1e9", "Learning rate 1e9 is too large"),
        ("--learning-rate=", "Learning rate is empty: type a number such as 0.01"),
        ("--learning-rate fast", "“fast” is not a number"),
        ("--learning-rate nan", "“nan” is not a number"),
        ("--learning-rate 1e400", "finite"),
        ("--learning-rate 1,000", "a thousand or a fraction"),
        ("--epochs 0", "Epochs 0 is too small"),
        ("--epochs 1.5", "Epochs must be a whole number"),
        ("--epochs 1000000001", "Epochs 1,000,000,001 is too large"),
        ("--epochs " + "9" * 5000, "Epochs"),
        ("--noise -0.1", "Noise −0.1 is too small"),
        ("--noise 1e7", "Noise 1e7 is too large"),
        ("--points 0", "Points 0 is too small"),
        ("--points 1000001", "Points 1,000,001 is too large"),
        ("--batch-size 0", "Batch size 0 is too small"),
        ("--batch-size 101", "larger than the 100 training points"),
        ("--points 50 --batch-size 51", "larger than the 50 training points"),
        ("--seed -1", "−1 is too small"),
        ("--seed 4294967296", "too large"),
        ("--seed x", "“x” is not a number"),
        ("--test-fraction 0.95", "Test share 0.95 is too large"),
        ("--momentum 1", "Momentum 1 is too large"),
        ("--target-loss -1", "−1 is too small"),
        ("--patience 0", "0 is too small"),
        ("--init 1", "one number for each of w b"),
        ("--init 1 2 3", "one number for each of w b"),
        ("--init 1 1e7", "Initial weights 1e7 is too large"),
        ("--predict abc", "“abc” is not a number"),
        ("--predict 1e31", "1e31 is too large"),
        ("--preset nothing", "Preset: there is no “nothing”. Choose one of article, four_points"),
        ("--data nothing", "Data: there is no “nothing”"),
        ("--data table", "Data: there is no “table”"),
        ("--model tree", "Model: there is no “tree”"),
        ("--loss rmse", "Loss: there is no “rmse”. Choose one of mse, mae, huber"),
        ("--optimizer lion", "Optimizer: there is no “lion”. Choose one of sgd, rmsprop"),
        ("--nesterov", "set a momentum above 0 (0.9 is usual), or switch Nesterov off"),
        ("--nesterov --momentum 0", "set a momentum above 0"),
        ("--optimizer adam --nesterov", "--nesterov belongs to optimizer “SGD”"),
        ("--optimizer adam --beta1 1", "Mean decay 1 is too large: choose a number from 0 to"),
        ("--optimizer adam --beta2 1", "Square decay 1 is too large"),
        ("--optimizer adam --eps 0", "Epsilon 0 is too small: choose a number from 1e−20 to 1"),
        ("--optimizer rmsprop --alpha x", "“x” is not a number"),
        ("--weight-decay 0.1", "leave it out, or add --optimizer adamw"),
        ("--delta 0.3", "--delta"),
        ("--x a", "--data FILE.csv"),
        ("--data line --y a", "--data FILE.csv"),
        ("--x-min 5", "x to 5 must be greater than x from 5"),
    ],
    ids=lambda value: value[:30],
)
def test_wrong_value_is_refused_in_words(train: Train, options: str, says: str) -> None:
    done = train(*options.split(" "))
    assert_refused(done, says)
    assert len(done.err) < 300


@pytest.mark.parametrize("options", ["--unknown", "--epochs", "--predict", "--init", "extra"])
def test_malformed_command_is_refused_in_a_sentence(train: Train, options: str) -> None:
    assert_refused(train(options))


def test_unknown_option_is_named(train: Train) -> None:
    assert_refused(train("--learning-rat", "1"), "--learning-rat")


def test_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trian"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "trian" in err
    assert "Traceback" not in err
