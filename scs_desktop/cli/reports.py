"""The commands of papers: the summary, priority sheets, the board's pack, and one indicator's chart."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.cli.arguments import add_json, add_position
from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, opened, say
from scs_desktop.domain.publication import Audience, Marking
from scs_desktop.domain.trend_layers import Layer

if TYPE_CHECKING:
    from scs_desktop.cli.parser import Commands
    from scs_desktop.store import Store

ALL = "all"
_LAYERS = {layer.name.lower().replace("_", "-"): layer for layer in Layer}
_NO_LAYER = "none"


def add_reports(commands: Commands) -> None:
    """Add the commands."""
    report = commands.add_parser("report", help="write a paper, or an indicator's chart")
    kinds = report.add_subparsers(dest="kind", metavar="KIND", required=True)
    summary = kinds.add_parser("summary", help="the one-page RAG summary")
    priority = kinds.add_parser("priority", help="a priority's sheet: each indicator with its chart and its source")
    priority.add_argument("number", type=_number, metavar="NUMBER", help="the priority's number, or all")
    pack = kinds.add_parser("pack", help="the board's pack: the summary and every priority's sheet")
    chart = kinds.add_parser("chart", help="an indicator's chart as a picture")
    chart.add_argument("code", metavar="CODE", help="the indicator's code")
    for one in (summary, priority, pack, chart):
        add_position(one)
        one.add_argument(
            "--audience",
            type=Audience,
            choices=list(Audience),
            default=Audience.BOARD,
            metavar="AUDIENCE",
            help="board, or public: what may not be published is left out; default: board",
        )
    for one in (summary, priority, pack):
        one.add_argument(
            "--marking",
            type=Marking,
            choices=list(Marking),
            default=Marking.OFFICIAL,
            metavar="MARKING",
            help="OFFICIAL or OFFICIAL-SENSITIVE; the latter by itself where small sensitive figures are shown",
        )
    for one in (priority, pack, chart):
        one.add_argument(
            "--layers",
            type=_layers,
            metavar="LAYERS",
            help=f"what the charts show over the line, with commas between: {', '.join(_LAYERS)}; or {_NO_LAYER}",
        )
    for one in (summary, priority, pack):
        one.add_argument("--out", type=Path, metavar="FILE", required=True, help="the PDF to write")
    chart.add_argument("--out", type=Path, metavar="FILE", required=True, help="the .svg or .png to write")
    for one in (summary, priority, pack, chart):
        add_json(one)


def _number(text: str) -> int | None:
    """Read a priority's number; None for all."""
    if text.strip().lower() == ALL:
        return None
    try:
        return int(text)
    except ValueError as error:
        message = f"“{text}” is no priority's number: write 1, or all."
        raise argparse.ArgumentTypeError(message) from error


def _layers(text: str) -> frozenset[Layer]:
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    if words == [_NO_LAYER]:
        return frozenset()
    unknown = [word for word in words if word not in _LAYERS]
    if unknown or not words:
        message = f"“{', '.join(unknown) or text}” is no layer: name {', '.join(_LAYERS)}, or {_NO_LAYER}."
        raise argparse.ArgumentTypeError(message)
    return frozenset(_LAYERS[word] for word in words)


def report(arguments: argparse.Namespace) -> int:
    """Write the paper or the chart."""
    with opened(arguments) as store:
        return _chart(arguments, store) if arguments.kind == "chart" else _paper(arguments, store)


def _cut(arguments: argparse.Namespace, store: Store) -> int | None:
    from scs_desktop.workflows.overview import cut_on

    return cut_on(store=store, day=arguments.as_at) if arguments.as_at is not None else None


def _paper(arguments: argparse.Namespace, store: Store) -> int:
    from scs_desktop.workflows.report import PAPER_LAYERS, PaperKind, make_paper, write_whole

    layers: frozenset[Layer] | None = getattr(arguments, "layers", None)
    paper = make_paper(
        store=store,
        kind=PaperKind(arguments.kind),
        priority=getattr(arguments, "number", None),
        position=arguments.to,
        as_at=_cut(arguments, store),
        marking=arguments.marking,
        audience=arguments.audience,
        layers=PAPER_LAYERS if layers is None else layers,
    )
    path = write_whole(arguments.out, paper.pdf)
    if arguments.json:
        say(dumped({"pdf": path, "marking": paper.marking, "why_marked": paper.why_marked}))
    else:
        say("\n".join(part for part in (f"Wrote {path}.", paper.why_marked) if part))
    return DONE


def _chart(arguments: argparse.Namespace, store: Store) -> int:
    from scs_desktop.workflows.report import PAPER_LAYERS
    from scs_desktop.workflows.report_chart import write_chart

    chart = write_chart(
        store=store,
        code=arguments.code,
        out=arguments.out,
        position=arguments.to,
        as_at=_cut(arguments, store),
        audience=arguments.audience,
        layers=PAPER_LAYERS if arguments.layers is None else arguments.layers,
    )
    say(dumped({"picture": chart.path, "text": chart.text}) if arguments.json else f"Wrote {chart.path}.\n{chart.text}")
    return DONE
