"""What can go wrong with a file, as a code with values, and the sentence for each code."""

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from guitrain.sentences import translate

ProblemCode = Literal[
    # writing
    "read_only",
    "no_folder",
    "disk_full",
    "in_use",
    "is_folder",
    "folder_full",
    "is_file",
    "not_regular",
    "failed",
    # reading
    "missing",
    "folder_given",
    "no_permission",
    "too_big",
    "read_failed",
    "not_text",
    # the shape of a CSV
    "empty",
    "header_only",
    "one_row",
    "one_column",
    "too_many_columns",
    "too_many_rows",
    "ragged_row",
    "bad_quote",
    "few_columns",
    # the cells of a CSV
    "no_column",
    "text_cell",
    "thousands_cell",
    "not_finite_cell",
    "empty_cell",
    "few_rows_left",
    "many_texts",
    # an experiment file
    "not_session",
    "newer_session",
    "damaged_session",
    "not_set_aside",
    "refused_session",
    "nothing_yet",
    # a saved model
    "not_model",
    "damaged_model",
    "model_of_others",
    "weights_missing",
    "weights_more",
    "weights_shape",
    "weights_type",
    "weights_refused",
    "no_model_here",
    "no_experiment",
    "model_surface",
    "model_too_big",
    "model_failed",
    "no_extra",
    "no_extra_built",
    # inputs to apply a model to
    "inputs_none",
    "inputs_count",
    "inputs_column",
    "inputs_number",
    "inputs_text",
    "inputs_empty",
    # a lesson
    "not_lesson",
    "newer_lesson",
    "bad_lesson",
]

_WRITING: dict[int | None, ProblemCode] = {
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EBUSY: "in_use",
    errno.ETXTBSY: "in_use",
    errno.EISDIR: "is_folder",
}

_READING: dict[int | None, ProblemCode] = {
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EISDIR: "folder_given",
    errno.EBUSY: "in_use",
}

# Windows: another program holds the file, or a part of it, without sharing it.
_SHARING_VIOLATIONS = (32, 33)


class FileProblem(Exception):  # noqa: N818
    """A file that could not be read or written, for a reason the user can act on.

    Not a frozen dataclass: contextlib sets ``__traceback__`` on exceptions that pass through a
    context manager, which a frozen class forbids.

    Attributes:
        code: what went wrong; `file_sentence` has a sentence for each.
        path: the file or folder the user named (never a temporary one).
        values: what the sentence says besides the path, by name.
    """

    def __init__(
        self, code: ProblemCode, path: Path, values: Mapping[str, object] | None = None
    ) -> None:
        self.code: ProblemCode = code
        self.path = Path(path)
        self.values = dict(values or {})
        super().__init__(code, self.path, self.values)

    def __str__(self) -> str:
        return f"{self.code}: {self.path} {self.values}"


def writing_problem(error: OSError, path: Path) -> FileProblem:
    """The problem for an error of the operating system met while writing `path`."""
    return _from_os(error, path, _WRITING, "failed")


def unforeseen(error: Exception, path: Path, code: ProblemCode) -> FileProblem:
    """The problem of ``code`` that an exception is, which nobody foresaw."""
    if isinstance(error, MemoryError):
        detail = translate("Files", "there is not enough memory")
    else:
        detail = str(error)[:200] or type(error).__name__
    return FileProblem(code, path, {"detail": detail})


def reading_problem(error: OSError, path: Path) -> FileProblem:
    """The problem for an error of the operating system met while reading `path`."""
    return _from_os(error, path, _READING, "read_failed")


def _from_os(
    error: OSError, path: Path, codes: Mapping[int | None, ProblemCode], other: ProblemCode
) -> FileProblem:
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        code: ProblemCode = "in_use"
    else:
        code = codes.get(error.errno, other)
    return FileProblem(code, path, {"detail": error.strerror or str(error)})


def file_sentence(problem: FileProblem) -> str:
    """One or two translated sentences: what is wrong, where, and what to do."""
    values = {
        name: _size(value) if name in ("size", "limit") and isinstance(value, int) else value
        for name, value in problem.values.items()
    }
    template = (
        _writing_sentences()
        | _reading_sentences()
        | _cell_sentences()
        | _session_sentences()
        | _model_sentences()
        | _inputs_sentences()
        | _lesson_sentences()
    )[problem.code]
    return template.format(path=problem.path, file=problem.path.name or problem.path, **values)


def _size(count: int) -> str:
    """A number of bytes for reading, in the decimal units that file managers show."""
    for unit, scale in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= scale:
            return f"{count / scale:.3g} {unit}"
    return f"{count} B"


