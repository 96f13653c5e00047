"""The commands of targets: what stands, proposing, approving at a meeting, withdrawing."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

from scs_desktop.cli.arguments import PERIOD_HELP, add_json, add_position, day, exact_number, period
from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, opened, say
from scs_desktop.cli.text import columns
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.periods import financial_year_label, financial_year_of
from scs_desktop.domain.sentences import plural
from scs_desktop.domain.targets import StatusRule, Target, TargetKind, TargetState, Tolerance

if TYPE_CHECKING:
    from datetime import date

    from scs_desktop.cli.parser import Commands
    from scs_desktop.domain.strategy import IndicatorUse
    from scs_desktop.domain.what_if import Effect
    from scs_desktop.store import Store
    from scs_desktop.workflows.targets import TargetBook, YearTarget

_NAME_WIDTH = 46
_RULES = {"usual": StatusRule.USUAL_MOVEMENT, "literal": StatusRule.LITERAL}


def add_targets(commands: Commands) -> None:
    """Add the commands of targets."""
    listed = commands.add_parser("targets", help="baselines and targets by year, a line an indicator")
    add_position(listed)
    add_json(listed)
    one = commands.add_parser("target", help="propose, review, approve or withdraw targets")
    doing = one.add_subparsers(dest="doing", metavar="DOING", required=True)

    propose = doing.add_parser("propose", help="propose a target; it gives no light until it is approved")
    propose.add_argument("code", metavar="CODE", help="the indicator's code")
    _add_year(propose)
    number = propose.add_mutually_exclusive_group()
    number.add_argument("--value", type=exact_number, metavar="NUMBER", help="in the indicator's unit")
    number.add_argument("--percent", type=exact_number, metavar="NUMBER", help="percent on the baseline, signed")
    number.add_argument("--points", type=exact_number, metavar="NUMBER", help="percentage points on it, signed")
    number.add_argument(
        "--range", type=exact_number, nargs=2, metavar=("LOWEST", "HIGHEST"), help="a range to stay within"
    )
    propose.add_argument("--rule", choices=list(_RULES), help="of a direction alone, which needs no number")
    add_tolerance(propose)
    _add_path_note_dry(propose)

    review = doing.add_parser("review", help="propose the same for all indicators that can take it")
    _add_year(review)
    review.add_argument(
        "--better-by", type=exact_number, required=True, metavar="PERCENT", help="percent better than the baseline"
    )
    review.add_argument("--only", nargs="+", default=[], metavar="CODE", help="these indicators alone")
    _add_path_note_dry(review)

    approve = doing.add_parser("approve", help="approve proposals at a meeting: all, or those of the indicators named")
    approve.add_argument("codes", nargs="*", metavar="CODE")
    approve.add_argument("--meeting", type=day, required=True, metavar="DATE", help="the day the board met")
    add_json(approve)

    withdraw = doing.add_parser("withdraw", help="withdraw a target, with the reason")
    withdraw.add_argument("code", metavar="CODE")
    _add_year(withdraw)
    withdraw.add_argument("--proposed", action="store_true", help="the proposal, not the approved target")
    withdraw.add_argument("--reason", required=True, metavar="TEXT")
    add_json(withdraw)


def add_tolerance(command: argparse.ArgumentParser) -> None:
    """Let the command name a tolerance, in percent or in points."""
    either = command.add_mutually_exclusive_group()
    either.add_argument("--tolerance", type=exact_number, metavar="PERCENT", help="how far short is still amber")
    either.add_argument(
        "--tolerance-points", type=exact_number, metavar="POINTS", help="the same for percentages, in points"
    )


def _add_year(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--year", type=period, required=True, metavar="PERIOD", help=f"the financial year that holds it: {PERIOD_HELP}"
    )


def _add_path_note_dry(command: argparse.ArgumentParser) -> None:
    command.add_argument("--path", action="store_true", help="the end of a straight path from the baseline")
    command.add_argument("--note", default="", metavar="TEXT", help="why")
    command.add_argument("--dry-run", action="store_true", help="say what it would do, and store nothing")
    add_json(command)


def targets(arguments: argparse.Namespace) -> int:
    """Print every indicator's baseline and targets by year."""
    from scs_desktop.workflows.overview import cut_on
    from scs_desktop.workflows.targets import targets as read

    with opened(arguments) as store:
        cut = cut_on(store=store, day=arguments.as_at) if arguments.as_at is not None else None
        book = read(store=store, position=arguments.to, as_at=cut)
    say(dumped(book) if arguments.json else book_text(book))
    return DONE


