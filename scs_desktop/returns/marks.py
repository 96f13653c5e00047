"""What an agency's signs mean: asked once for each sign, remembered, and given to the reader."""

from __future__ import annotations

from collections.abc import Mapping

from scs_desktop.domain.figures import FigureKind
from scs_desktop.domain.profile import Profile
from scs_desktop.returns.notation.text import tidy
from scs_desktop.returns.questions import Answers, Choice

MARK = "mark/"
ZERO = "zero"
LEAVE_OUT = "leave_out"
_MEANINGS = {
    FigureKind.SUPPRESSED: "A small number that is not shown",
    FigureKind.NOT_AVAILABLE: "Not known",
    FigureKind.NOT_PUBLISHED: "Not published yet",
    FigureKind.NOT_APPLICABLE: "Does not apply",
}


def mark_of(text: str) -> str:
    """Return a sign as it is compared."""
    return tidy(text).strip("\"' ").casefold()


def mark_question(text: str) -> str:
    """Return the stable key of the question what the sign means."""
    return f"{MARK}{mark_of(text)}"


def mark_choices(read_as: FigureKind) -> tuple[Choice, ...]:
    """Return what a sign may mean, what it was read as first."""
    found = [Choice(kind.value, text, 70 if kind is read_as else 40) for kind, text in _MEANINGS.items()]
    found.append(Choice(ZERO, "Nought: none happened", 40))
    found.sort(key=lambda one: -one.score)
    return (*found, Choice(LEAVE_OUT, "Leave these cells out", 0))


def answered_marks(profile: Profile, answers: Answers) -> Mapping[str, str]:
    """Return every sign whose meaning was said, now or before, with the answer as it was given."""
    found = {one.question.removeprefix(MARK): one.answer for one in profile.answers if one.question.startswith(MARK)}
    found.update({key.removeprefix(MARK): one for key, one in answers.given.items() if key.startswith(MARK)})
    return found


def meanings(answered: Mapping[str, str]) -> dict[str, FigureKind]:
    """Return the signs in the form the reader takes them; nought and left-out cells are read as not known."""
    known = {kind.value: kind for kind in _MEANINGS}
    return {mark: known.get(answer, FigureKind.NOT_AVAILABLE) for mark, answer in answered.items()}
