"""Weights: strength by status and reliability by type of source, each with a band."""

from __future__ import annotations

import functools
import hashlib
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import msgspec

from graph.errors import DataError
from graph.record.vocabulary import SourceType, Status


class Weight(NamedTuple):
    """A probability with its band: low <= value <= high."""

    low: float
    value: float
    high: float


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights of a score, and the version that is published with it.

    Parameters
    ----------
    name : str
        Name given in the file.
    strength : dict of Status to Weight
        How firmly a row of that status speaks.
    reliability : dict of SourceType to Weight
        How far an origin of that type is trusted.
    """

    name: str
    strength: dict[Status, Weight]
    reliability: dict[SourceType, Weight]

    @property
    def version(self) -> str:
        """Name and first digits of the content's sha256."""
        content = msgspec.json.encode(self, order="sorted")
        return f"{self.name} · {hashlib.sha256(content).hexdigest()[:4]}"


def load_weights(path: Path | None = None) -> Weights:
    """Read weights from a TOML file.

    Parameters
    ----------
    path : Path, optional
        Default: the weights that come with Sightline.

    Raises
    ------
    DataError
        If the file is missing, is no such TOML, lacks a status or a type, or a band is not
        0 <= low <= value <= high <= 1.

    Examples
    --------
    >>> load_weights().strength[Status.ALLEGED].value
    0.55
    """
    if path is None:
        return _default()
    if path.is_dir():
        raise DataError(f"{path} is a folder. Name the weights file in it.")
    if not path.is_file():
        raise DataError(
            f"The weights file {path} does not exist. "
            f"`sightline new {path.with_suffix('.toml').name}` writes a copy of the built-in ones."
        )
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"The weights file {path} is no text in UTF-8. Save it as such.") from error
    return _read(text, str(path))


@functools.cache
def _default() -> Weights:
    text = resources.files("graph.network").joinpath("weights.toml").read_text("utf-8")
    return _read(text, "weights.toml")


def _read(text: str, where: str) -> Weights:
    try:
        weights = msgspec.toml.decode(text, type=Weights)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise DataError(
            f"The weights file {where} cannot be read ({_plain(str(error))}). It takes a name, and "
            "under [strength] each status, under [reliability] each source type, with three "
            "numbers, [low, value, high]."
        ) from error
    if not weights.name.strip():
        raise DataError(
            f"The weights file {where} has no name. Give it one: it is published with each score."
        )
    lacking = [
        *(set(Status) - set(weights.strength)),
        *(set(SourceType) - set(weights.reliability)),
    ]
    if lacking:
        raise DataError(
            f"The weights file {where} lacks {', '.join(sorted(lacking))}. Add the missing rows."
        )
    for name, weight in (*weights.strength.items(), *weights.reliability.items()):
        message = f"The weights file {where} gives {name} = {list(weight)}"
        if not all(0 <= number <= 1 for number in weight):  # nan fails too
            raise DataError(f"{message}; a weight is a probability. Give numbers from 0 to 1.")
        if not weight.low <= weight.value <= weight.high:
            raise DataError(
                f"{message}; it takes low <= value <= high. Put the three numbers in order."
            )
    if any(weights.strength[Status.WITHDRAWN]):
        raise DataError(
            f"The weights file {where} gives withdrawn = {list(weights.strength[Status.WITHDRAWN])}"
            "; what was taken back is no evidence. Put 0, 0, 0."
        )
    return weights


def _plain(error: str) -> str:
    """Say what the decoder found, without its own words for places."""
    for wording, plain in (
        ("Invalid enum value", "there is no"),
        (" - at `key` in `$.strength`", " among the statuses"),
        (" - at `key` in `$.reliability`", " among the source types"),
        ("Object contains unknown field", "there is no such entry:"),
        ("Object missing required field", "there is no"),
        ("`$.", "`"),
        ("[...]`", "`"),
    ):
        error = error.replace(wording, plain)
    return error