def _writing_sentences() -> dict[ProblemCode, str]:
    return {
        "read_only": translate(
            "Files",
            "{path} cannot be written: it, or its folder, is read-only. "
            "Choose another folder, or change its permissions.",
        ),
        "no_folder": translate(
            "Files",
            "{path} cannot be written: its folder does not exist. Choose another folder.",
        ),
        "disk_full": translate(
            "Files",
            "{path} was not written: the disk is full. What was there before is unchanged. "
            "Free some space or choose another disk, then try again.",
        ),
        "in_use": translate(
            "Files",
            "{path} is in use by another program. Close it there, then try again.",
        ),
        "is_folder": translate(
            "Files",
            "{path} is a folder, so no file can be written under that name. Choose another name.",
        ),
        "folder_full": translate(
            "Files",
            "{path} is a folder with files in it, which would be lost. Choose another name.",
        ),
        "is_file": translate(
            "Files",
            "{path} is a file, so no folder can have that name. Choose another folder.",
        ),
        "not_regular": translate(
            "Files",
            "{path} is not an ordinary file. Choose another file.",
        ),
        "failed": translate(
            "Files",
            "{path} was not written: {detail}. What was there before is unchanged. "
            "Choose another place, then try again.",
        ),
    }


def _reading_sentences() -> dict[ProblemCode, str]:
    return {
        "missing": translate("Files", "There is no file {path}. Check its name and folder."),
        "folder_given": translate("Files", "{path} is a folder. Choose a file in it."),
        "no_permission": translate(
            "Files", "You have no permission to read {path}. Change that, or choose another file."
        ),
        "too_big": translate(
            "Files",
            "{file} is too big: {size}, and at most {limit} can be read. "
            "Save a part of it as a file of its own.",
        ),
        "read_failed": translate(
            "Files", "{path} could not be read: {detail}. Try again, or choose another file."
        ),
        "not_text": translate(
            "Files",
            "{file} is not a text file. Save the table as CSV, in UTF-8, and open that.",
        ),
        "empty": translate("Files", "{file} is empty. Choose a file with columns of values."),
        "header_only": translate(
            "Files", "{file} has column names but no rows of values. Add at least two rows."
        ),
        "one_row": translate(
            "Files", "{file} has one row of values only. At least two are needed; add more."
        ),
        "one_column": translate(
            "Files",
            "{file} has one column only, and an input and a target are both needed. "
            "Separate columns by a comma, a semicolon, a tab or a vertical bar.",
        ),
        "too_many_columns": translate(
            "Files",
            "{file} has {found} columns, and at most {most} can be read. "
            "Save the columns needed as a file of their own.",
        ),
        "too_many_rows": translate(
            "Files",
            "{file} has more than {most} rows, the most that can be read. "
            "Save a part of it as a file of its own.",
        ),
        "ragged_row": translate(
            "Files",
            "Line {line} of {file} has {found} cells where {expected} are expected. "
            "Correct that line in the file.",
        ),
        "bad_quote": translate(
            "Files",
            "A quotation mark does not match in {file}, in the row that starts in line {line}. "
            "Correct that line in the file.",
        ),
        "few_columns": translate(
            "Files",
            "{file} needs two columns with values, an input and a target. Such columns found: "
            "{found}.",
        ),
    }


def _cell_sentences() -> dict[ProblemCode, str]:
    return {
        "no_column": translate(
            "Files", "{file} has no column “{column}”. Its columns are: {columns}."
        ),
        "text_cell": translate(
            "Files",
            "Line {line} of {file} has “{text}” in column “{column}”, which is not a number "
            "(such cells in the column: {count}). Correct the file, or choose another column.",
        ),
        "thousands_cell": translate(
            "Files",
            "Line {line} of {file} has “{text}” in column “{column}”, which looks like a number "
            "with thousands separators (cells that cannot be read in the column: {count}). "
            "Save the numbers without them, as in 1234.5, and open the file again.",
        ),
        "not_finite_cell": translate(
            "Files",
            "Line {line} of {file} has “{text}” in column “{column}”, which is no finite number "
            "(missing or infinite cells in the column: {count}). "
            "Correct the file, or choose to leave such rows out or to fill them in.",
        ),
        "empty_cell": translate(
            "Files",
            "Line {line} of {file} has an empty cell in column “{column}” "
            "(missing or infinite cells in the column: {count}). "
            "Correct the file, or choose to leave such rows out or to fill them in.",
        ),
        "few_rows_left": translate(
            "Files",
            "Once rows with missing values are left out, {file} has {left} rows of the columns "
            "chosen ({dropped} left out). At least two are needed; choose other columns.",
        ),
        "many_texts": translate(
            "Files",
            "Column “{column}” of {file} has more than {most} different texts, too many to tell "
            "apart: names or notes, perhaps. Choose another column.",
        ),
    }


def _session_sentences() -> dict[ProblemCode, str]:
    return {
        "not_session": translate(
            "Files",
            "{file} is not an experiment of GUITrain. Choose a file whose name ends in .guitrain, "
            "or open a table of numbers as CSV.",
        ),
        "newer_session": translate(
            "Files",
            "{file} was saved by a newer GUITrain (its format is {found}; this one reads up to "
            "{known}). Update GUITrain to open it.",
        ),
        "damaged_session": translate(
            "Files",
            "{file} is damaged ({detail}): a part of it is missing or was changed. Nothing was "
            "opened; take another copy of the file.",
        ),
        "not_set_aside": translate(
            "Files",
            "{file} was not opened, for what is here could not be kept first: {reason} Save it "
            "with File, Save as, and open {file} again.",
        ),
        "nothing_yet": translate(
            "Files",
            "{file} was not saved, for there is no run yet. Draw a point, or choose data, and save "
            "again.",
        ),
        "refused_session": translate(
            "Files",
            "{file} was not opened, for this GUITrain cannot run its experiment. {reason}",
        ),
    }


