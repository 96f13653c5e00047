"""Tables of strategies: priorities, indicators, definitions, uses, targets, actions and words."""

from __future__ import annotations

import peewee

from scs_desktop.domain.breaks import BreakKind
from scs_desktop.domain.figures import FigureKind, Finality, Origin, Part, Unit
from scs_desktop.domain.periods import PeriodKind
from scs_desktop.domain.position import Light
from scs_desktop.domain.rollup import RollupRule
from scs_desktop.domain.strategy import ActionStatus, Adding, IndicatorKind, Polarity, PriorityKind, RatedPart
from scs_desktop.domain.targets import BaselineKind, StatusRule, TargetKind, TargetState
from scs_desktop.store.tables.base import (
    ListRow,
    Versioned,
    among,
    day,
    exact,
    flag,
    one_open_version,
    refers,
    thing,
    whole,
    words,
)


class StrategyTable(Versioned):
    """Strategies and the years they run."""

    name = words()
    partnership = words()
    home_area = thing()
    start = day()
    end = day()
    baseline_start = day()
    baseline_end = day()
    objective = words()
    source = words()


class StrategyPartnerTable(ListRow):
    """Agencies that are partners in a strategy."""

    record = refers("strategy", "record")
    value = thing()


class PriorityTable(Versioned):
    """Priorities of a strategy."""

    strategy = thing()
    number = whole()
    name = words()
    kind = among(PriorityKind)
    lead_text = words()
    why = words()


class PriorityLeadAgencyTable(ListRow):
    """Agencies that lead a priority."""

    record = refers("priority", "record")
    value = thing()


class PriorityDerivedFromTable(ListRow):
    """Uses of other priorities that a priority succeeds through."""

    record = refers("priority", "record")
    value = thing()


class IndicatorTable(Versioned):
    """Measures that last beyond one strategy."""

    name = words()
    short_name = words()
    group = words()


class DefinitionTable(Versioned):
    """What an indicator's figure means, in numbered versions of its meaning."""

    indicator = thing()
    version = whole()
    unit = among(Unit)
    polarity = among(Polarity)
    kind = among(IndicatorKind)
    rated = among(RatedPart)
    over_time = among(Adding)
    over_areas = among(Adding)
    per = exact(null=True)
    denominator = words()
    question = words()
    sample_size = exact(null=True)
    sample_what = words(null=True)
    sample_source = words(null=True)
    sample_assumed = flag(null=True)
    sample_design_effect = exact(null=True)
    counted_noun = words()
    usual_range_lower = exact(null=True)
    usual_range_upper = exact(null=True)
    usual_range_source = words()
    decimals = whole()
    valid_from = day(null=True)
    guidance = words()
    tau = exact(null=True)
    hide_small = flag()


class DefinitionComponentTable(ListRow):
    """Labels of the rows that make up a sum."""

    record = refers("definition", "record")
    value = words()


class DefinitionGuardTable(ListRow):
    """Indicators that must not worsen for a guarded one to count as good."""

    record = refers("definition", "record")
    value = thing()


class DefinitionPartOfTable(ListRow):
    """Indicators whose figure holds this one's."""

    record = refers("definition", "record")
    value = thing()


class DefinitionStatedMemberTable(ListRow):
    """Members that the source states for an indicator's group."""

    record = refers("definition", "record")
    value = words()


class IndicatorUseTable(Versioned):
    """A strategy's uses of indicators."""

    strategy = thing()
    priority = thing()
    indicator = thing()
    code = words()
    order = whole()
    label = words()
    direction = among(Polarity, null=True)
    headline = flag()
    weight = exact()


class HeadlineMeasureTable(Versioned):
    """Overall measures of a strategy."""

    strategy = thing()
    order = whole()
    name = words()
    as_rate = flag()
    note = words()


class HeadlineMeasureUseTable(ListRow):
    """Uses that an overall measure is made of."""

    record = refers("headline_measure", "record")
    value = thing()


class DenominatorTable(Versioned):
    """Numbers of people or households that rates are taken on."""

    name = words()
    area = thing()
    value = exact()
    source = words()
    year_start = day(null=True)
    year_end = day(null=True)


