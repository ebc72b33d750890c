"""Votes come in from files of several makers and years, and go out the same; what is wrong is named."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Hashable
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from library.opinion_samples import DATA, REAL, from_cells, said, same
from weerklank.errors import BadInput
from weerklank.opinion import (
    Convention,
    Export,
    Moderation,
    Statement,
    Votes,
    read_polis_export,
    write_parquet,
    write_polis_export,
)

PLUS, MINUS = Convention.AGREE_IS_POSITIVE, Convention.AGREE_IS_NEGATIVE


# --- exports of Polis -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REAL)
def test_a_real_export_is_read_and_written_back_the_same(name: str, tmp_path: Path) -> None:
    export = read_polis_export(DATA / name)
    write_polis_export(export, tmp_path, day=date(2026, 11, 22))
    again = read_polis_export(tmp_path)
    assert same(again.cast, export.cast)
    assert again.groups == export.groups
    assert again.about["topic"] == export.about["topic"]
    for one, other in zip(again.statements, export.statements, strict=True):
        assert (one.id, one.text, one.author, one.moderation, one.is_meta, one.is_seed, one.consensus) == (
            other.id,
            other.text,
            other.author,
            other.moderation,
            other.is_meta,
            other.is_seed,
            other.consensus,
        )
    write_parquet(export.cast, tmp_path / "votes.parquet")
    assert same(Votes.from_parquet(tmp_path / "votes.parquet"), export.cast)
    (tmp_path / "participants-votes.csv").unlink()
    loose = read_polis_export(tmp_path).cast
    assert same(
        loose.spread(participants=export.cast.participants, statements=export.cast.statements), export.cast
    )


def test_facts_of_the_real_exports() -> None:
    """Shapes as published; rejected and meta statements dropped; statements that nobody voted on are kept as texts."""
    volunteers, biodiversity, brexit = (read_polis_export(DATA / name) for name in REAL)
    assert volunteers.cast.shape == (126, 371)
    assert (volunteers.cast.n_votes, len(volunteers.dropped)) == (14_283, 56)
    assert sum(one.is_meta for one in volunteers.statements) == 1
    assert volunteers.votes.shape == (126, 315)
    assert any("\n" in one.text for one in volunteers.statements)
    assert biodiversity.cast.shape == (536, 314)
    assert (len(biodiversity.statements), biodiversity.votes.shape) == (316, (536, 154))
    assert len(biodiversity.groups) == 443
    assert brexit.cast.n_votes == 5_303
    assert all(export.convention is PLUS for export in (volunteers, biodiversity, brexit))


def test_changed_votes_in_a_real_log_end_as_the_published_table() -> None:
    """5,312 votes in the log, 5,303 in the table: nine were changed."""
    log = Votes.from_csv(DATA / "brexit-consensus" / "votes.csv.gz", convention=PLUS)
    assert said(log) == said(read_polis_export(DATA / "brexit-consensus").cast)


def test_a_moment_finer_than_a_day_is_never_written(tmp_path: Path) -> None:
    write_polis_export(read_polis_export(DATA / "brexit-consensus"), tmp_path, day=date(2026, 11, 22))
    for name in ("votes.csv", "comments.csv"):
        moments = {
            line.split(",")[0] for line in (tmp_path / name).read_text(encoding="utf-8").splitlines()[1:]
        }
        assert moments == {str(int(datetime.fromisoformat("2026-11-22T00:00+00:00").timestamp()) * 1000)}
    summary = (tmp_path / "summary.csv").read_text(encoding="utf-8")
    assert "time-precision,day" in summary
    assert summary.endswith("vote-convention,agree=+1;disagree=-1;pass=0;format=polis-export/1\n")


# --- malformed: file, row, remedy -------------------------------------------------------------------


def folder_of(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name.replace('_', '-')}.csv").write_text(text, encoding="utf-8")
    return tmp_path


COMMENTS = 'comment-id,agrees,disagrees,moderated,comment-body\n1,2,0,1,"een\nzin"\n2,0,1,1,twee\n'
RAW = "zid,pid,tid,vote,weight_x_32767,created\n26,1,1,-1,0,10\n26,2,1,-1,0,11\n26,1,2,1,0,12\n"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"comments": COMMENTS}, "geen stemmen"),
        ({"votes": ""}, "votes.csv: Het bestand is leeg"),
        (
            {"participants_votes": "participant,1,2\n5,1,0\n6,1\n"},
            r"participants-votes.csv, regel 3: .*2 vakken.*3",
        ),
        (
            {"participants_votes": "participant,1,2\n5,1,0\n6,1,eens\n"},
            r"participants-votes.csv, regel 3: «eens»",
        ),
        (
            {"participants_votes": "participant,1,2\n5,1,0\n5,1,0\n"},
            r"regel 3: Deelnemer «5» staat ook al op regel 2",
        ),
        ({"participants_votes": "participant,1,1\n5,1,0\n"}, r"regel 1: .*twee kolommen voor stelling «1»"),
        ({"participants_votes": "wie,1,2\n5,1,0\n"}, r"regel 1: De kolom «participant» ontbreekt"),
        ({"comments": COMMENTS + "2,0,0,1,x\n", "votes": RAW}, r"comments.csv, regel 5: .*ook al op regel 4"),
        ({"comments": COMMENTS + "3,0,0,ja,x\n", "votes": RAW}, r"comments.csv, regel 5: «ja».*moderated"),
        ({"comments": COMMENTS + '3,0,0,1,"x\n', "votes": RAW}, r"comments.csv, regel 5: .*aanhalingsteken"),
        ({"votes": RAW + "26,,2,1,0,13\n"}, r"votes.csv, regel 5: .*deelnemer"),
        ({"votes": RAW + "27,1,2,1,0,13\n"}, r"votes.csv, regel 5: .*«26», «27»"),
        ({"votes": RAW}, r"votes.csv: .*eens, of: oneens"),
        ({"summary": "vote-convention,agree=yes\n", "votes": RAW}, r"summary.csv: .*«agree=yes»"),
        (
            {"summary": "vote-convention,agree=+1;disagree=-1\n", "comments": COMMENTS, "votes": RAW},
            "niet eens over",
        ),
    ],
)
def test_a_malformed_export_names_file_row_and_remedy(
    files: dict[str, str], told: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match=f"(?s){told}") as caught:
        read_polis_export(folder_of(tmp_path, **files))
    assert caught.value.remedy


def test_errors_come_in_english_too(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_polis_export(folder_of(tmp_path, votes=RAW))
    assert "Nothing here says whether 1 means agree" in caught.value.told("en")


def test_counts_or_a_declaration_prove_what_one_means(tmp_path: Path) -> None:
    """A dump of the database (-1 is agree) beside published counts, and a newer export that declares itself."""
    raw = read_polis_export(folder_of(tmp_path, comments=COMMENTS, votes=RAW))
    assert raw.convention is MINUS
    assert said(raw.votes) == {(1, 1): 1, (2, 1): 1, (1, 2): -1}
    (tmp_path / "comments.csv").unlink()
    declared = read_polis_export(folder_of(tmp_path, summary="vote-convention,agree=-1;disagree=+1;pass=0\n"))
    assert said(declared.votes) == said(raw.votes)
    (tmp_path / "summary.csv").unlink()
    assert said(read_polis_export(tmp_path, convention=MINUS).votes) == said(raw.votes)
    first_line = "# vote-convention: agree=+1;disagree=-1;pass=0\n"
    folder_of(
        tmp_path,
        votes=first_line + "vote_id,user_id,vote_value,timestamp,comment_id\n7,a,1,5,x\n8,a,-1,4,x\n",
    )
    assert said(Votes.from_csv(tmp_path / "votes.csv")) == {("a", "x"): 1}
    with pytest.raises(BadInput, match="niet eens over"):
        Votes.from_csv(tmp_path / "votes.csv", convention=MINUS)


def test_a_contradicted_convention_is_refused() -> None:
    with pytest.raises(BadInput, match="niet eens over"):
        read_polis_export(DATA / "brexit-consensus", convention=MINUS)


def test_strict_moderation_keeps_only_what_was_accepted(tmp_path: Path) -> None:
    comments = (
        "comment-id,moderated,is-meta,comment-body\n1,1,false,a\n2,0,false,b\n3,-1,false,c\n4,1,true,d\n"
    )
    table = "participant,group-id,n-votes,1,2,3,4\n5,,4,1,0,-1,1\n"
    folder = folder_of(tmp_path, comments=comments, participants_votes=table)
    assert read_polis_export(folder, convention=PLUS).votes.statements == (1, 2)
    strict = read_polis_export(folder, convention=PLUS, strict=True)
    assert strict.votes.statements == (1,)
    assert [one.moderation for one in strict.dropped] == [
        Moderation.UNMODERATED,
        Moderation.REJECTED,
        Moderation.ACCEPTED,
    ]


def test_our_own_ids_survive_a_folder(tmp_path: Path) -> None:
    """Ids of ours are texts; a statement may hold quotes, commas and line ends; somebody may not have voted at all."""
    cast = from_cells([("p-1", "s,1", 1), ("p-2", "s,1", 0)]).spread(
        participants=("p-2", "p-1", "p-3"), statements=("s 2", "s,1")
    )
    texts = (
        Statement("s,1", 'Zij zei: "nee",\nen toen\r\nniets', moderation=Moderation.ACCEPTED),
        Statement("s 2", "=1+1"),
    )
    write_polis_export(Export(cast, texts, PLUS, {"p-1": 0}), tmp_path)
    again = read_polis_export(tmp_path)
    assert same(again.cast, cast)
    assert dict(again.texts) == {one.id: one.text for one in texts}
    assert again.groups == {"p-1": 0}


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_bytes("pid,tid,vote\n1,1,1\nJosé,1,1\n".encode("latin-1"))
    with pytest.raises(BadInput, match=r"votes\.csv: Dit is geen tekst in UTF-8"):
        Votes.from_csv(tmp_path / "votes.csv", convention=PLUS)
    (tmp_path / "votes.csv.gz").write_bytes(gzip.compress(b"pid,tid,vote\n1,1,1\n")[:-9])
    with pytest.raises(BadInput, match=r"votes\.csv\.gz"):
        Votes.from_csv(tmp_path / "votes.csv.gz", convention=PLUS)
    with pytest.raises(BadInput, match="er niet"):
        Votes.from_csv(tmp_path / "nergens.csv", convention=PLUS)


# --- parquet ----------------------------------------------------------------------------------------


def table_in(path: Path, participant: object, statement: object, vote: object, **more: object) -> Path:
    pq.write_table(
        pa.table({"participant": participant, "statement": statement, "vote": vote, **more}),
        path,
        row_group_size=3,
    )
    return path


@pytest.mark.parametrize(
    "kind", [pa.int32(), pa.uint64(), pa.string(), pa.dictionary(pa.int32(), pa.string())]
)
def test_parquet_with_any_kind_of_ids_and_in_any_order(kind: pa.DataType, tmp_path: Path) -> None:
    numbers = [7, 3, 3, 9, 7, 3, 9]
    ids = pa.array([str(one) if kind not in (pa.int32(), pa.uint64()) else one for one in numbers]).cast(kind)
    path = table_in(
        tmp_path / "v.parquet", ids, [1, 1, 2, 1, 2, 1, 1], pa.array([1, 1, 0, -1, 1, -1, 1], pa.int8())
    )
    votes = Votes.from_parquet(path, convention=PLUS)
    name: Callable[[int], Hashable] = int if pa.types.is_integer(kind) else str
    assert said(votes) == {
        (name(7), 1): 1,
        (name(3), 1): -1,
        (name(3), 2): 0,
        (name(9), 1): 1,
        (name(7), 2): 1,
    }
    timed = table_in(
        tmp_path / "t.parquet",
        ids,
        [1, 1, 2, 1, 2, 1, 1],
        [1, 1, 0, -1, 1, -1, 1],
        time=[7, 6, 5, 4, 3, 2, 1],
    )
    assert said(Votes.from_parquet(timed, convention=PLUS))[name(3), 1] == 1


@pytest.mark.parametrize(
    ("participant", "vote", "told"),
    [
        ([1, 2, 3, 4, None], [1, 1, 1, 1, 1], "v.parquet, regel 5: .*deelnemer"),
        ([1, 2, 3, 4, 5], [1, 1, 1, 1, 3], "v.parquet, regel 5: «3»"),
        ([1, 2, 3, 4, 5], [1, 1, 1, None, 0], "v.parquet, regel 4: «»"),
        ([1, 2, 3, 4, 5], ["a"] * 5, "v.parquet: «string»"),
    ],
)
def test_malformed_parquet_names_file_and_row(
    participant: list[int | None], vote: list[object], told: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match=told):
        Votes.from_parquet(table_in(tmp_path / "v.parquet", participant, [1] * 5, vote), convention=PLUS)


def test_what_is_no_parquet_is_named(tmp_path: Path) -> None:
    (tmp_path / "v.parquet").write_text("participant,statement,vote")
    with pytest.raises(BadInput, match=r"v\.parquet: Dit is geen leesbaar Parquet"):
        Votes.from_parquet(tmp_path / "v.parquet", convention=PLUS)
    write_parquet(from_cells([(f"p{i}", j, 1) for i in range(90) for j in range(9)]), tmp_path / "v.parquet")
    whole = (tmp_path / "v.parquet").read_bytes()
    (tmp_path / "v.parquet").write_bytes(b"PAR1" + bytes(len(whole) // 2) + whole[len(whole) // 2 + 4 :])
    with pytest.raises(BadInput, match=r"v\.parquet: Dit is geen leesbaar Parquet"):
        Votes.from_parquet(tmp_path / "v.parquet", convention=PLUS)
    pq.write_table(pa.table({"who": [1], "statement": [1], "vote": [1]}), tmp_path / "w.parquet")
    with pytest.raises(BadInput, match="«participant» ontbreekt"):
        Votes.from_parquet(tmp_path / "w.parquet", convention=PLUS)
    with pytest.raises(BadInput, match="eens, of: oneens"):
        Votes.from_parquet(table_in(tmp_path / "x.parquet", [1], [1], [1]))


def test_ids_of_other_kinds_do_not_go_to_a_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="kan niet in een bestand"):
        write_parquet(from_cells([(("a", 1), 1, 1)]), tmp_path / "v.parquet")
