"""CSV files from anywhere: what can be read is read exactly, what cannot is told in words."""

import math
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guitrain.core.problems import ExperimentProblem
from guitrain.core.table import LARGEST
from guitrain.files import csv_file
from guitrain.files.csv_file import CsvFile, read_csv
from guitrain.files.problems import FileProblem, ProblemCode, file_sentence
from guitrain.files.proposals import proposed_inputs, proposed_target, proposed_task
from guitrain.sentences import problem_sentence

Make = Callable[[str | bytes], Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "data.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def problem_of(path: Path, **limits: int) -> FileProblem:
    with pytest.raises(FileProblem) as caught:
        read_csv(path, **limits)
    assert caught.value.path == path
    return caught.value


def column_problem(csv: CsvFile, name: str) -> FileProblem:
    with pytest.raises(FileProblem) as caught:
        csv.table((), name)
    return caught.value


def column(csv: CsvFile, name: str) -> list[float]:
    numbers: list[float] = csv.table((), name).column(name).tolist()
    return numbers


def table(csv: CsvFile) -> list[list[float]]:
    return [column(csv, name) for name in csv.header]


def without_gaps(csv: CsvFile) -> tuple[list[list[float]], int]:
    """Columns x and y without the rows in which either is missing, and how many these are."""
    made = csv.table(("x",), "y", "drop_rows")
    both = np.stack([made.column(name) for name in ("x", "y")])
    left = both[:, np.isfinite(both).all(axis=0)]
    return left.tolist(), made.rows - left.shape[1]


# What can be read


@pytest.mark.parametrize(
    "content",
    [
        "x,y\n1,2\n3,4.5\n",
        "x,y\n1,2\n3,4.5",
        "x,y\r\n1,2\r\n3,4.5\r\n",
        "x,y\r1,2\r3,4.5\r",
        "\n\nx,y\n\n1,2\n  \n,\n3,4.5\n\n,,\n",
        "x;y\n1;2\n3;4,5\n",
        "x;y\n1;2\n3;4.5\n",
        "x\ty\n1\t2\n3\t4.5\n",
        "x\ty\n1\t2\n3\t4,5\n",
        "x|y\n1|2\n3|4.5\n",
        "x,y,\n1,2,\n3,4.5,\n",
        "x,y\n1,2,\n3,4.5,\n",
        "x,y,\n1,2\n3,4.5\n",
        " x , y \n 1 ,\t2\n 3 , 4.5 \n",
        '"x","y"\n"1","2"\n"3","4.5"\n',
        "x,y\n1,+2\n3,.45e1\n",
        "\ufeffx,y\n1,2\n3,4.5\n",
        "x,y\n1,2\n3,4.5\n".encode("utf-16"),
        b"\xfe\xff" + "x,y\n1,2\n3,4.5\n".encode("utf-16-be"),
    ],
)
def test_every_way_to_write_the_same_table_is_read_alike(make: Make, content: str | bytes) -> None:
    csv = read_csv(make(content))
    assert csv.header == ("x", "y")
    assert csv.has_header
    assert csv.row_count == 2
    assert csv.numeric == ("x", "y")
    assert table(csv) == [[1.0, 3.0], [2.0, 4.5]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_chinese_headers_are_read_in_the_encodings_they_come_in(make: Make, encoding: str) -> None:
    csv = read_csv(make("身高,体重\r\n170,60.5\r\n180,75\r\n".encode(encoding)))
    assert csv.header == ("身高", "体重")
    assert table(csv) == [[170.0, 180.0], [60.5, 75.0]]


def test_unicode_minus_is_a_minus_on_every_path(make: Make) -> None:
    csv = read_csv(make("x,y\n\u22121,2\n3,\u22124.5e\u22121\n,1\n"))
    assert without_gaps(csv) == ([[-1.0, 3.0], [2.0, -0.45]], 1)
    assert column(read_csv(make("x;y\n\u22121,5;2\n3;4\n")), "x") == [-1.5, 3.0]


def test_quoted_cells_may_hold_delimiters_quotes_and_line_ends(make: Make) -> None:
    csv = read_csv(make('"a, b","say ""hi""\nthere",note\n1,2,"p, q\nr"\n3,4,s\n5,oops,t\n'))
    assert csv.header == ("a, b", 'say "hi" there', "note")
    assert csv.numeric == ("a, b", 'say "hi" there')
    assert column(csv, "a, b") == [1.0, 3.0, 5.0]
    # header in lines 1 and 2, the next row in 3 and 4, then one line each
    assert column_problem(csv, 'say "hi" there').values["line"] == 6
    assert csv.preview[0] == ("1", "2", "p, q\nr")


def test_columns_without_names_are_numbered(make: Make) -> None:
    csv = read_csv(make("1,2,3\n4,5,6\n"))
    assert csv.header == ("column 1", "column 2", "column 3")
    assert not csv.has_header
    assert csv.row_count == 2


@pytest.mark.skipif(sys.platform != "linux", reason="names there are bytes")
def test_a_name_in_another_encoding_can_be_saved_with_the_experiment(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("数据.csv".encode("gbk"))
    path.write_text("x,y\n1,2\n3,4\n")
    name = read_csv(path).table(("x",), "y").source
    assert name.endswith(".csv")
    assert name.encode()


@pytest.mark.parametrize(
    ("first", "names"),
    [
        ("a,a,a", ("a", "a (2)", "a (3)")),
        ("a,a,a (2)", ("a", "a (3)", "a (2)")),
        (",b,", ("column 1", "b", "column 3")),
        ("a,,column 2", ("a", "column 2", "column 2 (2)")),
    ],
)
def test_names_are_unique_and_never_empty(make: Make, first: str, names: tuple[str, ...]) -> None:
    csv = read_csv(make(f"{first}\n1,2,3\n4,5,6\n"))
    assert csv.header == names
    assert table(csv) == [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]


def test_a_header_is_seen_over_columns_with_gaps_and_texts(make: Make) -> None:
    csv = read_csv(make("name,x,y\nann,,1\nbob,5,2\ncat,oops,3\n"))
    assert csv.header == ("name", "x", "y")
    assert csv.row_count == 3


@pytest.mark.parametrize(
    ("content", "x"),
    [
        ("x;y\n1,250;1\n2,500;2\n", [1.25, 2.5]),  # decimals of three places
        ("x;y;when\n1,5;1;01.02.2024\n2,5;2;02.02.2024\n", [1.5, 2.5]),
        ("x;y\n" + "1;1\n" * 200 + "1,5;1\n", [1.0] * 200 + [1.5]),
        ("x;y\n" + "1;1\n" * 200 + "1.5;1\n", [1.0] * 200 + [1.5]),
        ("x,y,z\n1,2,a;b\n3,4,c;d\n", [1.0, 3.0]),
        ("x\ty\tz\n1\t2\ta, b\n3\t4\tc, d\n", [1.0, 3.0]),
    ],
)
def test_delimiter_and_decimal_sign_are_told_apart(
    make: Make, content: str, x: list[float]
) -> None:
    assert column(read_csv(make(content)), "x") == x


def test_the_preview_is_the_first_twenty_rows_as_written(make: Make) -> None:
    csv = read_csv(make("x,y\n" + "".join(f"{i}.0, {i}\n" for i in range(50))))
    assert csv.preview == tuple((f"{i}.0", str(i)) for i in range(20))
    assert csv.row_count == 50


@pytest.mark.parametrize(
    ("content", "chosen"),
    [
        ("a,b,c\n1,2,3\n4,5,6\n", (("a", "b"), "c")),
        ("y,b,x\n1,2,3\n4,5,6\n", (("b", "x"), "y")),
        ("a,Class,c\n1,2,3\n4,5,6\n", (("a", "c"), "Class")),
        ("name,a,b\np,2,3\nq,5,6\n", (("a",), "b")),
        ("a,b,c\n1,7,3\n2,7,6\n", (("a",), "c")),  # always 7
        ("a,b,c\n1,7,3\n2,oops,6\n3,8,9\n", (("a",), "c")),
        ("colour,size\nred,1\nblue,2\n", (("colour",), "size")),
    ],
)
def test_the_columns_taken_by_default(
    make: Make, content: str, chosen: tuple[tuple[str, ...], str]
) -> None:
    csv = read_csv(make(content))
    y = proposed_target(csv)
    assert (proposed_inputs(csv, y), y) == chosen
    assert proposed_target(csv, (csv.header[-1],)) != csv.header[-1]


@pytest.mark.parametrize(
    ("cells", "task"),
    [
        (["red", "blue", "red"], "classification"),
        ([0, 1] * 5, "classification"),
        ([0, 1], "regression"),  # nothing recurs
        ([0, 1.5] * 5, "regression"),
        (range(50), "regression"),
        (["red", 1, 2], "regression"),  # a slip, told when it is chosen
    ],
)
def test_a_task_is_proposed_from_the_target(make: Make, cells: Any, task: str) -> None:
    csv = read_csv(make("x,y\n" + "".join(f"{at},{cell}\n" for at, cell in enumerate(cells))))
    assert proposed_task(csv, "y") == task


def test_texts_are_numbered_in_their_order_and_may_be_missing(make: Make) -> None:
    csv = read_csv(make("kind,y\n red ,1\nblue,2\n,3\nNA,4\nred,5\n7,6\n"))
    assert (csv.numeric, csv.usable) == (("y",), ("kind", "y"))
    made = csv.table(("kind",), "y", "fill")
    assert made.texts["kind"] == ("7", "blue", "red")
    np.testing.assert_array_equal(made.column("kind"), [2, 1, np.nan, np.nan, 2, 0])
    assert csv.facts("kind").missing == 2
    with pytest.raises(FileProblem) as caught:
        csv.table(("kind",), "y")
    assert (caught.value.code, caught.value.values["line"]) == ("empty_cell", 4)


def test_a_header_over_texts_is_seen_where_they_recur(make: Make) -> None:
    csv = read_csv(make("colour,size\nred,big\nblue,big\n"))
    assert (csv.header, csv.row_count) == (("colour", "size"), 2)
    assert not read_csv(make("red,big\nblue,big\ngreen,small\n")).has_header
    assert not read_csv(make("a,b\nc,d\ne,f\n")).has_header


def test_more_texts_than_can_be_told_apart_are_refused_when_asked_for(make: Make) -> None:
    rows = "".join(f"{at},word {at}\n" for at in range(csv_file.MAX_TEXTS + 5))
    csv = read_csv(make("x,y\n" + rows))
    assert csv.facts("y").different == csv_file.MAX_TEXTS + 1
    assert column_problem(csv, "y").code == "many_texts"
    assert column(csv, "x")[-1] == csv_file.MAX_TEXTS + 4


def test_ten_thousand_columns_are_told_at_once(make: Make) -> None:
    head = ",".join(f"c{at}" for at in range(10_000))
    path = make(f"{head}\n" + (",".join("1" * 10_000) + "\n") * 200)
    start = time.process_time()
    problem = problem_of(path)
    assert time.process_time() - start < 5
    assert (problem.code, problem.values["found"]) == ("too_many_columns", 10_000)


def test_what_was_read_does_not_change_with_the_file_or_the_caller(make: Make) -> None:
    path = make("x,y\n1,2\n3,4\n")
    csv = read_csv(path)
    path.unlink()
    with pytest.raises(ValueError, match="read-only"):
        csv.table(("x",), "y").column("x")[:] = 7
    assert column(csv, "x") == [1.0, 3.0]


numbers = st.floats(-LARGEST, LARGEST)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(numbers, numbers, numbers), min_size=2, max_size=30),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    header=st.booleans(),
    quoted=st.booleans(),
    decimal_comma=st.booleans(),
)
def test_floats_written_with_repr_are_read_back_exactly(
    rows: list[tuple[float, float, float]],
    delimiter: str,
    encoding: str,
    line_end: str,
    header: bool,
    quoted: bool,
    decimal_comma: bool,
) -> None:
    quote = '"' if quoted else ""
    lines = [delimiter.join(f"{quote}{value!r}{quote}" for value in row) for row in rows]
    if decimal_comma and delimiter == ";":
        lines = [line.replace(".", ",") for line in lines]
    if header:
        lines.insert(0, delimiter.join(("甲", "乙", "丙")))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.csv"
        path.write_bytes((line_end.join(lines) + line_end).encode(encoding))
        csv = read_csv(path)
    assert csv.delimiter == delimiter
    assert csv.has_header is header
    read = np.array(table(csv)).T
    assert read.tobytes() == np.array(rows).tobytes()


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.one_of(numbers, st.sampled_from([math.nan, math.inf, -math.inf])), numbers),
        min_size=2,
        max_size=30,
    )
)
def test_rows_are_dropped_exactly_where_a_value_is_missing(
    rows: list[tuple[float, float]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.csv"
        path.write_text("x,y\n0.0,0.0\n1.0,1.0\n" + "".join(f"{x!r},{y!r}\n" for x, y in rows))
        csv = read_csv(path)
    (x, y), dropped = without_gaps(csv)
    kept = [(0.0, 0.0), (1.0, 1.0), *(row for row in rows if math.isfinite(row[0]))]
    assert list(zip(x, y, strict=True)) == kept
    assert dropped == 2 + len(rows) - len(kept)


@settings(max_examples=300, deadline=None)
@given(content=st.one_of(st.binary(max_size=200), st.text('0123.,;"\n\r\t|ax−_ ', max_size=80)))
def test_any_file_is_read_or_told_in_a_sentence(content: bytes | str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        told = ""
        try:
            csv = read_csv(path)
            y = proposed_target(csv)
            made = csv.table(proposed_inputs(csv, y), y, "drop_rows")
        except FileProblem as problem:
            told = file_sentence(problem)
        except ExperimentProblem as problem:
            told = problem_sentence(problem)
    assert told or made.rows >= 2


# What cannot


@pytest.mark.parametrize(
    ("content", "code", "values"),
    [
        (b"", "empty", {}),
        (b"\xef\xbb\xbf", "empty", {}),
        (b" \r\n\r\n", "empty", {}),
        (b"x,y\n", "header_only", {}),
        (b"x,y", "header_only", {}),
        (b"x,y\n1,2\n", "one_row", {}),
        (b"1,2\n", "one_row", {}),
        (b"x\n1\n2\n", "one_column", {}),
        (b"1,\n2,\n", "one_column", {}),
        (b"x,y\n,na\n,nan\nnull,\n", "few_columns", {"found": "0"}),
        (b"x,y\n1,\n2,nan\n", "few_columns", {"found": "x"}),
        (b"x,y\n1,2\n3\n5,6\n", "ragged_row", {"line": 3, "found": 1, "expected": 2}),
        (b"x,y\n1,2\n3,4\n5,6,7\n", "ragged_row", {"line": 4, "found": 3, "expected": 2}),
        (b"x,y\n\n1,2\n\n3,4,5,\n", "ragged_row", {"line": 5, "found": 4, "expected": 2}),
        (b'x,y\n1,2\n3,"4\n5,6\n', "bad_quote", {"line": 3}),
        (b'x,y\n1,2\n"3"4,5\n', "bad_quote", {"line": 3}),
        (b'x,y\n1,2\n3,"' + b"4\n" * 100_000, "bad_quote", {"line": 3}),
        (b"x,y\n1,2\x00\n3,4\n", "not_text", {}),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_text", {}),
        (b"x,y\n1,\xff\xff\n", "not_text", {}),
        (b"\xff\xfex\x00,\x00y", "not_text", {}),
        (b"\xef\xbb\xbfx,y\xff\n1,2\n", "not_text", {}),
        (b",".join([b"1"] * 1001) + b"\n", "too_many_columns", {"found": 1001, "most": 1000}),
    ],
)
def test_a_file_that_is_no_table_of_numbers_is_told(
    make: Make, content: bytes, code: str, values: dict[str, Any]
) -> None:
    problem = problem_of(make(content))
    assert (problem.code, problem.values) == (code, values)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("abc", "text_cell"),
        ("1_000", "text_cell"),
        ("0x10", "text_cell"),
        ("1.2.3", "text_cell"),
        ("12e", "text_cell"),
        ('"1,234"', "thousands_cell"),
        ('"1,234,567.8"', "thousands_cell"),
        ("1 234", "thousands_cell"),
        ("1'234.5", "thousands_cell"),
        ("NaN", "not_finite_cell"),
        ("-inf", "not_finite_cell"),
        ("1e999", "not_finite_cell"),
        ("NA", "not_finite_cell"),
        ("", "empty_cell"),
        ("  ", "empty_cell"),
    ],
)
def test_the_first_bad_cell_is_told_with_its_line_and_the_number_of_such(
    make: Make, bad: str, code: str
) -> None:
    csv = read_csv(make(f"x,y\n1,2\n3,{bad}\n5,6\n7,{bad}\n9,{bad}\n11,8\n13,9\n"))
    assert column(csv, "x") == [1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 13.0]
    problem = column_problem(csv, "y")
    text = bad.strip('" ')
    assert problem.code == code
    assert problem.values == {"line": 3, "text": text, "column": "y", "count": 3}
    droppable = code in ("not_finite_cell", "empty_cell")
    if droppable:
        assert without_gaps(csv) == ([[1.0, 5.0, 11.0, 13.0], [2.0, 6.0, 8.0, 9.0]], 3)
    else:
        with pytest.raises(FileProblem) as caught:
            csv.table(("x",), "y", "drop_rows")
        assert caught.value.code == code


def test_text_is_told_before_missing_cells_since_it_cannot_be_dropped(make: Make) -> None:
    csv = read_csv(make('x,y\n1,2\n2,\n3,"1,000"\n4,abc\n5,nan\n'))
    problem = column_problem(csv, "y")
    assert (problem.code, problem.values["line"], problem.values["count"]) == (
        "thousands_cell",
        4,
        2,
    )


def test_a_bad_cell_far_down_is_told_with_its_line(make: Make) -> None:
    lines = [f"{i},{i}" for i in range(20_000)]
    lines[17_000] = "17000,oops"
    problem = column_problem(read_csv(make("x,y\n" + "\n".join(lines))), "y")
    assert (problem.values["line"], problem.values["count"]) == (17_002, 1)


def test_a_dot_in_a_file_of_decimal_commas_is_not_taken_for_one(make: Make) -> None:
    csv = read_csv(make("x;y\n1,5;1\n2,5;1\n" + "1,5;1\n" * 150 + "3;1.5\n4;1.234,5\n"))
    problem = column_problem(csv, "y")
    assert (problem.code, problem.values["line"]) == ("text_cell", 154)
    assert problem.values["count"] == 2


def test_grouped_numbers_between_tabs_are_not_taken_for_decimals(make: Make) -> None:
    csv = read_csv(make("x\ty\n1,234\t1\n2,500\t2\n"))
    assert column_problem(csv, "x").code == "thousands_cell"


def test_a_long_cell_is_told_by_its_beginning(make: Make) -> None:
    csv = read_csv(make('x,y\n1,2\n3,4\n5,"' + "long\n" * 1000 + '"\n'))
    assert column_problem(csv, "y").values["text"] == "long " * 7 + "long…"


def test_fewer_than_two_rows_left_are_told(make: Make) -> None:
    csv = read_csv(make("x,y\n1,2\n3,\n,4\n"))
    with pytest.raises(FileProblem) as caught:
        csv.table(("x",), "y", "drop_rows")
    assert caught.value.code == "few_rows_left"
    assert caught.value.values == {"left": 1, "dropped": 2}


def test_a_name_that_is_no_column_is_told_with_those_there_are(make: Make) -> None:
    problem = column_problem(read_csv(make("x,y\n1,2\n3,4\n")), "z")
    assert problem.code == "no_column"
    assert problem.values == {"column": "z", "columns": "x, y"}


@pytest.mark.parametrize("last", ["3,3\n", "3,\n"], ids=["clean", "with a gap"])
def test_rows_are_limited_on_both_paths(make: Make, last: str) -> None:
    path = make("x,y\n1,1\n2,2\n" + last)
    assert read_csv(path, max_rows=3).row_count == 3
    problem = problem_of(path, max_rows=2)
    assert (problem.code, problem.values) == ("too_many_rows", {"most": 2})


def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as handle:
        handle.truncate(2_000_000_000)  # sparse: no disk is used
    problem = problem_of(path)
    assert problem.values == {"size": 2_000_000_000, "limit": 200_000_000}
    sentence = file_sentence(problem)
    assert "2 GB" in sentence
    assert "200 MB" in sentence


def test_what_is_no_text_is_found_anywhere_in_a_large_file_and_soon(tmp_path: Path) -> None:
    path = tmp_path / "one_line.csv"
    path.write_bytes(b"1" * 30_000_000)
    begun = time.process_time()
    with pytest.raises(FileProblem, match="one_column"):
        read_csv(path)
    assert time.process_time() - begun < 0.8, "the window waits for some of it"
    with path.open("ab") as handle:
        handle.write(b"\x1f2\n")
    with pytest.raises(FileProblem, match="not_text"):
        read_csv(path)


def test_a_file_that_grows_while_it_is_read_is_refused(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make("x,y\n1,2\n3,4\n")
    real_open = Path.open

    def grow_and_open(self: Path, mode: str = "r") -> Any:
        with real_open(self, "ab") as handle:
            handle.write(b"5,6\n" * 10)
        return real_open(self, mode)

    monkeypatch.setattr(Path, "open", grow_and_open)
    assert problem_of(path, max_bytes=20).code == "too_big"


def test_missing_files_and_folders_are_told(tmp_path: Path, make: Make) -> None:
    assert problem_of(tmp_path / "none.csv").code == "missing"
    assert problem_of(make("x,y\n") / "under.csv").code == "missing"
    assert problem_of(tmp_path).code == "folder_given"


@pytest.mark.skipif(os.name == "nt", reason="pipes as on POSIX")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert problem_of(tmp_path / "pipe").code == "not_regular"


@pytest.mark.skipif(os.name == "nt", reason="permissions as on POSIX")
def test_a_file_without_read_permission_is_told(make: Make) -> None:
    path = make("x,y\n1,2\n3,4\n")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read anything")
    assert problem_of(path).code == "no_permission"


@pytest.mark.parametrize(
    ("error", "code"),
    [(PermissionError(13, "denied"), "no_permission"), (OSError(5, "I/O error"), "read_failed")],
)
def test_an_error_while_reading_is_told(
    make: Make, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    path = make("x,y\n1,2\n3,4\n")

    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", fail)
    assert problem_of(path).code == code


# Sentences

EXAMPLE_VALUES: dict[str, dict[str, object]] = {
    "failed": {"detail": "Input/output error"},
    "read_failed": {"detail": "Input/output error"},
    "too_big": {"size": 2_000_000_000, "limit": 200_000_000},
    "too_many_columns": {"found": 2000, "most": 1000},
    "too_many_rows": {"most": 1_000_000},
    "ragged_row": {"line": 3, "found": 1, "expected": 2},
    "bad_quote": {"line": 3},
    "few_columns": {"found": "x"},
    "no_column": {"column": "z", "columns": "x, y"},
    "text_cell": {"line": 3, "text": "abc", "column": "y", "count": 1},
    "thousands_cell": {"line": 3, "text": "1,000", "column": "y", "count": 1},
    "not_finite_cell": {"line": 3, "text": "nan", "column": "y", "count": 1},
    "empty_cell": {"line": 3, "text": "", "column": "y", "count": 1},
    "few_rows_left": {"left": 1, "dropped": 2},
    "many_texts": {"column": "y", "most": 1000},
    "newer_session": {"found": 3, "known": 1},
    "damaged_session": {"detail": "version"},
    "not_set_aside": {"reason": "The disk is full."},
    "refused_session": {"reason": "Learning rate is empty."},
    "damaged_model": {"detail": "head"},
    "weights_missing": {"name": "W", "shape": "1", "model": "ŷ = w·x + b", "known": "w, b"},
    "weights_more": {"name": "W", "model": "ŷ = w·x + b"},
    "weights_shape": {"name": "W", "shape": "2×1", "found": "1", "model": "ŷ = w·x + b"},
    "weights_type": {"name": "W", "found": "float64"},
    "weights_refused": {"reason": "One of them is nan."},
    "model_too_big": {"size": 100_000_000, "limit": 90_000_000},
    "model_failed": {"detail": "no such operation"},
    "no_extra": {"extra": "onnx", "command": "python -m pip install onnx"},
    "no_extra_built": {"extra": "onnx", "instead": "Save it as .pt2."},
    "inputs_count": {"found": 3, "expected": 2, "names": "x1, x2"},
    "inputs_column": {"column": "x", "columns": "a, b"},
    "inputs_number": {"line": 3, "text": "abc", "column": "x"},
    "inputs_text": {"line": 3, "text": "abc", "column": "x", "known": "“red”, “blue”"},
    "inputs_empty": {"line": 3, "column": "x"},
    "newer_lesson": {"found": 2, "known": 1},
    "bad_lesson": {"detail": "pages[2].text"},
}


@pytest.mark.parametrize("code", get_args(ProblemCode))
def test_every_code_has_a_sentence_that_names_the_file_and_every_value(code: ProblemCode) -> None:
    values = EXAMPLE_VALUES.get(code, {})
    sentence = file_sentence(FileProblem(code, Path("folder") / "data.csv", values))
    assert "data.csv" in sentence
    assert sentence.endswith(".")
    assert not {"{", "}"} & set(sentence)
    shown = [str(value) for name, value in values.items() if name not in ("size", "limit")]
    assert [value for value in shown if value not in sentence] == []


def test_braces_in_a_file_are_shown_as_they_are(make: Make) -> None:
    problem = column_problem(read_csv(make("x,{y}\n1,2\n3,{0}\n5,6\n")), "{y}")
    sentence = file_sentence(problem)
    assert "“{0}”" in sentence
    assert "“{y}”" in sentence


def test_the_fast_path_is_taken_for_a_clean_file_and_gives_the_same(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make("x;y\n1,5;2\n3;4e-3\n")
    with monkeypatch.context() as patch:
        patch.setattr(csv_file, "_read_checked", None)
        fast = table(read_csv(path))
    monkeypatch.setattr(csv_file, "_read_clean", lambda *_args: None)
    assert table(read_csv(path)) == fast == [[1.5, 3.0], [2.0, 0.004]]
