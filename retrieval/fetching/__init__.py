"""Fetching: get the bytes of a web address without reaching private networks and without straining servers."""

from retrieval.fetching.fetch_limits import FetchLimits
from retrieval.fetching.fetcher import NO_VALIDATORS, CacheValidators, Fetcher, FetchResult
from retrieval.fetching.network import NetworkPolicy

__all__ = ["NO_VALIDATORS", "CacheValidators", "FetchLimits", "FetchResult", "Fetcher", "NetworkPolicy"]
