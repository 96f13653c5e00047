"""The key of the charts on a sheet: each mark and line that occurs on them, drawn as it is there, with its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scs_desktop.domain.appearance import PROCESS_COLOURS, SERIES, ProcessMark, process_mark
from scs_desktop.domain.line_styles import LINE_STYLES, ChartLine
from scs_desktop.domain.trend import Trend
from scs_desktop.reports.chart_layers import SHAPES
from scs_desktop.reports.svg import area, digits, line_colour, path, styled

MARK_NAMES = {
    ProcessMark.COMMON: "usual variation",
    ProcessMark.IMPROVEMENT: "signal of improvement",
    ProcessMark.CONCERN: "signal of concern",
    ProcessMark.NEUTRAL: "signal of change",
}
_LINES: tuple[tuple[ChartLine, str, Callable[[Trend], bool]], ...] = (
    (ChartLine.BASELINE, "baseline", lambda one: one.baseline is not None),
    (ChartLine.TARGET, "path to the target", lambda one: one.target is not None),
    (ChartLine.MEAN, "mean", lambda one: one.process is not None),
    (ChartLine.LIMIT, "process limits", lambda one: one.process is not None),
    (ChartLine.NEAR_LIMIT, "near limits", lambda one: one.process is not None),
    (ChartLine.SEASONAL, "seasonally adjusted", lambda one: one.seasonal is not None),
    (ChartLine.MEDIAN, "outlook: median and 80 % range", lambda one: one.fan is not None),
    (ChartLine.BREAK, "break: another meaning or level", lambda one: bool(one.breaks)),
    (ChartLine.SIGN_OFF, "report signed off", lambda one: bool(one.sign_offs)),
)
_WIDTH, _HEIGHT = 20.0, 9.0
_UPRIGHT = frozenset({ChartLine.BREAK, ChartLine.SIGN_OFF})


def chart_key(trends: Sequence[Trend], pictures: dict[str, str]) -> list[object]:
    """Return what occurs on the charts, each with its small picture; the pictures are added.

    ``line`` says that an entry is a line, not a mark on a line: the two are kept together where the key breaks.
    """
    drawn = [one for one in trends if one.latest is not None]
    kinds = {process_mark(mark.variation) for one in drawn if one.process is not None for mark in one.process.marks}
    shown: list[object] = []

    def add(name: str, says: str, body: str, width: float = _WIDTH, *, line: bool = True) -> None:
        file = f"key-{name}.svg"
        pictures[file] = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{digits(width)}" height="{digits(_HEIGHT)}" '
            f'viewBox="0 0 {digits(width)} {digits(_HEIGHT)}">{body}</svg>'
        )
        shown.append({"file": file, "width": width, "says": says, "line": line})

    if any(stretch.provisional for one in drawn for stretch in one.stretches):
        middle = digits(_HEIGHT / 2)
        add("provisional", "provisional", path("provisional", [f"0,{middle}", f"{_WIDTH},{middle}"], 1.6, "3.8 2.6",
                                               SERIES[0]))  # fmt: skip
    for kind in ProcessMark:
        if kind in kinds:
            add(
                f"mark-{kind.value}",
                MARK_NAMES[kind],
                SHAPES[kind](4.5, _HEIGHT / 2, PROCESS_COLOURS[kind]),
                9.0,
                line=False,
            )
    for line, says, occurs in _LINES:
        if any(occurs(one) for one in drawn):
            add(f"line-{line.value}", says, _sample(line), 9.0 if line in _UPRIGHT else _WIDTH)
    return shown


def _sample(line: ChartLine) -> str:
    colour = line_colour(LINE_STYLES[line], SERIES[1])
    if line in _UPRIGHT:
        top = 0.0 if line is ChartLine.BREAK else _HEIGHT * 0.2
        return styled(line, [f"4.5,{digits(top)}", f"4.5,{digits(_HEIGHT)}"], colour)
    places = [f"0,{digits(_HEIGHT / 2)}", f"{digits(_WIDTH)},{digits(_HEIGHT / 2)}"]
    band = ""
    if line is ChartLine.MEDIAN:
        band = area("fan", ["0,1", f"{_WIDTH},1", f"{_WIDTH},{_HEIGHT - 1}", f"0,{_HEIGHT - 1}"], SERIES[0])
    return band + styled(line, places, colour)
