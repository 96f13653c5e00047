"""The commands of priorities' lights: the rule and the weights they follow from, and what people decide over it."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from scs_desktop.cli.arguments import PERIOD_HELP, add_json, add_position, period
from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, opened, say
from scs_desktop.cli.targets import effect_as_json
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.periods import month_end
from scs_desktop.domain.position import Light
from scs_desktop.domain.rollup import RollupRule
from scs_desktop.domain.what_if import light_word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from scs_desktop.cli.parser import Commands
    from scs_desktop.domain.what_if import Effect
    from scs_desktop.workflows.rollups import PriorityRollup, RollupBook

_RULES = {rule.value.replace(" ", "-"): rule for rule in RollupRule}


def add_rollups(commands: Commands) -> None:
    """Add the commands."""
    rolled = commands.add_parser("rollup", help="how priorities' lights follow from their indicators'; choose a rule")
    rolled.add_argument("priority", nargs="?", metavar="PRIORITY", help="its number, or the beginning of its name")
    rolled.add_argument("--rule", choices=list(_RULES), help="the rule to choose, with --reason and --by")
    rolled.add_argument(
        "--weight", nargs="+", default=[], metavar="CODE=NUMBER", help="how much an indicator counts when weighted"
    )
    _add_word(rolled)
    add_position(rolled)
    add_json(rolled)

    over = commands.add_parser("override", help="decide a priority's light at a position over its rule")
    over.add_argument("priority", metavar="PRIORITY", help="its number, or the beginning of its name")
    over.add_argument("--to", type=period, required=True, metavar="PERIOD", help=f"position: {PERIOD_HELP}")
    either = over.add_mutually_exclusive_group(required=True)
    either.add_argument("--light", choices=[one.value for one in Light], help="the light, with --reason and --by")
    either.add_argument("--withdraw", action="store_true", help="let the rule's light stand again")
    _add_word(over)
    add_json(over)


def _add_word(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reason", default="", metavar="TEXT")
    command.add_argument("--by", default="", metavar="POST", help="the post that decided")
    command.add_argument("--dry-run", action="store_true", help="say what it would do, and store nothing")


def rollup(arguments: argparse.Namespace) -> int:
    """List the rules, or choose one for a priority."""
    from scs_desktop.workflows.overview import cut_on
    from scs_desktop.workflows.rollups import choose_rollup, effect_of_rollup, rollups, set_weights

    with opened(arguments) as store:
        cut = cut_on(store=store, day=arguments.as_at) if arguments.as_at is not None else None
        book = rollups(store=store, position=arguments.to, as_at=cut)
        chosen = _named(book, arguments.priority)
        rule = _RULES.get(arguments.rule)
        if rule is None and not arguments.weight:
            shown = book.priorities if chosen is None else (chosen,)
            say(dumped(shown) if arguments.json else rollups_text(shown, with_weights=chosen is not None))
            return DONE
        if chosen is None:
            message = "Say for which priority: its number, or the beginning of its name."
            raise UserError(message)
        weights = dict(_weight(chosen, text) for text in arguments.weight)
        effect = effect_of_rollup(
            store=store, strategy=book.strategy, position=book.position, priority=chosen.id, rule=rule, weights=weights
        )
        if not arguments.dry_run:
            if rule is not None:
                choose_rollup(store=store, priority=chosen.id, rule=rule, reason=arguments.reason, by_post=arguments.by)
            if weights:
                set_weights(store=store, weights=weights)
    _tell(arguments, chosen, effect)
    return DONE


def override(arguments: argparse.Namespace) -> int:
    """Decide a light over the rule's, or withdraw that."""
    from scs_desktop.workflows.rollups import effect_of_rollup, override_light, rollups, withdraw_override

    with opened(arguments) as store:
        day = month_end(arguments.to)
        book = rollups(store=store, position=day)
        chosen = _named(book, arguments.priority)
        if chosen is None:
            message = "Say for which priority: its number, or the beginning of its name."
            raise UserError(message)
        light = None if arguments.withdraw else Light(arguments.light)
        effect = effect_of_rollup(
            store=store, strategy=book.strategy, position=day, priority=chosen.id, light=light,
            withdraw=arguments.withdraw,
        )  # fmt: skip
        if not arguments.dry_run:
            if light is None:
                withdraw_override(store=store, priority=chosen.id, position=day)
            else:
                override_light(
                    store=store, priority=chosen.id, position=day, light=light, reason=arguments.reason,
                    by_post=arguments.by,
                )  # fmt: skip
    _tell(arguments, chosen, effect)
    return DONE


def rollups_text(shown: Sequence[PriorityRollup], *, with_weights: bool) -> str:
    """Return the priorities' rules and lights, with what was decided over them."""
    lines: list[str] = []
    for one in shown:
        lines.append(f"{one.number} {one.name}: {light_word(one.status)}")
        lines.append(f"  {one.status.sentence}")
        chosen = "" if one.choice is None else f", chosen by the {one.choice.by_post}: {one.choice.reason}"
        lines.append(f"  rule: {one.rule.value}{chosen}")
        if with_weights:
            lines += [f"  weight {row.weight.normalize():f}: {row.code} {row.name}" for row in one.indicators]
    return "\n".join(lines)


def _named(book: RollupBook, name: str | None) -> PriorityRollup | None:
    from scs_desktop.workflows.rollups import priority_named

    return None if name is None else priority_named(book.priorities, name)


def _weight(chosen: PriorityRollup, text: str) -> tuple[UUID, Decimal]:
    code, _, said = text.partition("=")
    found = next((row for row in chosen.indicators if row.code.casefold() == code.strip().casefold()), None)
    if found is None:
        known = ", ".join(row.code for row in chosen.indicators)
        message = f"Priority {chosen.number} has no indicator “{code.strip()}”. It has {known}."
        raise UserError(message)
    try:
        return found.use, Decimal(said.strip())
    except InvalidOperation as error:
        message = f"“{text}” is no weight: write it as {found.code}=2."
        raise UserError(message) from error


def _tell(arguments: argparse.Namespace, chosen: PriorityRollup, effect: Effect) -> None:
    if arguments.json:
        say(dumped({"stored": not arguments.dry_run, "priority": chosen.number, "effect": effect_as_json(effect)}))
        return
    after = next(one.status for one in effect.rated.priorities if one.id == chosen.id)
    verb = "would be" if arguments.dry_run else "is"
    say(f"{chosen.number} {chosen.name} {verb} {light_word(after)}; it was {light_word(chosen.status)}.")
    say(effect.priorities_sentence)