def _model_sentences() -> dict[ProblemCode, str]:
    return {
        "not_model": translate(
            "Files",
            "{file} is no model that can be opened: it holds no weights by name, or more than "
            "weights. Nothing in it was carried out. Choose a .safetensors file, or a .pt file of "
            "a state_dict.",
        ),
        "damaged_model": translate(
            "Files",
            "{file} is damaged ({detail}): a part of it is missing or was changed. Nothing was "
            "opened; take another copy of the file.",
        ),
        "model_of_others": translate(
            "Files",
            "{file} is a model for other programs, which cannot be trained on. Open the same "
            "model as .safetensors or .pt.",
        ),
        "weights_missing": translate(
            "Files",
            "{file} has no weights “{name}” of shape {shape}, and the model here ({model}) has. "
            "Choose the model under Model that the file was saved of, and open it again. In the "
            "file are: {known}.",
        ),
        "weights_more": translate(
            "Files",
            "{file} has weights “{name}”, and the model here ({model}) has none of that name. "
            "Choose the model under Model that the file was saved of, and open it again.",
        ),
        "weights_shape": translate(
            "Files",
            "“{name}” has the shape {found} in {file}, and in the model here ({model}) it has "
            "{shape}. Choose the model under Model that the file was saved of, and open it again.",
        ),
        "weights_type": translate(
            "Files",
            "“{name}” in {file} is of {found}, and weights are of float32. Save the model again "
            "as float32.",
        ),
        "weights_refused": translate("Files", "{file} was not opened. {reason}"),
        "no_model_here": translate(
            "Files",
            "{file} has weights alone, and there is no model here that they could be laid into. "
            "Choose data and the model that the file was saved of, and open it again.",
        ),
        "no_experiment": translate(
            "Files",
            "{file} does not say which experiment its weights are of. Choose a .safetensors file "
            "that GUITrain has saved.",
        ),
        "model_surface": translate(
            "Files",
            "{file} was not saved: a test surface has no data, so its two parameters are no model "
            "of anything. Export the history.",
        ),
        "model_too_big": translate(
            "Files",
            "{file} was not saved: its experiment has data of {size}, and at most {limit} go into "
            "such a file. Save the weights alone (.pt), or the experiment (.guitrain).",
        ),
        "model_failed": translate(
            "Files",
            "{file} was not saved: PyTorch cannot write this model so ({detail}). Save the "
            "weights as .pt.",
        ),
        "no_extra": translate(
            "Files",
            "{file} needs the extra “{extra}”, which is not installed here. In a terminal, "
            "{command} installs it; then try again.",
        ),
        "no_extra_built": translate(
            "Files",
            "{file} needs the extra “{extra}”, which this build of GUITrain does not hold. "
            "{instead} Or start GUITrain with Python (main.py), where it can be installed.",
        ),
    }


def _inputs_sentences() -> dict[ProblemCode, str]:
    return {
        "inputs_none": translate(
            "Files", "{file} has no rows to predict for. Add some under the names of its columns."
        ),
        "inputs_count": translate(
            "Files",
            "{file} has {found} columns without names, and the model takes {expected}: {names}. "
            "Name the columns in the first row, or leave out the others.",
        ),
        "inputs_column": translate(
            "Files",
            "{file} has no column “{column}”, which the model takes. Its columns are: {columns}. "
            "Add that column, or correct its name in the first row.",
        ),
        "inputs_number": translate(
            "Files",
            "Line {line} of {file} has “{text}” in column “{column}”, where the model takes a "
            "number such as 1234.5. Correct that cell.",
        ),
        "inputs_text": translate(
            "Files",
            "Line {line} of {file} has “{text}” in column “{column}”, of which the model has "
            "learnt nothing: it knows {known}. Correct that cell, or leave out the row.",
        ),
        "inputs_empty": translate(
            "Files",
            "Line {line} of {file} has no value in column “{column}”, which the model takes. Fill "
            "in that cell, or leave out the row.",
        ),
    }


def _lesson_sentences() -> dict[ProblemCode, str]:
    return {
        "not_lesson": translate(
            "Files", "{file} is not a lesson of GUITrain. Choose a file that holds a lesson."
        ),
        "newer_lesson": translate(
            "Files",
            "{file} was made for a newer GUITrain (its format is {found}; this one reads up to "
            "{known}). Update GUITrain to read it.",
        ),
        "bad_lesson": translate(
            "Files",
            "{file} cannot be read as a lesson: this part of it is missing or wrong ({detail}). "
            "Correct it, or choose another file.",
        ),
    }