class BaselineTable(Versioned):
    """Baselines of uses, as printed."""

    use = thing()
    kind = among(BaselineKind)
    period_start = day(null=True)
    period_end = day(null=True)
    period_kind = among(PeriodKind, null=True)
    period_follow_up_end = day(null=True)
    establish_from_start = day(null=True)
    establish_from_end = day(null=True)
    establish_from_kind = among(PeriodKind, null=True)
    establish_from_follow_up_end = day(null=True)
    printed = words()
    note = words()


class BaselineValueTable(ListRow):
    """Numbers of a baseline: the count, the rate beside it, a cohort, a prediction."""

    record = refers("baseline", "record")
    part = among(Part)
    unit = among(Unit)
    measured_kind = among(FigureKind)
    measured_value = exact(null=True)
    measured_decimals = whole()
    measured_text = words()
    measured_bound = exact(null=True)
    measured_finality = among(Finality)
    measured_origin = among(Origin)
    per = exact(null=True)
    denominator = words()

    class Meta:
        """A number has a value, and nothing else has."""

        constraints = (peewee.Check('("measured_kind" = \'number\') = ("measured_value" IS NOT NULL)'),)


class BaselineOtherYearTable(ListRow):
    """Other years printed beside a baseline."""

    record = refers("baseline", "record")
    value = words()


class TargetTable(Versioned):
    """Targets of uses by financial year."""

    use = thing()
    year_start = day()
    year_end = day()
    year_kind = among(PeriodKind)
    year_follow_up_end = day(null=True)
    kind = among(TargetKind)
    state = among(TargetState)
    value = exact(null=True)
    lower = exact(null=True)
    upper = exact(null=True)
    tolerance_amount = exact()
    tolerance_in_points = flag()
    rule = among(StatusRule, null=True)
    meeting = thing(null=True)
    end_of_path = flag()
    note = words()


class SeriesBreakTable(Versioned):
    """Days from which an indicator's figures are others than before."""

    indicator = thing()
    kind = among(BreakKind)
    on = day()
    cause = words()
    compared_because = words()


class RollupChoiceTable(Versioned):
    """Rules chosen for priorities' lights."""

    priority = thing()
    rule = among(RollupRule)
    reason = words()
    by_post = words()
    on = day()


class PriorityOverrideTable(Versioned):
    """Priorities' lights set by people, each for one position."""

    priority = thing()
    position = day()
    light = among(Light)
    reason = words()
    by_post = words()
    on = day()


class CostTableTable(Versioned):
    """The table of unit costs."""

    on = flag()
    into = words()


class CostTableCostTable(ListRow):
    """Unit costs of the table."""

    record = refers("cost_table", "record")
    kind = words()
    name = words()
    amount = exact(null=True)
    prices = words()
    source = words()
    confirmed = flag()
    multiplier = exact(null=True)
    multiplier_source = words()
    counted = thing(null=True)


class CostTableDeflatorTable(ListRow):
    """What brings amounts of one year's prices into another's."""

    record = refers("cost_table", "record")
    prices = words()
    into = words()
    factor = exact()
    source = words()


class CohortPairTable(Versioned):
    """Cohorts of a programme and those they are compared with."""

    strategy = thing()
    priority = thing()
    name = words()
    series = thing()
    other = thing()
    event = words()
    note = words()


class ActionTable(Versioned):
    """Things the partnership said it would do."""

    priority = thing()
    order = whole()
    text = words()
    owner = words()
    agency = thing(null=True)
    due = day(null=True)
    status = among(ActionStatus)


class ActionUpdateTable(Versioned):
    """What was reported of an action."""

    action = thing()
    on = day()
    text = words()
    status = among(ActionStatus)


class CommentaryTable(Versioned):
    """A lead's words at a position."""

    priority = thing()
    position = day()
    text = words()
    author_post = words()
    use = thing(null=True)


class YouSaidTable(Versioned):
    """Entries of "you said, we did"."""

    priority = thing(null=True)
    on = day()
    said = words()
    did = words()


one_open_version(
    StrategyTable,
    PriorityTable,
    IndicatorTable,
    DefinitionTable,
    IndicatorUseTable,
    HeadlineMeasureTable,
    DenominatorTable,
    BaselineTable,
    TargetTable,
    SeriesBreakTable,
    RollupChoiceTable,
    PriorityOverrideTable,
    CostTableTable,
    CohortPairTable,
    ActionTable,
    ActionUpdateTable,
    CommentaryTable,
    YouSaidTable,
)
