"""The one style sheet, as a template: $names are tokens and text sizes that ui/theme.py fills in."""

from __future__ import annotations

SHEET = """
QWidget { color: $ink; }
QMainWindow, QDialog, QWidget[role="ground"] { background: $ground; }
QToolTip { background: $panel; color: $ink; border: 1px solid $line; padding: 4px 8px; font-size: $px_note; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: $px_title; font-weight: $bold; }
QLabel[role="big"] { font-size: $px_big; font-weight: $bold; }
QLabel[role="heading"] { font-weight: $bold; }
QLabel[role="subject"] { font-weight: $medium; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="note"] { color: $muted; font-size: $px_note; }
QLabel[role="caption"] { color: $muted; font-size: $px_caption; font-weight: $medium; letter-spacing: 1px; }
QLabel[role="figure"] { font-size: $px_figure; font-weight: $bold; }
QLabel[role="accent"] { color: $accent; font-weight: $medium; }
QLabel[role="warn"] { color: $warn; }
QLabel[role="gap"] { color: $warn; background: $warn_ground; }
QLabel[role="bad"] { color: $bad; }
QLabel[role="error"] { color: $bad; font-size: $px_note; }
QLabel[role="keys"] { color: $muted; font-size: 11px; border: 1px solid $line; border-radius: 4px;
  padding: 1px 5px; }

QPushButton, QToolButton { background: $panel; border: 1px solid $line; border-radius: 8px; padding: 0 14px;
  min-height: 34px; font-weight: $medium; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $selection; }
QPushButton:disabled, QToolButton:disabled { color: $muted; background: $ground; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 0 13px; min-height: 32px; outline: none; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: $medium; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:disabled { background: $pale; color: $muted; border-color: $line; }
QPushButton[role="primary"]:focus { border: 1px solid $accent; padding: 0 14px; min-height: 34px; }
QPushButton[role="danger"] { color: $bad; }
QPushButton[role="danger"]:disabled { color: $muted; }
QPushButton[role="link"], QPushButton[role="link-small"] { background: transparent; border: 1px solid transparent;
  border-radius: 6px; color: $accent; font-weight: $medium; padding: 0 4px; min-height: 28px; }
QPushButton[role="link-small"] { font-size: $px_note; }
QPushButton[side="right"] { text-align: right; }
QPushButton[side="flush"], QPushButton[side="flush"]:focus { padding: 0; }
QPushButton[role="link"]:hover, QPushButton[role="link-small"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus, QPushButton[role="link-small"]:focus { border: 2px solid $focus; padding: 0 3px;
  min-height: 26px; }
QPushButton[role="link"]:disabled, QPushButton[role="link-small"]:disabled { color: $muted; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border: 1px solid transparent;
  border-radius: 6px; padding: 0 6px; min-height: 28px; min-width: 18px; color: $muted; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: $hover; color: $ink; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 2px solid $focus; padding: 0 5px;
  min-height: 26px; }
QPushButton[role="dashed"] { background: transparent; border: 1px dashed $line; color: $muted; text-align: left;
  padding: 0 11px; min-height: 34px; font-weight: 400; }
QPushButton[role="dashed"]:hover { color: $ink; border-color: $muted; }
QPushButton[role="dashed"]:focus { border: 2px solid $focus; padding: 0 10px; min-height: 32px; }
QPushButton[role="drop"] { background: transparent; border: 1px dashed $line; color: $muted; font-weight: 400;
  padding: 0 11px; min-height: 54px; }
QPushButton[role="drop"]:hover { color: $ink; border-color: $muted; }
QPushButton[role="drop"]:focus { border: 2px solid $focus; padding: 0 10px; min-height: 52px; }
QPushButton[role="drop"][over="true"] { border: 2px dashed $accent; background: $soft; color: $ink; padding: 0 10px;
  min-height: 52px; }
QPushButton[role="search"] { text-align: left; color: $muted; font-weight: 400; padding: 0 12px; }
QPushButton[role="search"]:hover { color: $ink; }
QPushButton[role="search"]:focus { padding: 0 11px; }
QPushButton[role="foot"] { background: transparent; border: 1px solid transparent; border-radius: 6px; color: $muted;
  font-size: $px_note; font-weight: 400; padding: 0 3px; min-height: 26px; }
QPushButton[role="foot"]:hover { color: $ink; text-decoration: underline; }
QPushButton[role="foot"]:focus { border: 2px solid $focus; padding: 0 2px; min-height: 24px; }
QPushButton[role="chip"] { background: $pale; border: 1px solid $pale; border-radius: 11px; color: $muted;
  font-size: $px_note; font-weight: 400; padding: 0 9px; min-height: 20px; max-height: 20px; margin: 3px 0; }
QPushButton[role="chip"]:hover { color: $ink; }
QPushButton[role="chip"]:focus { border: 2px solid $focus; padding: 0 8px; min-height: 18px; max-height: 18px; }
QPushButton[role="notice"] { background: transparent; border: 1px solid transparent; border-radius: 6px; color: $warn;
  font-weight: $bold; text-decoration: underline; padding: 0 4px; min-height: 28px; }
QPushButton[role="notice"]:focus { border: 2px solid $warn; padding: 0 3px; min-height: 26px; }
QPushButton[role="notice"]:disabled { color: $muted; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }

QFrame[role="panel"] { background: $panel; border: 1px solid $line; border-radius: 12px; }
QFrame[role="column"] { background: $side; border: none; border-radius: 12px; }
QFrame[role="sunken"] { background: $ground; border: none; border-radius: 10px; }
QFrame[role="answer"] { background: $ground; border: 2px solid transparent; border-radius: 10px; }
QFrame[role="answer"][within="true"] { border-color: $focus; }
QFrame[role="sheet"] { background: $ground; border: none; border-left: 1px solid $line; }
QFrame[role="sheet-center"] { background: $ground; border: 1px solid $line; border-radius: 12px; }
QFrame[role="side"] { background: $side; border: none; border-right: 1px solid $line; }
QFrame[role="foot"] { background: $ground; border: none; border-top: 1px solid $line; }
QFrame[role="sheet-foot"] { background: $ground; border: none; border-top: 1px solid $line; }
QFrame[role="notice"] { background: $warn_ground; border: none; border-radius: 8px; }
QFrame[role="notice"] QLabel { color: $warn; }
QFrame[role="banner"] { background: $soft; border: none; border-bottom: 1px solid $line; }
QFrame[role="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="drop"] { background: transparent; border: 1px dashed $line; border-radius: 8px; }
QFrame[role="drop"][over="true"] { border: 2px dashed $accent; background: $soft; }
QFrame[role="field"] { background: $panel; border: 1px solid $line; border-radius: 8px; }
QFrame[role="field"][within="true"] { border: 2px solid $focus; }

QLineEdit QToolButton { background: transparent; border: none; padding: 0; min-height: 0; min-width: 0; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox { background: $panel; border: 1px solid $line;
  border-radius: 8px; padding: 0 11px; min-height: 34px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit { padding: 0 9px; }
QPlainTextEdit, QTextEdit { padding: 5px 7px; min-height: 24px; }
QLineEdit:focus, QComboBox:focus { border: 2px solid $focus; padding: 0 10px; min-height: 32px; }
QLineEdit:focus { padding: 0 8px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: 4px 6px; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $ground; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $ground; color: $muted; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"], QFrame[role="field"][wrong="true"] {
  border: 1px solid $bad; }
QLineEdit[wrong="true"]:focus, QPlainTextEdit[wrong="true"]:focus, QComboBox[wrong="true"]:focus {
  border: 2px solid $bad; }
QLineEdit[role="bare"], QPlainTextEdit[role="bare"] { background: transparent; border: none; border-radius: 4px;
  padding: 0; min-height: 28px; }
QLineEdit[role="bare"]:focus, QPlainTextEdit[role="bare"]:focus { border: none; padding: 0; min-height: 28px; }
QPlainTextEdit[role="bare"], QPlainTextEdit[role="bare"]:focus { min-height: 20px; }
QTextEdit[role="bare"], QTextEdit[role="bare"]:focus { background: transparent; border: none; border-radius: 4px;
  padding: 0; min-height: 20px; }
QLineEdit[role="palette"] { border: none; background: transparent; font-size: 16px; padding: 0 4px; min-height: 48px; }
QLineEdit[role="small"] { min-height: 28px; }
QLineEdit[role="small"]:focus { min-height: 26px; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url(icons:chevron-down-$mode.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line; padding: 4px; outline: 0;
  selection-background-color: $selection; selection-color: $ink; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; border-radius: 6px; }
QComboBox QAbstractItemView::item:selected { background: $selection; color: $ink; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 28px; background: transparent; border: 2px solid transparent;
  border-radius: 6px; padding: 0 2px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid $muted; background: $panel;
  border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url(icons:check-$mode.svg); }
QRadioButton::indicator:checked { background: $accent; border: 5px solid $accent; width: 8px; height: 8px;
  background: $on_accent; }

QTableView, QListView, QTreeView { background: $panel; border: none; outline: 0; gridline-color: transparent;
  selection-background-color: $selection; selection-color: $ink; alternate-background-color: $panel; }
QHeaderView { background: transparent; border: none; font-size: $px_note; }
QHeaderView::section { background: $panel; color: $muted; font-size: $px_note; font-weight: 400; border: none;
  border-bottom: 1px solid $line; padding: 0 8px; min-height: 31px; }
QHeaderView::section:first { padding-left: 16px; }
QHeaderView::section:hover { color: $ink; }
QHeaderView::up-arrow, QHeaderView::down-arrow { image: none; width: 0; height: 0; }
QTableCornerButton::section { background: $panel; border: none; }
QListView[role="ticks"] { border: 1px solid $line; border-radius: 8px; padding: 4px; }
QListView[role="ticks"]:focus { border-color: $focus; }
QListView[role="ticks"]::item { min-height: 30px; padding: 0 8px; border: none; border-radius: 6px; }
QListView[role="ticks"]::item:selected { background: $selection; color: $ink; }
QListView[role="ticks"]::indicator { width: 16px; height: 16px; border: 1px solid $muted; border-radius: 4px;
    background: $panel; }
QListView[role="ticks"]::indicator:checked { background: $accent; border-color: $accent;
    image: url(icons:check-$mode.svg); }
QListView[role="palette"]::item { border: none; }
QListView[role="board"] { background: transparent; border: 2px solid transparent; border-radius: 12px; }
QListView[role="board"][over="true"] { border: 2px dashed $accent; }

QScrollArea, QScrollArea > QWidget > QWidget[role="page"] { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $line; border-radius: 3px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }

QMenuBar { background: $side; color: $ink; border-bottom: 1px solid $line; padding: 2px 8px; }
QMenuBar::item { padding: 5px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: $selection; }
QMenu { background: $panel; border: 1px solid $line; border-radius: 8px; padding: 6px; min-width: 220px; }
QMenu::item { padding: 6px 32px 6px 12px; border-radius: 6px; min-height: 18px; }
QMenu::item:selected { background: $selection; color: $ink; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }
QProgressBar { background: $pale; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
  text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QCalendarWidget QWidget { background: $panel; alternate-background-color: $panel; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; outline: 0;
  border: none; }
QCalendarWidget QToolButton { background: transparent; border: 1px solid transparent; min-height: 28px; padding: 0 8px;
  font-weight: $medium; }
QCalendarWidget QToolButton:hover { background: $hover; }
"""
