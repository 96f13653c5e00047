"""The pages of the window, in the order of the rail; each one's module is loaded when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from scs_desktop.ui.common.page import Page

if TYPE_CHECKING:
    from scs_desktop.ui.common.session import Session

OVERVIEW = "overview"
PRIORITY = "priority"
WARDS = "wards"
RETURNS = "returns"
COSTS = "costs"
COHORTS = "cohorts"
TARGETS = "targets"
REPORTS = "reports"
CHECKS = "checks"
WELCOME = "welcome"
HELP = "help"


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page of the window.

    Attributes:
        key: its name within the program.
        menu: its words in the menu, with the access key; empty where it has no entry of its own.
        module, made_by: where its class is.
        early: made while nobody waits, soon after the start.

    """

    key: str
    menu: str
    module: str
    made_by: str
    early: bool = False

    @property
    def title(self) -> str:
        """Its words in the rail."""
        return self.menu.replace("&", "")

    def load(self) -> Callable[[Session, QWidget], Page]:
        """Import its module and return what makes it."""
        made: Callable[[Session, QWidget], Page] = getattr(import_module(self.module), self.made_by)
        return made


PAGES: tuple[PageKind, ...] = (
    PageKind(OVERVIEW, "&Overview", "scs_desktop.ui.overview.page", "OverviewPage"),
    PageKind(PRIORITY, "", "scs_desktop.ui.priority.page", "PriorityPage", early=True),
    PageKind(WARDS, "&Wards", "scs_desktop.ui.wards.page", "WardsPage", early=True),
    PageKind(RETURNS, "&Returns", "scs_desktop.ui.returns.page", "ReturnsPage", early=True),
    PageKind(TARGETS, "&Targets", "scs_desktop.ui.targets.page", "TargetsPage", early=True),
    PageKind(COSTS, "Cost of cri&me", "scs_desktop.ui.costs.page", "CostsPage"),
    PageKind(COHORTS, "Co&horts", "scs_desktop.ui.cohorts.page", "CohortsPage"),
    PageKind(REPORTS, "Re&ports", "scs_desktop.ui.reports.page", "ReportsPage", early=True),
    PageKind(CHECKS, "&Checks", "scs_desktop.ui.checks.page", "ChecksPage", early=True),
    PageKind(WELCOME, "", "scs_desktop.ui.first_run.page", "FirstRunPage"),
    PageKind(HELP, "", "scs_desktop.ui.help.page", "HelpPage"),
)
"""Those with words in the menu stand in the rail too; the priorities come after the first."""


def page_kind(key: str) -> PageKind:
    """Return a page by its name.

    Raises:
        KeyError: there is none of that name.

    """
    for one in PAGES:
        if one.key == key:
            return one
    raise KeyError(key)
