"""What weighs more, in plain words: four questions for the organiser, and the library's weights behind the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from weerklank.allocation import Policy

__all__ = ["ANSWERS", "USUAL", "clean_answers", "policy_of"]

USUAL = "usual"

# Question → answer → what it changes. The hard rules are in none of them: those are never traded.
_WEIGHTS: dict[str, dict[str, dict[str, int]]] = {
    "wishes": {"first": {"guard": 1, "wish": 6}, USUAL: {}, "mix": {"wish": 1, "slack": 10}},
    "organisations": {"free": {"organisation": 0}, USUAL: {}, "strong": {"organisation": 15}},
    "layers": {"free": {"layer": 0, "few_layers": 0}, USUAL: {}, "strong": {"layer": 3, "few_layers": 30}},
    "sizes": {"free": {"uneven": 0}, USUAL: {}, "strong": {"uneven": 8}},
}
ANSWERS = {question: tuple(answers) for question, answers in _WEIGHTS.items()}


def clean_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """An answer to every question; what is not one of the answers becomes the usual one."""
    return {
        question: answers.get(question, USUAL) if answers.get(question) in known else USUAL
        for question, known in _WEIGHTS.items()
    }


def policy_of(answers: Mapping[str, str]) -> Policy:
    """The weights behind these answers; without answers those that the library takes."""
    policy = Policy()
    for question, answer in clean_answers(answers).items():
        policy = replace(policy, **_WEIGHTS[question][answer])
    return policy
