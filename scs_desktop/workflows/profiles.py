"""What is remembered of an agency's returns, handed to another computer: answers and layouts, never a figure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.profile import KnownLayout, Profile, ProfileAnswer
from scs_desktop.workflows.learning import ALIKE_FROM
from scs_desktop.workflows.report import write_whole

if TYPE_CHECKING:
    from scs_desktop.domain.agencies import Agency
    from scs_desktop.store import Store

FORMAT, VERSION = "Safer Communities profile", 1
LARGEST_BYTES = 20_000_000
_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ANSWER_PARTS, _LAYOUT_PARTS = ("question", "answer", "shown"), ("id", "sheet")


@dataclass(frozen=True, slots=True)
class ProfileTaken:
    """What was taken over from a profile file.

    Attributes:
        agency: whose profile it is.
        answers, layouts: how many were new here and were added.
        same: how many answers and layouts were here already.
        kept: sentences about what is otherwise here and stayed as it was.
        unfit: sentences about what refers to things that this store does not have, and was left out.

    """

    agency: str
    answers: int
    layouts: int
    same: int
    kept: tuple[str, ...]
    unfit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _File:
    agency_id: str
    agency_name: str
    answers: tuple[tuple[str, str, str], ...]
    layouts: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]


def export_profile(*, store: Store, agency: UUID, out: Path) -> Path:
    """Write what is remembered of an agency to a JSON file and return its path.

    Raises:
        UserError: nothing is remembered of it yet, or the file cannot be written.

    """
    profile = store.profile(agency)
    name = next(one.name for one in store.agencies() if one.id == agency)
    if not profile.answers and not profile.layouts:
        message = f"Nothing is remembered of the returns of {name} yet: import one first."
        raise UserError(message)
    written = {
        "format": FORMAT,
        "version": VERSION,
        "agency": {"id": str(agency), "name": name},
        "answers": [
            {"question": one.question, "answer": one.answer, "shown": one.shown}
            for one in sorted(_latest(profile), key=lambda one: one.question)
        ],
        "layouts": [
            {"id": str(one.id), "sheet": one.sheet, "heads": list(one.heads), "rows": list(one.rows)}
            for one in sorted(profile.layouts, key=lambda one: (one.sheet, one.heads, one.rows))
        ],
    }
    return write_whole(out, (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode())


def _latest(profile: Profile) -> tuple[ProfileAnswer, ...]:
    """Return one answer a question: the one that counts."""
    found: dict[str, ProfileAnswer] = {}
    for one in sorted(profile.answers, key=lambda one: one.recorded_in):
        found[one.question] = one
    return tuple(found.values())


def import_profile(*, store: Store, path: Path, at: datetime | None = None) -> ProfileTaken:
    """Take over what a profile file remembers, in one change: what is new is added, what is here stays.

    Raises:
        UserError: the file is no profile, or is about an agency that this store does not know.

    """
    given = _parsed(path)
    agency = _agency(store, given, path.name)
    profile = store.profile(agency.id)
    layouts, standing, same, kept = _layouts(given, profile, agency.id)
    known = _known_identities(store) | set(standing)
    here = {one.question: one for one in _latest(profile)}
    answers: dict[str, ProfileAnswer] = {}
    unfit: list[str] = []
    for question, answer, shown in given.answers:
        named = shown or question
        if not set(_IDENTITY.findall(f"{question} {answer}")) <= known:
            unfit.append(f"“{named}” is about something that this store does not have: left out.")
            continue
        bound = _IDENTITY.sub(lambda found: standing.get(found[0], found[0]), answer)
        if question not in here:
            answers[question] = ProfileAnswer(uuid4(), agency.id, question, bound, shown)
        elif here[question].answer == bound:
            same += 1
        else:
            kept.append(
                f"“{named}” is answered here with “{here[question].answer}” and in the file with “{answer}”: "
                "the answer here stays."
            )
    if layouts or answers:
        with store.change(kind=ChangeKind.ENTRY, summary=f"Profile of {agency.name} from {path.name}", at=at) as change:
            change.save(*layouts, *answers.values())
    return ProfileTaken(agency.name, len(answers), len(layouts), same, tuple(kept), tuple(unfit))


def _layouts(given: _File, profile: Profile, agency: UUID) -> tuple[list[KnownLayout], dict[str, str], int, list[str]]:
    """Return the layouts to add, which of ours stands for each identity of the file, how many are here, what stays."""
    added: list[KnownLayout] = []
    standing: dict[str, str] = {}
    kept: list[str] = []
    same = 0
    for identity, sheet, heads, rows in given.layouts:
        alike = next((one for one in (*profile.layouts, *added) if _alike(one.rows, rows)), None)
        if alike is None:
            alike = KnownLayout(uuid4(), agency, sheet, heads, rows)
            added.append(alike)
        elif (alike.sheet, alike.heads, set(alike.rows)) == (sheet, heads, set(rows)):
            same += 1
        else:
            kept.append(
                f"The table of {len(rows)} rows on “{sheet}” is known here with {len(alike.rows)} rows: "
                "it stays as it is here."
            )
        standing[identity] = str(alike.id)
    return added, standing, same, kept


def _alike(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether two tables are one layout, as :func:`scs_desktop.workflows.learning.learned` judges it."""
    both = set(ours) | set(theirs)
    return not both or len(set(ours) & set(theirs)) / len(both) > ALIKE_FROM


