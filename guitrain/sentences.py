"""Sentences for what happened, in the reader's language.

Core returns codes and values; what a person reads is made here, for the window and for the
command line alike. This module knows no Qt: the window installs Qt's translator with
``install_translator``; without one the English text is used as it stands.
"""

from collections.abc import Callable

_translator: Callable[[str, str], str] | None = None


def install_translator(translator: Callable[[str, str], str] | None) -> None:
    """Use ``translator(context, text)`` for every later sentence (None: English as written)."""
    global _translator
    _translator = translator


def translate(context: str, text: str) -> str:
    """``text`` in the reader's language. Named as lupdate expects, so that it finds the texts."""
    return text if _translator is None else _translator(context, text)
