"""An address -> its bytes, without harm to this network or that server."""

from retrieval.fetching.fetcher import NOTHING_KNOWN, Fetched, Fetcher, Validators
from retrieval.fetching.limits import Limits
from retrieval.fetching.network import Network

__all__ = ["NOTHING_KNOWN", "Fetched", "Fetcher", "Limits", "Network", "Validators"]
