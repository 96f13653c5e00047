"""Each contract of the architecture holds, and is seen to break when a module offends against it."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

LAYERS = "Each layer imports only what stands below it"
SCREENS = "Screens do not know each other"
QT = "Only the window knows Qt"
TABLES = "Tables are private to the store"
DOMAIN = "The domain stands on the standard library alone"


def configuration(project_root: Path) -> dict[str, Any]:
    return tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))


def broken_contracts(folder: Path) -> set[str]:
    """Names of the contracts that the package in the folder breaks."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
            "--no-logo",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    verdict = re.search(r"Contracts: (\d+) kept, (\d+) broken", done.stdout)
    assert verdict, done.stdout + done.stderr
    broken = set(re.findall(r"^(.*\S) BROKEN\b", done.stdout, re.MULTILINE))
    assert len(broken) == int(verdict[2]), done.stdout
    assert (done.returncode == 0) == (not broken)
    return broken


@pytest.fixture
def package(project_root: Path, tmp_path: Path) -> Path:
    """A copy of the program that may be spoilt."""
    shutil.copytree(
        project_root / "scs_desktop", tmp_path / "scs_desktop", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(project_root / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_program_keeps_every_contract(package: Path) -> None:
    assert broken_contracts(package) == set()


@pytest.mark.parametrize(
    ("offence", "contract"),
    [
        pytest.param({"store/offender.py": "import scs_desktop.reports"}, LAYERS, id="store-imports-reports"),
        pytest.param({"returns/offender.py": "import scs_desktop.store"}, LAYERS, id="returns-import-store"),
        pytest.param({"workflows/offender.py": "import scs_desktop.cli"}, LAYERS, id="workflow-imports-command-line"),
        pytest.param({"domain/offender.py": "import scs_desktop.store"}, LAYERS, id="domain-imports-store"),
        pytest.param({"offender.py": "import math"}, LAYERS, id="a-place-that-no-layer-names"),
        pytest.param(
            {
                "ui/first_page/__init__.py": "import scs_desktop.ui.second_page",
                "ui/second_page/__init__.py": "import math",
            },
            SCREENS,
            id="one-page-imports-another",
        ),
        pytest.param({"workflows/offender.py": "import PySide6.QtCore"}, QT, id="workflow-imports-qt"),
        pytest.param({"reports/offender.py": "import pyqtgraph"}, QT, id="report-imports-pyqtgraph"),
        pytest.param(
            {"workflows/offender.py": "import scs_desktop.store.tables"}, TABLES, id="workflow-imports-tables"
        ),
        pytest.param({"domain/offender.py": "import numpy"}, DOMAIN, id="domain-imports-numpy"),
        pytest.param({"domain/offender.py": "import peewee"}, DOMAIN, id="domain-imports-peewee"),
    ],
)
def test_an_offending_module_breaks_exactly_its_contract(package: Path, offence: dict[str, str], contract: str) -> None:
    for path, text in offence.items():
        file = package / "scs_desktop" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{text}\n", encoding="utf-8")
    assert broken_contracts(package) == {contract}


def test_the_domain_is_forbidden_every_package_the_program_depends_on(project_root: Path) -> None:
    settings = configuration(project_root)
    contracts = settings["tool"]["importlinter"]["contracts"]
    forbidden = set(next(contract["forbidden_modules"] for contract in contracts if contract["id"] == "domain"))
    wanted = {re.split(r"[<>=~! ]", line)[0].lower().replace("_", "-") for line in settings["project"]["dependencies"]}
    modules = {
        module
        for module, distributions in importlib.metadata.packages_distributions().items()
        for distribution in distributions
        if distribution.lower().replace("_", "-") in wanted and module.isidentifier()
    }
    assert modules
    assert modules - forbidden == set()
