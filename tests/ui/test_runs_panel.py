from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Choice
from guitrain.core.run import Run
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.setting_words import change_words, setting_name, value_words
from guitrain.snapshot import Ghost, RunRow, Snapshot, State
from guitrain.ui.runs_model import CHANGED, EPOCHS, LONGEST_NAME, LOSS, NAME, ORIGIN
from guitrain.ui.runs_panel import RunsPanel
from guitrain.ui.style import apply_style
from tests.plots.runs import ARTICLE, run_of, table_experiment


def row(number: int, **other: Any) -> RunRow:
    fields: dict[str, Any] = {
        "run_id": number,
        "number": number,
        "name": "",
        "style": number - 1,
        "parent": None,
        "changes": {},
        "epoch": 100,
        "step": 100,
        "loss": 0.2293,
        "diverged": False,
        "visible": True,
        "current": False,
        "racing": False,
    }
    return RunRow(**{**fields, **other})


@pytest.fixture(scope="module")
def article() -> Run:
    """The article's run to its end, with a change at step 40."""
    run = run_of(40)
    run.change({"learning_rate": 0.02})
    while run.stopped is None:
        run.advance()
    return run


def at(run: Run | None, *rows: RunRow, ghosts: tuple[Ghost, ...] = ()) -> Snapshot:
    view = run.view() if run is not None else None
    return Snapshot(0, State.PAUSED, ARTICLE, view=view, runs=rows, ghosts=ghosts)


THREE = (
    row(1, name="the article"),
    row(2, parent=(1, 57), changes={"learning_rate": 0.003}, loss=0.2298),
    row(3, parent=(2, 20), changes={"learning_rate": 0.11}, epoch=1234, current=True),
)


@pytest.fixture
def panel(qtbot: QtBot) -> RunsPanel:
    made = RunsPanel()
    qtbot.addWidget(made)
    made.resize(700, 260)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def cell(panel: RunsPanel, at_row: int, column: int) -> str:
    return str(panel.model.index(at_row, column).data() or "")


def place(panel: RunsPanel, at_row: int, column: int = CHANGED) -> QPoint:
    return panel.table.visualRect(panel.model.index(at_row, column)).center()


def click(panel: RunsPanel, at_row: int) -> None:
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place(panel, at_row))