def book_text(book: TargetBook) -> str:
    """Return the targets as a table, a line an indicator."""
    rows: list[tuple[str, ...]] = [
        ("Code", "Indicator", "Baseline", "Own series", *(financial_year_label(one) for one in book.years))
    ]
    for use in book.uses:
        name = use.name if len(use.name) <= _NAME_WIDTH else use.name[: _NAME_WIDTH - 1] + "…"
        rows.append((use.code, name, use.decided, use.own or "–", *(_year_text(one) for one in use.years)))
    waiting = len(book.proposed)
    lines = columns(rows)
    lines += ["", f"{plural(len(book.uses), 'indicator')}; {plural(waiting, 'proposed target')} to approve."]
    return "\n".join(lines)


def _year_text(one: YearTarget) -> str:
    said = one.text or "none"
    if one.comparator is not None and one.comparator_text != one.text:
        said = f"{one.comparator_text} ({'path to ' if one.on_path else ''}{one.text})"
    return said if one.proposed is None else f"{said}; proposed {one.proposed_text}"


def target(arguments: argparse.Namespace) -> int:
    """Propose, review, approve or withdraw."""
    done: dict[str, Callable[[argparse.Namespace, Store], int]] = {
        "propose": _propose,
        "review": _review,
        "approve": _approve,
        "withdraw": _withdraw,
    }
    with opened(arguments) as store:
        return done[arguments.doing](arguments, store)


def _propose(arguments: argparse.Namespace, store: Store) -> int:
    from scs_desktop.workflows.set_targets import effect_of_targets, planned_target, propose_target

    use = _use(store, arguments.code)
    kind, value, lower, upper = _number_of(arguments)
    wished = Target(
        uuid4(), use.id, financial_year_of(arguments.year), kind, TargetState.PROPOSED, value, lower, upper,
        tolerance_of(arguments) or Tolerance(), _RULES.get(arguments.rule), end_of_path=arguments.path,
        note=arguments.note,
    )  # fmt: skip
    plan = planned_target(store=store, wished=wished)
    effect = effect_of_targets(
        store=store, strategy=use.strategy, position=_latest(store), as_at=None, proposals=[plan.target]
    )
    if not arguments.dry_run:
        plan = propose_target(
            store=store, use=use.id, year=wished.year, kind=kind, value=value, lower=lower, upper=upper,
            tolerance=wished.tolerance, rule=wished.rule, end_of_path=wished.end_of_path, note=wished.note,
        )  # fmt: skip
    if arguments.json:
        found = {"stored": not arguments.dry_run, "target": plan.target, "warnings": plan.warnings}
        say(dumped(found | {"effect": effect_as_json(effect)}))
        return DONE
    year = financial_year_label(wished.year)
    say(f"{'It would be proposed' if arguments.dry_run else 'Proposed'}: a target of {use.code} for {year}.")
    for warning in plan.warnings:
        say(f"  look again: {warning}")
    say(_once_approved(effect))
    return DONE


def _review(arguments: argparse.Namespace, store: Store) -> int:
    from scs_desktop.workflows.overview import look
    from scs_desktop.workflows.set_targets import effect_of_targets, planned_review, propose_review
    from scs_desktop.workflows.suppose import use_coded

    snapshot = look(store=store)
    uses = None if not arguments.only else {use_coded(snapshot, code).id for code in arguments.only}
    review = planned_review(
        store=store, strategy=snapshot.strategy.id, year=financial_year_of(arguments.year),
        better_by=arguments.better_by, end_of_path=arguments.path, uses=uses, note=arguments.note,
    )  # fmt: skip
    effect = effect_of_targets(
        store=store, strategy=snapshot.strategy.id, position=_latest(store), as_at=None, proposals=review.targets
    )
    if not arguments.dry_run:
        propose_review(store=store, review=review, better_by=arguments.better_by)
    if arguments.json:
        found = {"stored": not arguments.dry_run, "targets": review.targets, "left_out": review.left_out}
        say(dumped(found | {"effect": effect_as_json(effect)}))
        return DONE
    say(f"{plural(len(review.targets), 'target')} {'would be ' if arguments.dry_run else ''}proposed.")
    for code, reason in review.left_out:
        say(f"  left out: {code}: {reason}")
    say(_once_approved(effect))
    return DONE


