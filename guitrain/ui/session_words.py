"""What is told of a file that was opened or written; loaded when there is something to tell."""

from guitrain.files.problems import FileProblem, file_sentence
from guitrain.numbers import format_number
from guitrain.sentences import problem_sentence, translate
from guitrain.snapshot import Filed

SAME = 1e-4  # relative: other machines' arithmetic may differ by less


def problem_words(filed: Filed) -> tuple[str, str]:
    """A title, and why the file was refused or could not be written."""
    problem = filed.problem
    if not isinstance(problem, FileProblem):
        assert problem is not None
        values = {"reason": problem_sentence(problem)}
        problem = FileProblem("refused_session", filed.path, values)
    title = (
        translate("Sessions", "Open an experiment")
        if filed.opened
        else translate("Sessions", "Save a file")
    )
    return title, file_sentence(problem)


def replay_sentence(filed: Filed) -> str | None:
    """Where this machine does not come to the numbers in the file."""
    replay = filed.replay
    if replay is None or replay.difference == 0:
        return None
    here, there = format_number(replay.here, 7), format_number(replay.there, 7)
    if replay.difference <= SAME:
        text = translate(
            "Sessions",
            "{file} was made on another machine, whose arithmetic differs in the last digits: "
            "the last loss is {here} here and {there} there. That is as it should be.",
        )
    else:
        text = translate(
            "Sessions",
            "The last {steps} steps of {file}, trained again here, give a loss of {here}, "
            "and the file says {there}. It was changed, or made with other versions of "
            "PyTorch: press Reset to train it anew.",
        )
    steps = f"{replay.steps:,}"
    return text.format(file=filed.path.name, here=here, there=there, steps=steps)
