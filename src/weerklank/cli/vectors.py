"""``weerklank vectors train``: word vectors from parallel texts, with a file that says where they are from."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from weerklank.cli.clock import today
from weerklank.cli.command import OK, Subparsers, new_command
from weerklank.cli.screen import Screen, say

__all__ = ["add"]


def add(subparsers: Subparsers, *, language: str) -> None:
    """The group ``vectors`` and its subcommands."""
    group = new_command(subparsers, "vectors", about="vectors", language=language, run=None)
    below = group.add_subparsers(required=True, metavar="train")
    train = new_command(below, "train", about="vectors-train", language=language, run=_train)
    train.add_argument("corpus", type=Path, metavar="CORPUS", help=say("vectors-corpus", language=language))
    train.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help=say("vectors-out", language=language)
    )
    train.add_argument(
        "--dimensions", type=int, default=200, metavar="N", help=say("vectors-dimensions", language=language)
    )
    train.add_argument("--source", default="", metavar="TEXT", help=say("vectors-source", language=language))
    train.add_argument(
        "--licence", default="", metavar="TEXT", help=say("vectors-licence", language=language)
    )


def _train(arguments: argparse.Namespace, screen: Screen) -> int:
    from weerklank.synthesis import Training, read_corpus, train_vectors

    with screen.steps() as steps:
        steps.begin(screen.text("vectors-reading"))
        documents = read_corpus(arguments.corpus)
        made = train_vectors(
            documents,
            settings=Training(dimensions=arguments.dimensions),
            source=arguments.source,
            progress=steps.tell,
        )
    arguments.out.write_bytes(made)
    beside = arguments.out.with_suffix(".json")
    told = {
        "command": f"weerklank vectors train {arguments.corpus.name} --out {arguments.out.name}"
        f" --dimensions {arguments.dimensions}",
        "corpus": {
            "name": arguments.corpus.name,
            "documents": len(documents),
            "licence": arguments.licence,
            "sha256": hashlib.sha256(arguments.corpus.read_bytes()).hexdigest(),
            "source": arguments.source,
        },
        "date": today().isoformat(),
        "sha256": hashlib.sha256(made).hexdigest(),
    }
    beside.write_text(json.dumps(told, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    screen.line(
        screen.text(
            "vectors-done",
            documents=len(documents),
            file=arguments.out,
            beside=beside.name,
            size=f"{len(made) / 1e6:.1f}",
        )
    )
    return OK