def _known_identities(store: Store) -> set[str]:
    """Return the identities that a question or an answer may name."""
    entities = (store.agencies(), store.areas(), store.series(), store.indicators(), store.definitions())
    return {str(one.id) for kind in entities for one in kind}


def _agency(store: Store, given: _File, file_name: str) -> Agency:
    agencies = store.agencies()
    found = [one for one in agencies if str(one.id) == given.agency_id]
    found = found or [one for one in agencies if one.name.casefold() == given.agency_name.casefold()]
    if not found:
        message = f"{file_name} is the profile of “{given.agency_name}”, which this store does not know."
        raise UserError(message)
    return found[0]


def _parsed(path: Path) -> _File:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        message = f"{path} cannot be read ({(error.strerror or 'no access').lower()}): check the name and its folder."
        raise UserError(message) from error
    if len(data) > LARGEST_BYTES:
        raise _no_profile(path, f"it is larger than {LARGEST_BYTES // 1_000_000} MB")
    try:
        found: object = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _no_profile(path, "it is not JSON") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _no_profile(path, "it does not say that it is one")
    if found.get("version") != VERSION:
        raise _no_profile(path, f"its version is not {VERSION}; a newer program may have written it")
    agency = _object(path, found.get("agency"))
    answers = tuple(_texts(path, one, _ANSWER_PARTS) for one in _list(path, found.get("answers")))
    layouts = []
    for one in _list(path, found.get("layouts")):
        identity, sheet = _texts(path, one, _LAYOUT_PARTS)
        entry = _object(path, one)
        layouts.append((identity, sheet, _text_list(path, entry.get("heads")), _text_list(path, entry.get("rows"))))
    identity, name = _texts(path, agency, ("id", "name"))
    return _File(
        identity, name, tuple((question, answer, shown) for question, answer, shown in answers), tuple(layouts)
    )


def _no_profile(path: Path, reason: str) -> UserError:
    return UserError(f"{path.name} is not a profile of an agency: {reason}. Write one with: profile export.")


def _object(path: Path, value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _no_profile(path, "a part of it has another form")
    return value


def _list(path: Path, value: object) -> list[object]:
    if not isinstance(value, list):
        raise _no_profile(path, "a part of it has another form")
    return value


def _texts(path: Path, value: object, names: tuple[str, ...]) -> tuple[str, ...]:
    entry = _object(path, value)
    found = tuple(entry.get(name) for name in names)
    return _text_list(path, list(found))


def _text_list(path: Path, value: object) -> tuple[str, ...]:
    texts = tuple(one for one in _list(path, value) if isinstance(one, str))
    if len(texts) != len(_list(path, value)):
        raise _no_profile(path, "a part of it has another form")
    return texts
