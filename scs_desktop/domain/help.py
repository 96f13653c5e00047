"""The help as a value: topics with their text, found by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TERM = re.compile(r"^\*\*(?P<term>.+?)\*\* – (?P<meaning>.+)$", re.DOTALL)
_PLAIN = re.compile(r"[*`>#]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """One topic of the help.

    Attributes:
        key: its name within the program: "page/checks", "rules/3", "word/baseline".
        title: as it stands in the list.
        group: what it belongs to: the pages, the rules, the words.
        text: Markdown, without the title.

    """

    key: str
    title: str
    group: str
    text: str

    @property
    def plain(self) -> str:
        """The text without its marks, for searching and for a terminal."""
        bare = _PLAIN.sub(lambda found: found[1] or "", self.text)
        return re.sub(
            r"[ \t]*\n[ \t]*(?!\n)", lambda found: found[0] if found[0].count("\n") > 1 else " ", bare
        ).strip()


def topics_of(text: str, *, group: str, prefix: str) -> tuple[HelpTopic, ...]:
    """Return the topics of a page of help: one a second-level heading.

    A heading may name its key in braces, as in "## Checks {checks}"; without one it is counted.
    """
    topics = []
    for number, part in enumerate(re.split(r"(?m)^## ", text)[1:], 1):
        head, _, body = part.partition("\n")
        title, _, rest = head.partition("{")
        key = rest.rstrip("} ") or str(number)
        topics.append(HelpTopic(f"{prefix}/{key}", title.strip(), group, body.strip()))
    return tuple(topics)


def words_of(text: str, *, group: str) -> tuple[HelpTopic, ...]:
    """Return the words of a glossary: one a paragraph, "**Word** – its meaning."."""
    topics = []
    for paragraph in re.split(r"\n\s*\n", text):
        found = _TERM.match(paragraph.strip())
        if found is not None:
            term = found["term"]
            topics.append(HelpTopic(f"word/{term.casefold()}", term, group, " ".join(found["meaning"].split())))
    return tuple(topics)


def found_topics(topics: Sequence[HelpTopic], wanted: str) -> tuple[HelpTopic, ...]:
    """Return the topics that have every word looked for, those first whose title has them; all for none."""
    words = re.findall(r"\w+", wanted.casefold())
    if not words:
        return tuple(topics)
    in_title = [one for one in topics if all(word in one.title.casefold() for word in words)]
    elsewhere = [
        one
        for one in topics
        if one not in in_title and all(word in f"{one.title} {one.plain}".casefold() for word in words)
    ]
    return (*in_title, *elsewhere)
