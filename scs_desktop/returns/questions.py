"""Questions a return raises, in the one form that window, command line and answers file share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scs_desktop.domain.errors import UserError
from scs_desktop.returns.grid import Range


class QuestionKind(StrEnum):
    """What is asked."""

    AGENCY = "agency"
    AREA = "area"
    ROWS = "rows"
    NEW_ROW = "new_row"
    MARK = "mark"
    PERIOD = "period"
    PROBLEM = "problem"
    CONFLICT = "conflict"
    OLDER_FILE = "older_file"
    CHECK = "check"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer the officer may give; ``score`` is 0 to 100, how well it fits."""

    key: str
    text: str
    score: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """Something the officer must say before the return can be stored.

    ``remembered`` answers go to the agency's profile and are not asked again; the others belong
    to this file alone. ``cells`` are what the question is about, as (sheet, range).
    """

    key: str
    kind: QuestionKind
    ask: str
    choices: tuple[Choice, ...]
    remembered: bool = True
    cells: tuple[tuple[str, Range], ...] = ()
    free_text: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by the key of their question.

    ``reasons`` says in the officer's words why an answer was given, by the same keys. ``cautious`` are
    the keys that nobody answered, settled by leaving things out: they are never remembered.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    cautious: frozenset[str] = frozenset()

    def to(self, key: str) -> str | None:
        """Return the answer given to the question, if any."""
        return self.given.get(key)

    def reason_for(self, key: str) -> str:
        """Return why the question was answered so; empty where nobody said."""
        return self.reasons.get(key, "")

    def and_also(self, more: Mapping[str, str], reasons: Mapping[str, str] | None = None) -> Answers:
        """Return these answers with others added; the others win."""
        return Answers({**self.given, **more}, {**self.reasons, **(reasons or {})}, self.cautious - set(more))


def leaving_out(questions: tuple[Question, ...], answers: Answers) -> Answers:
    """Return the answers with every doubt about a figure settled by leaving the figure out.

    Questions that lead to no figure while they are open (which rows, which area) stay open, so
    that nothing is remembered that the officer did not say.
    """
    cautious = {
        QuestionKind.PROBLEM: "leave_out",
        QuestionKind.PERIOD: "leave_out",
        QuestionKind.OLDER_FILE: "keep_newer",
        QuestionKind.CHECK: "leave_out",
        QuestionKind.BREAK: "leave_out",
        QuestionKind.MARK: "leave_out",
    }
    settled = {one.key: cautious[one.kind] for one in questions if one.kind in cautious}
    return Answers({**answers.given, **settled}, answers.reasons, answers.cautious | set(settled))


def questions_as_json(questions: tuple[Question, ...], answers: Answers) -> list[dict[str, object]]:
    """Return the questions in the form the answers file takes back: fill in each "answer"."""
    return [
        {
            "key": question.key,
            "ask": question.ask,
            "cells": [f"{sheet}!{where}" if sheet else str(where) for sheet, where in question.cells[:20]],
            "choices": [{"answer": one.key, "text": one.text, "score": one.score} for one in question.choices],
            "answer": answers.to(question.key),
            "reason": answers.reason_for(question.key),
        }
        for question in questions
    ]


def parse_answers(text: str, file_name: str) -> Answers:
    """Read an answers file: the questions with their answers, or an object of key to answer.

    An answer is a text, or an object of "answer" and "reason".

    Raises:
        UserError: the file is not such a file; the sentence says where it goes wrong.

    """
    try:
        data: object = json.loads(text)
    except ValueError as error:
        message = (
            f"{file_name} is not an answers file: {error}. Write it from the questions that --dry-run --json prints."
        )
        raise UserError(message) from error
    if isinstance(data, dict) and isinstance(data.get("questions"), list):
        data = data["questions"]
    if isinstance(data, dict) and isinstance(data.get("answers"), dict):
        data = data["answers"]
    given: dict[str, str] = {}
    reasons: dict[str, str] = {}
    if isinstance(data, dict):
        entries: list[tuple[object, object, object]] = [(key, *_answer_and_reason(one)) for key, one in data.items()]
    elif isinstance(data, list):
        entries = [
            (one.get("key"), one.get("answer"), one.get("reason")) if isinstance(one, dict) else (None, one, None)
            for one in data
        ]
    else:
        entries = [(None, None, None)]
    for key, answer, reason in entries:
        if answer is None and isinstance(key, str):
            continue
        if not isinstance(key, str) or not isinstance(answer, str):
            message = f"{file_name}: each answer is a text beside the key of its question; “{key}” has “{answer}”."
            raise UserError(message)
        given[key] = answer
        if isinstance(reason, str) and reason.strip():
            reasons[key] = reason.strip()
    return Answers(given, reasons)


def _answer_and_reason(value: object) -> tuple[object, object]:
    """Return an answer with its reason, where it has one."""
    return (value.get("answer"), value.get("reason")) if isinstance(value, dict) else (value, None)
