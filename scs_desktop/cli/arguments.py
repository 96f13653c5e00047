"""Words that many commands take: a position, a day, the form of the result."""

from __future__ import annotations

import argparse
from datetime import date
from decimal import Decimal, InvalidOperation

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.periods import parse_position

PERIOD_HELP = "2011-12 for a financial year, 2011-12-Q2 for a quarter, 2011-09 for a month"


def period(text: str) -> date:
    """Read a position."""
    try:
        return parse_position(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def day(text: str) -> date:
    """Read a date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"“{text}” is not a date: write it as 2011-10-20."
        raise argparse.ArgumentTypeError(message) from error


def exact_number(text: str) -> Decimal:
    """Read a number as it is written, thousands marked or not, a pound sign before it or not."""
    try:
        value = Decimal(text.strip().removeprefix("£").replace(",", ""))
    except InvalidOperation as error:
        message = f"“{text}” is not a number: write it as 5930 or 1.25."
        raise argparse.ArgumentTypeError(message) from error
    if not value.is_finite():
        message = f"“{text}” is not a number: write it as 5930 or 1.25."
        raise argparse.ArgumentTypeError(message)
    return value


def add_json(command: argparse.ArgumentParser) -> None:
    """Let the command print its result as JSON."""
    command.add_argument("--json", action="store_true", help="print the result as JSON")


def add_position(command: argparse.ArgumentParser) -> None:
    """Let the command name the position and the moment of knowledge."""
    command.add_argument("--to", type=period, metavar="PERIOD", help=f"position: {PERIOD_HELP}; default: latest month")
    command.add_argument("--as-at", type=day, metavar="DATE", help="as the store knew it at the end of this day")
