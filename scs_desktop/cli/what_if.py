"""The command that supposes another rule, tolerance or target, and stores nothing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from scs_desktop.cli.arguments import add_json, add_position, exact_number
from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, opened, say
from scs_desktop.cli.targets import add_tolerance, effect_as_json, effect_text, tolerance_of
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.periods import month_end
from scs_desktop.domain.targets import StatusRule
from scs_desktop.domain.what_if import Supposition, light_word
from scs_desktop.domain.what_if import what_if as rated_twice

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from scs_desktop.cli.parser import Commands
    from scs_desktop.domain.position import IndicatorPosition
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.domain.what_if import Effect

_MOST = 1000
_RULES = {"usual": StatusRule.USUAL_MOVEMENT, "literal": StatusRule.LITERAL, "path": StatusRule.PATH}


def add_what_if(commands: Commands) -> None:
    """Add the command."""
    one = commands.add_parser("what-if", help="which lights another rule, tolerance or target would flip, and why")
    add_position(one)
    add_tolerance(one)
    one.add_argument(
        "--rule",
        choices=list(_RULES),
        help="usual: beyond the usual movement; literal: any move in the right direction; path: towards a number",
    )
    one.add_argument(
        "--better-by", type=exact_number, metavar="PERCENT", help="the path's end, percent better than the baseline"
    )
    one.add_argument("--each-year", action="store_true", help="so much better for every year from the baseline")
    one.add_argument(
        "--target",
        nargs="+",
        default=[],
        metavar="CODE=VALUE",
        help="1.3=3059 a value, 1.3=-10%% percent on the baseline; this year's, with --rule path the last year's",
    )
    one.add_argument("--only", nargs="+", default=[], metavar="CODE", help="suppose it of these indicators alone")
    add_json(one)


def what_if(arguments: argparse.Namespace) -> int:
    """Say which lights would flip, and why."""
    from scs_desktop.workflows.overview import cut_on, latest_position, look
    from scs_desktop.workflows.suppose import use_coded

    with opened(arguments) as store:
        cut = cut_on(store=store, day=arguments.as_at) if arguments.as_at is not None else None
        snapshot = look(store=store, as_at=cut)
    position = month_end(arguments.to) if arguments.to is not None else latest_position(snapshot)
    only = frozenset(use_coded(snapshot, code).id for code in arguments.only)
    supposed = _supposed(arguments, snapshot, position, only)
    effect = rated_twice(snapshot, position, supposed)
    if arguments.json:
        lights = [
            {"code": one.code, "name": one.name, "status": one.status, "comparator_text": one.comparator_text}
            for one in _indicators(effect)
        ]
        say(dumped({"position": position, **effect_as_json(effect), "lights": lights}))
        return DONE
    say(f"Position to {effect.rated.position_text}. Nothing is stored.")
    say(effect_text(effect))
    for one in _that_stay(effect, only | supposed.targets.keys()):
        say(f"  {one.code} {one.name} stays {light_word(one.status)}. {one.status.sentence}")
    return DONE


def _supposed(arguments: argparse.Namespace, snapshot: Snapshot, position: date, only: frozenset[UUID]) -> Supposition:
    from scs_desktop.workflows.suppose import targets_wished, wish_from

    rule = _RULES.get(arguments.rule)
    if arguments.better_by is not None:
        if rule not in {None, StatusRule.PATH}:
            message = "--better-by is the end of a path: leave --rule out, or write --rule path."
            raise UserError(message)
        rule = StatusRule.PATH
    if arguments.better_by is not None and not 0 <= arguments.better_by <= _MOST:
        message = f"--better-by lies between 0 and {_MOST} %: {arguments.better_by:f} is no improvement to wish for."
        raise UserError(message)
    if arguments.each_year and arguments.better_by is None:
        message = "--each-year says how --better-by is meant: add --better-by 3."
        raise UserError(message)
    tolerance = tolerance_of(arguments)
    if tolerance is not None and not 0 <= tolerance.amount <= (100 if tolerance.in_points else 1):
        message = f"A tolerance lies between 0 and {'100 points' if tolerance.in_points else '100 %'}."
        raise UserError(message)
    wishes = [wish_from(one) for one in arguments.target]
    wished = targets_wished(snapshot, wishes, position, path=rule is StatusRule.PATH)
    if rule is StatusRule.PATH and arguments.better_by is None:
        if not wished:
            message = "A path needs its end: add --better-by 5 for 5 % better than the baseline, or --target 1.3=3059."
            raise UserError(message)
        # The targets named are the ends of their paths; nobody else has one.
        rule = None
    return Supposition(
        tolerance=tolerance,
        rule=rule,
        better_by=arguments.better_by,
        each_year=arguments.each_year,
        targets=wished,
        uses=only or None,
    )


def _indicators(effect: Effect) -> tuple[IndicatorPosition, ...]:
    return tuple({row.use: row for priority in effect.rated.priorities for row in priority.indicators}.values())


def _that_stay(effect: Effect, named: Collection[UUID]) -> list[IndicatorPosition]:
    """Return the indicators that were named and whose light would stay."""
    flipped = {one.use for one in effect.flips}
    return [row for row in _indicators(effect) if row.use in named and row.use not in flipped]
