"""Every pack there is, the most wanted first."""

from scoping.export.packs.croissant import CROISSANT
from scoping.export.packs.data_checks import DATA_CHECKS
from scoping.export.packs.governance import GOVERNANCE
from scoping.export.packs.mlbom import MLBOM
from scoping.export.packs.model_card import MODEL_CARD
from scoping.export.packs.monitoring import MONITORING
from scoping.export.packs.scaffold import SCAFFOLD

PACKS = (MONITORING, DATA_CHECKS, MODEL_CARD, MLBOM, CROISSANT, GOVERNANCE, SCAFFOLD)
