"""The rules of robots.txt, applied in a sandbox: those of a hostile site keep no other program busy."""

from retrieval.fetching.robots import JudgeRules, RulesNotJudged, judge_rules
from retrieval.sandbox.sandbox import Runner, SandboxError

SECONDS = 20.0
"""The time for applying the rules of one site."""


def sandboxed_rules(runner: Runner, seconds: float = SECONDS) -> JudgeRules:
    """Return a function that applies rules in the sandbox, and raises RulesNotJudged where they take too long."""

    def judge(rules: bytes, address: str, agent: str) -> tuple[bool, float]:
        try:
            allowed, delay = runner.run(seconds, judge_rules, rules, address, agent)
        except SandboxError as error:
            raise RulesNotJudged from error
        return allowed, delay

    return judge