def check(panel: RunsPanel, at_row: int) -> None:
    """Click on a row's box, where the style draws it."""
    index = panel.model.index(at_row, NAME)
    option = QStyleOptionViewItem()
    option.initFrom(panel.table)
    option.rect = panel.table.visualRect(index)
    option.features = QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    option.widget = panel.table
    box: QRect = panel.table.style().subElementRect(
        QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, panel.table
    )
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def button(panel: RunsPanel, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert found is not None
    return found


def editor(panel: RunsPanel) -> QLineEdit:
    found = panel.table.viewport().findChild(QLineEdit)
    assert found is not None
    return found


# What is shown.


def test_rows_say_what_was_changed_and_from_where(panel: RunsPanel, article: Run) -> None:
    panel.refresh(at(None, *THREE, ghosts=(Ghost(1, "", 0, article.view()),)))
    assert [cell(panel, 0, column) for column in range(5)] == [
        "the article",
        "–",
        "",
        "100",
        "0.2293",
    ]
    # At step 57 of the first run its change at step 40 was in force.
    assert [cell(panel, 1, column) for column in range(5)] == [
        "Run 2",
        "learning rate 0.02 → 0.003",
        "step 57 of the article",
        "100",
        "0.2298",
    ]
    # Of the second nothing is known but its row: the new value alone.
    assert cell(panel, 2, CHANGED) == "learning rate 0.11"
    assert cell(panel, 2, ORIGIN) == "step 20 of Run 2"
    assert cell(panel, 2, EPOCHS) == "1,234"


def test_old_value_before_a_change_in_mid_run(panel: RunsPanel, article: Run) -> None:
    child = row(2, parent=(1, 39), changes={"learning_rate": 0.003})
    panel.refresh(at(article, row(1, current=True), child))
    assert cell(panel, 1, CHANGED) == "learning rate 0.01 → 0.003"


def test_what_a_run_was_is_remembered_while_it_is_hidden(panel: RunsPanel, article: Run) -> None:
    panel.refresh(at(article, row(1, current=True)))
    child = row(2, parent=(1, 57), changes={"learning_rate": 0.003}, current=True)
    panel.refresh(at(None, row(1, visible=False), child))
    assert cell(panel, 1, CHANGED) == "learning rate 0.02 → 0.003"


def test_first_run_is_told_by_what_the_others_change(panel: RunsPanel, article: Run) -> None:
    start = Run(ARTICLE)
    while start.epochs.length < 1:
        start.advance()
    others = (
        row(2, changes={"learning_rate": 0.05, "optimizer.momentum": 0.9}, racing=True),
        row(3, changes={"learning_rate": 0.001}, racing=True),
    )
    panel.refresh(at(start, row(1, current=True, racing=True), *others))
    assert cell(panel, 0, CHANGED) == "learning rate 0.01, momentum 0"
    assert cell(panel, 1, CHANGED) == "learning rate 0.05, momentum 0.9"
    assert cell(panel, 2, ORIGIN) == "racing"


def test_losses_are_numbers_words_or_nothing(panel: RunsPanel) -> None:
    panel.refresh(
        at(
            None,
            row(1, loss=None),
            row(2, loss=float("inf"), diverged=True),
            row(3, loss=48713.25),
            row(4, loss=2.5e-7),
            row(5, loss=7e30),
        )
    )
    texts = [cell(panel, i, LOSS) for i in range(5)]
    assert texts == ["–", "diverged", "48,713", "2.5e−7", "7e30"]


def test_run_in_hand_is_marked_and_cannot_be_hidden(panel: RunsPanel) -> None:
    panel.refresh(at(None, *THREE))
    items = [panel.model.item(i, NAME) for i in range(3)]
    assert [item.font().bold() for item in items] == [False, False, True]
    assert [item.isCheckable() for item in items] == [True, True, False]
    assert items[2].data(Qt.ItemDataRole.CheckStateRole) is None
    panel.refresh(
        at(None, replace(THREE[0], current=True), THREE[1], replace(THREE[2], current=False))
    )
    assert [item.font().bold() for item in items] == [True, False, False]
    assert [item.isCheckable() for item in items] == [False, True, True]
    assert items[2].checkState() == Qt.CheckState.Checked


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_samples_are_in_the_colours_of_the_theme(panel: RunsPanel, theme: Theme) -> None:
    panel.refresh(at(None, *THREE))
    panel.set_theme(theme)
    image = panel.model.item(2, NAME).icon().pixmap(28, 14).toImage()
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert middle.name() == theme.data.lower()
    ghost = panel.model.item(0, NAME).icon().pixmap(28, 14).toImage()
    alphas = {ghost.pixelColor(x, ghost.height() // 2).alpha() for x in range(ghost.width())}
    assert 0 in alphas  # dashes


def test_narrow_panel_says_where_a_run_comes_from_below(panel: RunsPanel) -> None:
    panel.refresh(at(None, *THREE))
    assert not panel.table.isColumnHidden(ORIGIN)
    panel.resize(400, 200)
    assert panel.table.isColumnHidden(ORIGIN)
    assert cell(panel, 1, CHANGED) == "learning rate 0.003\nfrom step 57 of the article"
    assert cell(panel, 2, LOSS) == "0.2293\nepoch 1,234"
    assert panel.table.columnWidth(CHANGED) > 150
    assert panel.table.rowHeight(1) >= 2 * panel.table.fontMetrics().height()
    panel.resize(700, 260)
    assert cell(panel, 1, CHANGED) == "learning rate 0.003"
    assert cell(panel, 2, LOSS) == "0.2293"
    tip = panel.model.item(1, CHANGED).toolTip()
    assert tip == "learning rate 0.003\nfrom step 57 of the article"


def test_without_runs_it_says_how_to_get_some(panel: RunsPanel) -> None:
    panel.refresh(at(None))
    assert panel.empty.isVisible()
    assert not panel.table.isVisible()
    assert button(panel, "race").isEnabled()
    panel.refresh(at(None, row(1, current=True)))
    assert panel.empty.isVisible()
    assert panel.table.isVisible()
    panel.refresh(at(None, *THREE))
    assert not panel.empty.isVisible()
    panel.refresh(at(None))
    assert panel.empty.isVisible()


def test_hidden_panel_catches_up_when_shown(qtbot: QtBot) -> None:
    panel = RunsPanel()
    qtbot.addWidget(panel)
    panel.refresh(at(None, *THREE))
    assert panel.model.rowCount() == 0
    panel.show()
    assert panel.model.rowCount() == 3


# In place.


def test_equal_rows_set_nothing_and_a_race_sets_only_what_moves(panel: RunsPanel) -> None:
    panel.refresh(at(None, *THREE))
    changed: list[tuple[int, int]] = []
    panel.model.itemChanged.connect(lambda item: changed.append((item.row(), item.column())))
    resets: list[int] = []
    panel.model.modelReset.connect(lambda: resets.append(1))
    panel.refresh(at(None, *(replace(each) for each in THREE)))
    assert changed == []
    panel.refresh(at(None, replace(THREE[0], epoch=101, step=101, loss=0.2292), *THREE[1:]))
    assert changed == [(0, EPOCHS), (0, LOSS)]
    panel.refresh(at(None, replace(THREE[0], epoch=101, step=102, loss=0.2292), *THREE[1:]))
    assert len(changed) == 2
    assert resets == []


def test_selection_scroll_and_editing_survive_new_and_deleted_runs(panel: RunsPanel) -> None:
    rows = [row(i + 1, current=i == 29) for i in range(30)]
    panel.refresh(at(None, *rows))
    panel.select(20)
    bar = panel.table.verticalScrollBar()
    bar.setValue(200)
    button(panel, "run_rename").click()
    panel.table.scrollTo(panel.model.index(19, NAME))
    value = bar.value()
    QTest.keyClicks(editor(panel), "mine")
    for k in range(3):
        moved = [replace(each, epoch=each.epoch + k, loss=0.2) for each in rows]
        panel.refresh(at(None, *moved))
    panel.refresh(at(None, *moved, row(31, racing=True)))
    assert panel.selected is not None
    assert panel.selected.number == 20
    assert editor(panel).text() == "mine"
    assert bar.value() == value
    panel.refresh(at(None, *moved[:3], *moved[5:]))
    assert panel.selected is not None
    assert panel.selected.number == 20
    assert editor(panel).text() == "mine"
    assert panel.model.rowCount() == 28
    assert cell(panel, 2, NAME) == "Run 3"
    assert cell(panel, 3, NAME) == "Run 6"


def test_rows_in_another_order_are_still_those_of_their_runs(panel: RunsPanel) -> None:
    panel.refresh(at(None, *THREE))
    panel.refresh(at(None, THREE[2], row(7, loss=7.0), THREE[0]))
    assert [cell(panel, i, NAME) for i in range(3)] == ["Run 3", "Run 7", "the article"]
    assert [cell(panel, i, LOSS) for i in range(3)] == ["0.2293", "7.0000", "0.2293"]


def test_deleted_run_leaves_its_number_in_its_branches(panel: RunsPanel) -> None:
    panel.refresh(at(None, *THREE))
    panel.refresh(at(None, *THREE[1:]))
    assert cell(panel, 0, ORIGIN) == "step 57 of Run 1"


# What the user does.


@pytest.mark.parametrize("on", [True, False])
def test_check_box_shows_and_hides_a_ghost(panel: RunsPanel, qtbot: QtBot, on: bool) -> None:
    panel.refresh(at(None, replace(THREE[0], visible=not on), *THREE[1:]))
    with qtbot.waitSignal(panel.visibility_changed) as blocker:
        check(panel, 0)
    assert blocker.args == [1, on]
    state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
    assert panel.model.item(0, NAME).checkState() == state  # at once
    panel.refresh(at(None, replace(THREE[0], visible=not on, epoch=101), *THREE[1:]))
    assert panel.model.item(0, NAME).checkState() == state  # the run does not know yet
    panel.refresh(at(None, replace(THREE[0], visible=on), *THREE[1:]))
    assert panel.model.item(0, NAME).checkState() == state
    panel.refresh(at(None, replace(THREE[0], visible=not on), *THREE[1:]))
    assert panel.model.item(0, NAME).checkState() != state


def test_clicking_where_the_run_in_hand_has_no_box_does_nothing(panel: RunsPanel) -> None:
    found: list[object] = []
    panel.visibility_changed.connect(lambda *args: found.append(args))
    panel.refresh(at(None, *THREE))
    check(panel, 2)
    role = Qt.ItemDataRole.CheckStateRole
    assert not panel.model.setData(panel.model.index(2, NAME), Qt.CheckState.Checked, role)
    assert found == []


@pytest.mark.parametrize(
    ("typed", "sent", "shown"),
    [
        ("slow", "slow", "slow"),
        ("  a \t b ", "a b", "a b"),
        ("", "", "Run 2"),
        ("Run 2", "", "Run 2"),
        ("很慢 <b>", "很慢 <b>", "很慢 <b>"),
        ("x" * 500, "x" * LONGEST_NAME, "x" * LONGEST_NAME),
    ],
)
def test_renaming_in_place(
    panel: RunsPanel, qtbot: QtBot, typed: str, sent: str, shown: str
) -> None:
    found: list[tuple[int, str]] = []
    panel.renamed.connect(lambda number, name: found.append((number, name)))
    panel.refresh(at(None, THREE[0], replace(THREE[1], name="old"), THREE[2]))
    click(panel, 1)
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    field = editor(panel)
    field.setText(typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: found == [(2, sent)])
    assert cell(panel, 1, NAME) == shown
    panel.refresh(at(None, THREE[0], replace(THREE[1], name=sent), THREE[2]))
    assert cell(panel, 1, NAME) == shown


def test_double_click_renames_and_esc_leaves_the_name(panel: RunsPanel) -> None:
    found: list[object] = []
    panel.renamed.connect(lambda *args: found.append(args))
    panel.refresh(at(None, *THREE))
    spot = panel.table.visualRect(panel.model.index(1, NAME)).center()
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    field = editor(panel)
    field.setText("no")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert found == []
    assert cell(panel, 1, NAME) == "Run 2"


def test_new_name_reaches_the_branches(panel: RunsPanel) -> None:
    panel.refresh(at(None, *THREE))
    panel.refresh(at(None, THREE[0], replace(THREE[1], name="slow"), THREE[2]))
    assert cell(panel, 2, ORIGIN) == "step 20 of slow"


@pytest.mark.parametrize("by_key", [True, False])
def test_delete_and_make_current(panel: RunsPanel, by_key: bool) -> None:
    deleted: list[int] = []
    made: list[int] = []
    panel.deleted.connect(deleted.append)
    panel.made_current.connect(made.append)
    panel.refresh(at(None, *THREE))
    for at_row in (1, 2):
        click(panel, at_row)
        if by_key:
            QTest.keyClick(panel.table, Qt.Key.Key_Delete)
            QTest.keyClick(panel.table, Qt.Key.Key_Return)
        else:
            button(panel, "run_delete").click()
            button(panel, "run_make_current").click()
    assert deleted == [2]  # and never the one in hand
    assert made == [2]


def test_buttons_follow_the_selection(panel: RunsPanel) -> None:
    names = ("run_make_current", "run_rename", "run_delete", "race")
    panel.refresh(at(None, *THREE))

    def enabled() -> list[bool]:
        return [button(panel, name).isEnabled() for name in names]

    assert enabled() == [False, False, False, True]
    panel.select(1)
    assert enabled() == [True, True, True, True]
    panel.select(3)
    assert enabled() == [False, True, False, True]
    # The selected run is taken in hand elsewhere, or deleted.
    panel.select(1)
    panel.refresh(at(None, replace(THREE[0], current=True), THREE[1]))
    assert enabled() == [False, True, False, True]
    panel.select(99)
    assert enabled() == [False, False, False, True]


def test_race_button(panel: RunsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.race_wanted):
        button(panel, "race").click()


def test_del_within_the_editor_deletes_a_letter_and_no_run(panel: RunsPanel) -> None:
    deleted: list[int] = []
    panel.deleted.connect(deleted.append)
    panel.refresh(at(None, *THREE))
    panel.select(2)
    button(panel, "run_rename").click()
    field = editor(panel)
    field.setText("abc")
    field.setCursorPosition(0)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert field.text() == "bc"
    assert deleted == []


def test_every_control_can_be_named_and_reached(panel: RunsPanel) -> None:
    for found in panel.findChildren(QPushButton):
        assert found.objectName()
        assert found.accessibleName()
        assert found.toolTip()
        assert found.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert panel.table.accessibleName()
    flag = QItemSelectionModel.SelectionFlag.NoUpdate
    panel.refresh(at(None, *THREE))
    panel.table.selectionModel().setCurrentIndex(panel.model.index(0, NAME), flag)
    panel.table.setFocus(Qt.FocusReason.TabFocusReason)
    found_on: list[object] = []
    panel.visibility_changed.connect(lambda *args: found_on.append(args))
    QTest.keyClick(panel.table, Qt.Key.Key_Space)
    assert found_on == [(1, False)]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_can_be_drawn_at_any_size(panel: RunsPanel, qapp: QApplication, theme: Theme) -> None:
    apply_style(qapp, theme)
    panel.set_theme(theme)
    panel.refresh(at(None, *THREE))
    for size in ((400, 200), (1000, 500), (120, 80)):
        panel.resize(*size)
        assert not panel.grab().isNull()
    qapp.setStyleSheet("")


# Words.


def test_settings_in_words() -> None:
    assert setting_name("learning_rate") == "learning rate"
    assert setting_name("seeds.data") == "data seed"
    assert setting_name("stop.target_loss") == "target loss"
    assert value_words("batch_size", None) == "all"
    assert value_words("stop.patience", 3) == "3 epochs"
    assert value_words("stop.patience", None) == "off"
    assert value_words("standardize", True) == "on"
    assert value_words("initial", (1.0, -2.0)) == "1, −2"
    assert value_words("optimizer", Choice("sgd", {"momentum": 0.9})) == "SGD (momentum 0.9)"
    assert value_words("loss", "mae") == "MAE"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"learning_rate": 0.003}, "learning rate 0.01 → 0.003"),
        ({"optimizer.momentum": 0.9}, "momentum 0 → 0.9"),
        ({"optimizer": Choice("sgd", {"momentum": 0.5})}, "momentum 0 → 0.5"),
        ({"loss": Choice("huber", {"delta": 2.0})}, "loss MSE → Huber (huber δ 2)"),
        ({"batch_size": 10, "stop.epochs": 50}, "batch size all → 10, epochs 100 → 50"),
        ({"seeds.weights": 7, "initial": None}, "weights seed 0 → 7"),
        ({"standardize": True}, "standardize x off → on"),
        ({}, ""),
    ],
)
def test_changes_in_words(changes: dict[str, Any], words: str) -> None:
    assert change_words(changes, ARTICLE).startswith(words)


def test_change_of_a_table_names_its_file() -> None:
    other = table_experiment([1.0, 2.0], [3.0, 4.0], ("x", "y"))
    assert change_words({"data": other.data}, ARTICLE)
    assert change_words({"data": other.data})
