"""What conditions 12 and 13 ask of the data: enough of it, with cost and days, and the right to use it."""

from __future__ import annotations

from collections.abc import Iterable

from scoping.charter import Charter
from scoping.lacking import Missing, begun, first_blank, is_whole, lack, named, says
from scoping.sections.data_sources import DataSources, LegalBasis, Origin, Privacy, Source
from scoping.signing.choice import chosen_idea, learns
from scoping.words import in_percent, short


def chosen_sources(data: DataSources) -> tuple[Source, ...]:
    """The sources that the charter counts on: all but those that are only wished for."""
    return tuple(s for s in begun(data.sources) if s.origin is not Origin.WISHED)


def data_suffices(charter: Charter) -> Missing:
    data: DataSources = charter.data_sources
    sources = chosen_sources(data)
    if not sources:
        yield lack("data_sources.none", "List at least one data source.", data, "sources")
    for s in sources:
        if missing := [word for f, word in (("amount", "amount"), ("cost", "cost"), ("days", "time")) if not says(s, f)]:
            message = f"{named(s)}: {' and '.join(missing)} not known yet. A rough number is enough."
            yield lack("data_sources.missing", message, s, first_blank(s, "amount", "cost", "days"))
    one = chosen_idea(charter)
    if one is None or learns(one):
        yield from _amount_needed(data, sources)
        if not says(data, "target_y"):
            message = "Say what it predicts so exactly that two people would label the same case alike."
            yield lack("data_sources.target", message, data, "target_y")
    shares = [s for s in (data.train_share, data.dev_share, data.test_share) if s is not None]
    if len(shares) == 3 and not is_whole(sum(shares)):
        message = f"Training, development and test add to {in_percent(sum(shares))}, not to 100 %. Correct the shares."
        yield lack("data_sources.split", message, data, "train_share")


def _amount_needed(data: DataSources, sources: Iterable[Source]) -> Missing:
    if not data.wanted_amount:
        message = "Say how much data is needed. Without it nobody can tell whether the sources give enough."
        yield lack("data_sources.wanted", message, data, "wanted_amount")
        return
    unit = data.wanted_unit.strip()
    counted = {s.unit.strip() for s in sources if s.amount is not None and s.unit.strip()}
    if not unit and counted:
        message = (
            f"Say in what the amount wanted is counted; the sources count in {' and '.join(sorted(short(u, 30) for u in counted))}."
        )
        yield lack("data_sources.wanted_unit", message, data, "wanted_unit")
        return
    given = [s.amount for s in sources if s.amount is not None and s.unit.strip().casefold() == unit.casefold()]
    if sum(given) < data.wanted_amount:
        amount = f"{data.wanted_amount:,.10g}{f' {short(unit, 30)}' if unit else ''}"
        has = f"the sources give {sum(given):,.10g}" if given else f"no source counts in “{short(unit, 30) or 'no unit'}”"
        message = f"Needed are {amount}, but {has}. Add a source, or ask for less."
        yield lack("data_sources.too_little", message, data, "wanted_amount")


def rights_are_known(charter: Charter) -> Missing:
    data: DataSources = charter.data_sources
    sources = chosen_sources(data)
    if not sources:
        yield lack("data_sources.none", "List at least one data source, and what may be done with it.", data, "sources")
    for s in sources:
        is_personal = s.privacy in (Privacy.PERSONAL, Privacy.SENSITIVE)
        if s.privacy is None:
            yield lack("data_sources.privacy", f"Say whether {named(s)} holds personal data.", s, "privacy")
        if not says(s, "rights"):
            message = f"Say whether {named(s)} may be used for this purpose, and who approves it."
            if is_personal:
                message = f"{named(s)} holds personal data. Say what allows its use and who approved it."
            yield lack("data_sources.rights", message, s, "rights")
        if is_personal and s.legal_basis is LegalBasis.NOT_NEEDED:
            message = f"{named(s)} holds personal data, so it needs a legal basis. Choose one."
            yield lack("data_sources.legal_basis", message, s, "legal_basis")
