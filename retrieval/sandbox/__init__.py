"""The sandbox: run readers and parsers of outside content in a process that is killed at its deadline."""

from retrieval.sandbox.sandbox import InProcess, Runner, Sandbox
from retrieval.sandbox.sandboxed_reader import SandboxedReader
from retrieval.sandbox.sandboxed_rules import sandboxed_rules

__all__ = ["InProcess", "Runner", "Sandbox", "SandboxedReader", "sandboxed_rules"]