def _approve(arguments: argparse.Namespace, store: Store) -> int:
    from scs_desktop.workflows.set_targets import approve_targets, effect_of_targets, meeting_on
    from scs_desktop.workflows.targets import targets as read

    book = read(store=store)
    wanted = {_use(store, code).id for code in arguments.codes}
    waiting = [one for one in book.proposed if not wanted or one.use in wanted]
    meeting = meeting_on(store=store, day=arguments.meeting)
    if not waiting:
        message = "There is nothing to approve: propose a target first."
        raise UserError(message)
    effect = effect_of_targets(
        store=store, strategy=book.strategy, position=book.position, as_at=None, proposals=waiting,
        looked_at=meeting.position,
    )  # fmt: skip
    done = approve_targets(store=store, ids=[one.id for one in waiting], meeting=meeting)
    if arguments.json:
        say(dumped({"meeting": meeting, "targets": done, "effect": effect_as_json(effect)}))
    else:
        say(f"Approved at the meeting of {meeting.meeting.isoformat()}: {len(done)} of {len(book.proposed)} proposed.")
        say(f"At the latest position: {effect_text(effect)}")
    return DONE


def _withdraw(arguments: argparse.Namespace, store: Store) -> int:
    from scs_desktop.workflows.set_targets import effect_of_withdrawing, withdraw_target

    use, year = _use(store, arguments.code), financial_year_of(arguments.year)
    state = TargetState.PROPOSED if arguments.proposed else TargetState.APPROVED
    found = [one for one in store.all_of(Target) if (one.use, one.year, one.state) == (use.id, year, state)]
    if not found:
        message = f"{use.code} has no {state.value} target for {financial_year_label(year)}."
        raise UserError(message)
    effect = effect_of_withdrawing(store=store, strategy=use.strategy, position=_latest(store), target=found[-1])
    gone = withdraw_target(store=store, target=found[-1].id, reason=arguments.reason)
    said = f"Withdrawn: the {state.value} target of {use.code} for {financial_year_label(year)}."
    if state is TargetState.APPROVED:
        said += f"\nAt the latest position: {effect_text(effect)}"
    say(dumped(gone) if arguments.json else said)
    return DONE


# --- shared with the other commands of targets ----------------------------------------------------


def tolerance_of(arguments: argparse.Namespace) -> Tolerance | None:
    """Return the tolerance of ``--tolerance`` (percent) or ``--tolerance-points``."""
    if arguments.tolerance_points is not None:
        return Tolerance(arguments.tolerance_points, in_points=True)
    return None if arguments.tolerance is None else Tolerance(arguments.tolerance / 100)


def effect_as_json(effect: Effect) -> dict[str, object]:
    """Return an effect in short: sentences, counts and what flips."""
    return {
        "sentence": effect.sentence,
        "priorities_sentence": effect.priorities_sentence,
        "notes": effect.notes,
        "before": effect.before,
        "after": effect.after,
        "flips": [
            {"code": one.code, "name": one.name, "before": one.before, "after": one.after, "why": one.why}
            for one in effect.flips
        ],
        "priorities": [
            {"number": int(one.code), "name": one.name, "before": one.before, "after": one.after}
            for one in effect.priorities
        ],
    }


def effect_text(effect: Effect) -> str:
    """Return an effect in sentences: how many lights flip, which and why."""
    lines = [effect.sentence, *effect.notes]
    lines += [f"  {one.why}" for one in effect.flips]
    lines.append(effect.priorities_sentence)
    return "\n".join(lines)


def _once_approved(effect: Effect) -> str:
    return f"Once approved, at the latest position: {effect_text(effect)}"


def _use(store: Store, code: str) -> IndicatorUse:
    from scs_desktop.workflows.overview import look
    from scs_desktop.workflows.suppose import use_coded

    return use_coded(look(store=store), code)


def _latest(store: Store) -> date:
    from scs_desktop.workflows.overview import latest_position, look

    return latest_position(look(store=store))


def _number_of(
    arguments: argparse.Namespace,
) -> tuple[TargetKind, Decimal | None, Decimal | None, Decimal | None]:
    if arguments.range is not None:
        lower, upper = arguments.range
        return TargetKind.RANGE, None, lower, upper
    given = {
        TargetKind.VALUE: arguments.value,
        TargetKind.PERCENT_ON_BASELINE: arguments.percent,
        TargetKind.POINTS: arguments.points,
    }
    found = next(((kind, value) for kind, value in given.items() if value is not None), (TargetKind.DIRECTION, None))
    return (*found, None, None)
