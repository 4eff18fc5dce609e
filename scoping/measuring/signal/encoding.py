"""What each column of a table is, and the numbers that models see of it. Nothing here looks at the target."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scoping.measuring.profile import personal_data

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

MOST_LEVELS = 60
"""Levels of a category that trees tell apart; rarer ones become one."""
MOST_INDICATORS = 12
"""Levels of a category that the linear model tells apart."""
MOST_WORDS = 30
"""Words of a text column whose presence is noted, the commonest ones."""
_FEWEST_FOR_NAMES = 20
"""Rows from which values that are all different are names rather than chance."""
_NAMES_THINGS = re.compile(r"(^|[_\W])(id|ids|uuid|guid|key|nr|no|number|index|row|unnamed.*)$", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Role(StrEnum):
    """What a column is good for. Only the first four are shown to a model."""

    NUMBER = "number"
    CATEGORY = "category"
    DATE = "date"
    TEXT = "text"
    IDENTIFIER = "identifier"
    CONSTANT = "constant"
    EMPTY = "empty"


USABLE = (Role.NUMBER, Role.CATEGORY, Role.DATE, Role.TEXT)


@dataclass(frozen=True, kw_only=True)
class Feature:
    """A column, read.

    Attributes:
        values: floats for numbers (NaN missing), days since 1970 as floats for dates, else texts (None missing).
        infinite: cells that held an infinite number; they count as missing.
        recurs: whether a date as such may be learnt from; the time of a prediction never comes again, only its month and day do.
    """

    name: str
    role: Role
    values: NDArray[Any]
    missing: NDArray[np.bool_]
    infinite: int = 0
    recurs: bool = True

    @property
    def is_numeric(self) -> bool:
        return self.values.dtype.kind == "f"


def sounds_like_a_name(column: str) -> bool:
    """Whether a column is called as columns are that name things: "customer_id", "OrderNumber"."""
    return bool(_NAMES_THINGS.search(_CAMEL.sub("_", column.strip())))


def read(column: pd.Series[Any], name: str) -> Feature:
    """Find out what a column is good for. What its cells hold, the reader of cells says, which says the same again of its own text."""
    import pandas as pd

    from scoping.tables import cells

    if isinstance(column.dtype, pd.DatetimeTZDtype) or column.dtype.kind == "M":
        return _dated(name, column)
    if column.dtype.kind == "m":
        column = column.dt.total_seconds()
    if column.dtype.kind not in "biuf" and not isinstance(column.dtype, pd.BooleanDtype):
        read = cells.reread(column)
        if read.dtype != "str":
            return _dated(name, read) if read.dtype.kind == "M" else _numeric(name, read)
        missing = read.isna().to_numpy()
        values = read.astype(object).where(~missing, None).to_numpy(dtype=object)
        return Feature(
            name=name, role=_role_of_texts(name, read.dropna(), has_gaps=bool(missing.any())), values=values, missing=missing
        )
    return _numeric(name, column)


def _numeric(name: str, column: pd.Series[Any]) -> Feature:
    values = column.astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    infinite = np.isinf(values)
    values = np.where(infinite, np.nan, values)
    missing = np.isnan(values)
    return Feature(
        name=name,
        role=_role_of_numbers(name, values[~missing], has_gaps=bool(missing.any())),
        values=values,
        missing=missing,
        infinite=int(infinite.sum()),
    )


def _dated(name: str, column: pd.Series[Any]) -> Feature:
    import pandas as pd

    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_convert("UTC").dt.tz_localize(None)
    missing = column.isna().to_numpy()
    ticks = column.astype("datetime64[us]").to_numpy().astype(np.int64)
    values = np.where(missing, np.nan, ticks / (24 * 3600 * 1e6))
    return Feature(
        name=name, role=_but_one(values[~missing], Role.DATE, has_gaps=bool(missing.any())), values=values, missing=missing
    )


def _but_one(present: NDArray[Any], otherwise: Role, *, has_gaps: bool) -> Role:
    """Empty and constant columns; all others are what they were taken for. One value and gaps tell two kinds of rows apart."""
    if not len(present):
        return Role.EMPTY
    return Role.CONSTANT if not has_gaps and (present == present[0]).all() else otherwise


def _role_of_numbers(name: str, present: Floats, *, has_gaps: bool) -> Role:
    whole = bool((present == np.floor(present)).all())
    distinct = len(np.unique(present))
    if whole and len(present) >= _FEWEST_FOR_NAMES:
        is_counter = distinct == len(present) and np.ptp(present) < 2 * len(present)
        is_named = sounds_like_a_name(name) and distinct > len(present) / 2
        if is_counter or is_named:
            return Role.IDENTIFIER
    return _but_one(present, Role.NUMBER, has_gaps=has_gaps)


def _role_of_texts(name: str, present: pd.Series[Any], *, has_gaps: bool) -> Role:
    distinct = present.nunique()
    if distinct <= max(_FEWEST_FOR_NAMES, len(present) / 2):
        return _but_one(present.to_numpy(), Role.CATEGORY, has_gaps=has_gaps)
    # A person's name may have three words and more, as a sentence has.
    if any(hint.kind == "name" for hint in personal_data.hints(name, "text", {}, len(present))):
        return Role.IDENTIFIER
    words = present.head(1000).str.count(r"\s+") + 1
    return Role.TEXT if words.mean() >= 3 else Role.IDENTIFIER


def levels(feature: Feature, most: int) -> Whole:
    """Number the values of a column by how common they are, 0 the commonest; missing is -1, rare ones share the last.

    Numbers and dates are cut into up to `most` groups of about the same size.
    """
    import pandas as pd

    known = ~feature.missing
    codes = np.full(len(known), -1, dtype=np.int64)
    if feature.is_numeric:
        present = feature.values[known]
        if len(present):
            unique = np.unique(present)
            inner = unique[1:] if len(unique) <= most else np.unique(np.quantile(present, np.linspace(0, 1, most + 1)[1:-1]))
            codes[known] = np.searchsorted(inner, present, side="right")
        return codes
    counts = pd.Series(feature.values[known]).value_counts()
    # Of levels that are as common, the order of rows must not decide.
    ranks = {value: place for place, value in enumerate(sorted(counts.index, key=lambda value: (-counts[value], value)))}
    codes[known] = [min(ranks[value], most - 1) for value in feature.values[known]]
    return codes


# The numbers that models see


@dataclass(frozen=True, kw_only=True)
class Design:
    """A table as two kinds of model see it, one row per row.

    Attributes:
        trees: missing cells are NaN; `categorical` marks columns of level numbers.
        linear: centred, scaled, without missing cells.
        tree_source, linear_source: for each column, the place of the feature it was made from.
    """

    features: tuple[Feature, ...]
    trees: NDArray[np.float32]
    categorical: NDArray[np.bool_]
    tree_source: Whole
    linear: NDArray[np.float32]
    linear_source: Whole


def design(features: list[Feature]) -> Design:
    """Encode columns without looking at the target: levels by how common they are, dates as calendar, texts as common words."""
    trees: list[Floats] = []
    linear: list[Floats] = []
    categorical: list[bool] = []
    tree_source: list[int] = []
    linear_source: list[int] = []
    rows = len(features[0].missing) if features else 0
    for place, feature in enumerate(features):
        for part in _parts(feature):
            is_category = part.role is Role.CATEGORY
            codes = levels(part, MOST_LEVELS) if is_category else None
            trees.append(np.where(codes < 0, np.nan, codes) if codes is not None else part.values)
            categorical.append(is_category)
            tree_source.append(place)
            columns = _indicators(codes) if codes is not None else _scaled(part)
            linear += columns
            linear_source += [place] * len(columns)
    return Design(
        features=tuple(features),
        trees=_stacked(trees, rows),
        categorical=np.array(categorical, dtype=bool),
        tree_source=np.array(tree_source, dtype=np.int64),
        linear=_stacked(linear, rows),
        linear_source=np.array(linear_source, dtype=np.int64),
    )


def _stacked(columns: list[Floats], rows: int) -> NDArray[np.float32]:
    stacked = np.empty((rows, len(columns)), dtype=np.float32, order="F")
    for place, column in enumerate(columns):
        # What is too large for single precision is as large as it gets.
        stacked[:, place] = np.clip(column, -3e38, 3e38)
    return stacked


def _parts(feature: Feature) -> list[Feature]:
    """What a column is taken apart into before it is encoded."""
    if feature.role is Role.DATE:
        return _calendar(feature)
    return _words(feature) if feature.role is Role.TEXT else [feature]


def _calendar(feature: Feature) -> list[Feature]:
    """The day as a number if it recurs, and where it stands in year, week and day."""
    import pandas as pd

    moments = pd.Series(pd.to_datetime(feature.values, unit="D"))
    parts = [Feature(name=feature.name, role=Role.NUMBER, values=feature.values, missing=feature.missing)] if feature.recurs else []
    for of_moment in (moments.dt.month, moments.dt.day_of_week, moments.dt.hour):
        if of_moment.nunique() > 1:
            values = of_moment.to_numpy(dtype=np.float64, na_value=np.nan)
            parts.append(Feature(name=feature.name, role=Role.CATEGORY, values=values, missing=feature.missing))
    return parts


def _words(feature: Feature) -> list[Feature]:
    """Length, and which of the commonest words occur."""
    import pandas as pd

    texts = pd.Series(feature.values, dtype=object).fillna("").str.casefold()
    tokens = texts.str.findall(r"\w{2,}").map(set)
    length = np.where(feature.missing, np.nan, texts.str.len().to_numpy(dtype=np.float64))
    common = tokens.explode().value_counts().head(MOST_WORDS).index
    nothing = np.zeros(len(texts), dtype=bool)
    parts = [Feature(name=feature.name, role=Role.NUMBER, values=length, missing=feature.missing)]
    for word in common:
        has = np.fromiter((word in words for words in tokens), dtype=np.float64, count=len(tokens))
        parts.append(Feature(name=feature.name, role=Role.NUMBER, values=has, missing=nothing))
    return parts


def _indicators(codes: Whole) -> list[Floats]:
    """0 and 1 per level but the commonest; missing is a level of its own."""
    grouped = np.minimum(codes, MOST_INDICATORS - 1)
    return [_standard((grouped == level).astype(np.float64)) for level in np.unique(grouped) if level != 0]


def _scaled(part: Feature) -> list[Floats]:
    """The number about its middle, without values so far out that they would decide alone, and whether it is missing."""
    present = part.values[~part.missing]
    if not len(present):
        return []
    low, middle, high = np.quantile(present, [0.25, 0.5, 0.75])
    reach = 10 * (high - low)
    values = np.where(part.missing, middle, part.values)
    if reach > 0:
        values = np.clip(values, middle - reach, middle + reach)
    columns = [_standard(values - middle)]
    share = part.missing.mean()
    if 0.01 <= share <= 0.99:
        columns.append(_standard(part.missing.astype(np.float64)))
    return columns


def _standard(values: Floats) -> Floats:
    largest = np.abs(values).max(initial=0.0)
    if not largest:
        return values
    scaled = values / largest
    spread = scaled.std()
    standard: Floats = (scaled - scaled.mean()) / spread if spread > 0 else scaled * 0.0
    return standard
