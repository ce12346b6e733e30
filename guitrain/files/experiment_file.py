"""The experiment file, ``*.guitrain``: a whole session in one JSON text.

Arrays are objects of a type, a shape and their bytes, compressed and in base64. How much they may
come to is known before anything is unpacked; nothing in a file is ever carried out.
"""

import base64
import binascii
import codecs
import json
import math
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.files.atomic import write_whole
from guitrain.files.problems import FileProblem
from guitrain.files.reading import read_limited

FORMAT = "guitrain-session"
VERSION = 1
MOST_BYTES = 1_000_000_000  # of a file
MOST_ARRAY_BYTES = 2_000_000_000  # of all arrays in it, unpacked
_LEVEL = 1  # of compression: columns that repeat become small, and saving stays quick
_PIECE = 1 << 20  # bytes that are unpacked at once
_DTYPES = ("<f4", "<f8", "<i8")
_ARRAY_KEYS = {"dtype", "shape", "zlib"}


def write_session(path: Path, session: Mapping[str, Any]) -> int:
    """Write a session (JSON values and arrays), whole or not at all; returns the bytes written.

    Raises FileProblem for what the operating system refuses.
    """
    content = packed(session)
    write_whole(path, content)
    return len(content)


def packed(session: Mapping[str, Any]) -> bytes:
    """The file of a session."""
    whole = {"format": FORMAT, "version": VERSION, **session}
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, default=_pack)
    return f"{text}\n".encode()


def _pack(value: object) -> dict[str, Any]:
    if not isinstance(value, np.ndarray):
        raise TypeError(f"{type(value).__name__} has no place in a file")
    array = np.ascontiguousarray(value, value.dtype.newbyteorder("<"))
    content = base64.b64encode(zlib.compress(array.tobytes(), _LEVEL)).decode()
    return {"dtype": array.dtype.str, "shape": list(value.shape), "zlib": content}


def read_session(path: Path) -> dict[str, Any]:
    """The session in a file, its arrays unpacked.

    Raises FileProblem: of reading, "not_session" for another file, "newer_session" for one of a
    later version, "damaged_session" where it is cut off, or an array is not what it says.
    """
    return unpacked(read_limited(path, MOST_BYTES), path)


def unpacked(content: bytes, path: Path) -> dict[str, Any]:
    """The session in a file's content; ``path`` is for the problem. Raises as ``read_session``."""
    content = content.removeprefix(codecs.BOM_UTF8)  # of an editor that it went through
    head = content[:200].lstrip()
    if not head.startswith(b"{") or FORMAT.encode() not in head:
        raise FileProblem("not_session", path)
    try:
        obj = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise FileProblem("damaged_session", path, {"detail": _short(error)}) from error
    if not isinstance(obj, dict) or obj.get("format") != FORMAT:
        raise FileProblem("not_session", path)
    version = obj.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise FileProblem("damaged_session", path, {"detail": "version"})
    if version > VERSION:
        raise FileProblem("newer_session", path, {"found": version, "known": VERSION})
    try:
        made = _Unpacker().of(obj)
    except (ValueError, TypeError, zlib.error, binascii.Error, RecursionError) as error:
        raise FileProblem("damaged_session", path, {"detail": _short(error)}) from error
    assert isinstance(made, dict)
    return {name: value for name, value in made.items() if name not in ("format", "version")}


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _short(error: BaseException) -> str:
    return str(error)[:120]


class _Unpacker:
    """Arrays out of their objects, as long as they stay within the limit."""

    def __init__(self) -> None:
        self._room = MOST_ARRAY_BYTES

    def of(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.of(each) for each in value]
        if isinstance(value, dict):
            if set(value) == _ARRAY_KEYS:
                return self._array(value)
            return {self.of(name): self.of(each) for name, each in value.items()}
        if isinstance(value, str):
            value.encode()  # refused here: half a character could never be saved again
        return value

    def _array(self, obj: Mapping[str, Any]) -> NDArray[Any]:
        dtype, shape, text = obj["dtype"], obj["shape"], obj["zlib"]
        if dtype not in _DTYPES or not isinstance(text, str) or not isinstance(shape, list):
            raise ValueError("an array without a type, a shape or content")
        if not all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in shape):
            raise ValueError("an array without a shape")
        size = math.prod(shape) * np.dtype(dtype).itemsize
        self._room -= size
        if self._room < 0 or len(shape) > 4:
            raise ValueError("an array that is too large")
        made = np.empty(size, np.uint8)
        if not _inflate(base64.b64decode(text, validate=True), made):
            raise ValueError("an array that is not as long as it says")
        native = np.dtype(dtype).newbyteorder("=")
        return made.view(dtype).reshape(shape).astype(native, copy=False)


def _inflate(content: bytes, made: NDArray[np.uint8]) -> bool:
    """Fill all the bytes with what is unpacked; whether it is as many. In pieces: of one that is
    large, the window would wait for each copy.
    """
    unpacker, at = zlib.decompressobj(), 0
    while not unpacker.eof:
        piece = unpacker.decompress(content, _PIECE)
        if at + len(piece) > len(made) or not (piece or unpacker.eof):
            return False
        made[at : at + len(piece)] = np.frombuffer(piece, np.uint8)
        at += len(piece)
        content = unpacker.unconsumed_tail
    return at == len(made) and not unpacker.unused_data
