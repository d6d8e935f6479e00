"""The command line on real stores: what it prints, what it writes, how it ends."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import main
from core import VERSION
from core.jobs import arguments, mishap
from core.store import Store, keys
from tests.support import keyring_backend

ROOT = Path(__file__).resolve().parent.parent
PASSPHRASE = "four plain words here"


@dataclass(frozen=True)
class Ran:
    returncode: int
    stdout: str
    stderr: str


class Shop:
    """A folder with a store, `shop.foothold`, and its key file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "shop.foothold"
        self.key = folder / "key.txt"
        self.key.write_text(PASSPHRASE + "\n", "utf-8")
        self.key.chmod(0o600)

    def run(self, *words: str | Path, key: bool = True, apart: bool = False, **environment: str) -> Ran:
        """`apart`: in a process of its own, which is slow; else by the same function in this one."""
        given = [*map(str, words), *(["--key-file", str(self.key)] if key else [])]
        environment = {"FOOTHOLD_TODAY": "2026-11-22", **environment}
        with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as stack:
            patch.chdir(self.folder)
            for name, value in environment.items():
                patch.setenv(name, value)
            if apart:
                done = subprocess.run(
                    [sys.executable, str(ROOT / "main.py"), *given],
                    capture_output=True,
                    encoding="utf-8",
                    stdin=subprocess.DEVNULL,
                )
                return Ran(done.returncode, done.stdout, done.stderr)
            patch.setattr("sys.stdin", io.StringIO())
            out = stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
            err = stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
            try:
                code = main.main(given)
            except SystemExit as end:
                code = int(end.code or 0)
            return Ran(code, out.getvalue(), err.getvalue())

    def done(self, *words: str | Path, **more: object) -> str:
        """Standard output of a call that succeeds and says nothing on standard error."""
        ran = self.run(*words, **more)  # type: ignore[arg-type]
        assert (ran.returncode, ran.stderr) == (0, "")
        return ran.stdout

    def refused(self, *words: str | Path, **more: object) -> str:
        """The one line on standard error of a call that cannot be done."""
        ran = self.run(*words, **more)  # type: ignore[arg-type]
        assert ran.returncode == 1
        assert ran.stdout == ""
        assert ran.stderr.startswith("foothold: ")
        assert ran.stderr.count("\n") == 1
        assert "Traceback" not in ran.stderr
        return ran.stderr

    def table(self, text: str, name: str = "in.csv") -> Path:
        (self.folder / name).write_text(text, "utf-8")
        return self.folder / name


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = Shop(tmp_path)
    made.done("new", made.store, "--business", "Shop", "--owner", "Ann Lee")
    return made


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    made = Shop(tmp_path_factory.mktemp("sample"))
    made.done("new", made.store, "--sample")
    return made


PEOPLE = "First name,Last name,E-mail,School\nAna,Ruiz,ana@example.edu,Northwestern\nBo,Lind,bo@example.edu,\n,,,\n"


def test_the_version_is_the_projects() -> None:
    ran = subprocess.run([sys.executable, ROOT / "main.py", "--version"], capture_output=True, text=True)
    assert ran.stdout == f"Foothold {VERSION}\n"
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_main_is_small() -> None:
    assert len((ROOT / "main.py").read_text("utf-8").splitlines()) < 120


def test_every_verb_is_known_to_main_and_to_the_parser() -> None:
    helped = arguments.verb_parser().format_help().splitlines()
    assert {line.split()[0] for line in helped if line.startswith("    ") and line[4] != " "} == main.VERBS


# --- one verb after the other -----------------------------------------------------------------------------------------


def test_the_program_is_called_as_it_is_written(shop: Shop) -> None:
    assert "is sound" in shop.done("check", shop.store, apart=True)
    assert "no noun" in shop.refused("list", shop.store, "x", apart=True)
    ran = shop.run("list", apart=True, key=False)
    assert (ran.returncode, ran.stdout) == (2, "")


def test_new_makes_a_store_and_never_overwrites(shop: Shop) -> None:
    with Store.open(shop.store, keys.from_secret(PASSPHRASE, keys.salt_of(shop.store))) as store:
        assert store.check() == []
    before = shop.store.read_bytes()
    assert "there already" in shop.refused("new", shop.store)
    assert shop.store.read_bytes() == before


def test_new_with_a_keyring_and_its_sheet(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    said = shop.done("new", shop.store, "--sheet", "sheet.pdf", key=False)
    assert "keyring" in said
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert "No candidates" in shop.done("list", shop.store, "candidates", key=False)


def test_new_without_keyring_and_passphrase_makes_none(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    assert "no keyring" in shop.refused("new", shop.store, key=False, **{keyring_backend.VARIABLE: "none"})
    assert not shop.store.exists()


def test_import_list_show_undo_redo_history(shop: Shop) -> None:
    path = shop.table(PEOPLE)
    dry = shop.done("import", shop.store, path, "--dry-run")
    assert "2 new" in dry
    assert "dry run" in dry
    assert json.loads(shop.done("list", shop.store, "candidates", "--json")) == []
    said = shop.done("import", shop.store, path)
    assert "Candidates: 2 new." in said
    rows = json.loads(shop.done("list", shop.store, "candidates", "--json"))
    assert [row["first_name"] for row in rows] == ["Ana", "Bo"]
    assert "Ana" in shop.done("list", shop.store, "candidates", "--filter", "RUIZ")
    assert "Ana" not in shop.done("list", shop.store, "candidates", "--filter", "lind")
    one = json.loads(shop.done("show", shop.store, "candidates", "ana@example.edu", "--json"))
    assert one["parts"]["candidate-emails"][0]["address"] == "ana@example.edu"
    for ref in ("C-001", "1", "Ana Ruiz", one["id"], one["id"][:8]):
        assert "Ruiz" in shop.done("show", shop.store, "candidates", ref)
    assert "Undid: Imported candidates" in shop.done("undo", shop.store)
    assert "No candidates" in shop.done("list", shop.store, "candidates")
    assert "nothing to undo" in shop.refused("undo", shop.store)
    assert "Did again" in shop.done("redo", shop.store)
    history = json.loads(shop.done("history", shop.store, "--json"))
    assert [entry["kind"] for entry in history[:3]] == ["redo", "undo", "do"]
    assert "first name: - → Ana" in shop.done("history", shop.store, "candidates", "C-001")


def test_undo_of_more_than_there_is_says_how_far_it_came(shop: Shop) -> None:
    shop.done("import", shop.store, shop.table("- one\n", "a.txt"), "--as", "to-dos")
    shop.done("import", shop.store, shop.table("- two\n", "b.txt"), "--as", "to-dos")
    ran = shop.run("undo", shop.store, "--count", "5")
    assert ran.returncode == 1
    assert ran.stdout.count("Undid") == 2
    assert ran.stderr.startswith("foothold: 2 changes of 5")
    assert "No to-dos" in shop.done("list", shop.store, "to-dos")


def test_import_says_each_row_that_is_wrong(shop: Shop) -> None:
    path = shop.table("First name,E-mail\nAna,ana@example.edu\nBo,nothing\n")
    said = json.loads(shop.done("import", shop.store, path, "--json"))
    assert (said["new"], said["wrong"]) == (1, 1)
    assert said["rows"][1]["line"] == 3
    assert "nothing" in said["rows"][1]["problems"][0]
    assert "--map" in shop.refused("import", shop.store, shop.table("A,B\n1,2\n", "b.csv"))
    mapped = shop.table('{"first_name": "A", "last_name": "B"}', "map.json")
    shop.done("import", shop.store, shop.folder / "b.csv", "--map", mapped)
    assert "0 rows" in shop.refused("import", shop.store, shop.table("First name,E-mail\n", "c.csv"))


def test_check_and_backup(shop: Shop) -> None:
    assert "is sound" in shop.done("check", shop.store)
    shop.done("backup", shop.store, "copy.foothold")
    assert json.loads(shop.done("check", "copy.foothold", "--json")) == {"sound": True, "problems": []}
    assert "there already" in shop.refused("backup", shop.store, "copy.foothold")
    shop.done("backup", shop.store, "copy.foothold", "--force")
    assert "the store itself" in shop.refused("backup", shop.store, shop.store, "--force")
    data = bytearray((shop.folder / "copy.foothold").read_bytes())
    middle = len(data) // 8192 * 4096 + 50
    data[middle : middle + 40] = bytes(b ^ 0xFF for b in data[middle : middle + 40])
    (shop.folder / "copy.foothold").write_bytes(data)
    ran = shop.run("check", "copy.foothold")
    assert ran.returncode == 1
    assert "damaged" in ran.stdout
    assert "last backup" in ran.stderr


def test_papers_and_files_of_the_sample(sample: Shop) -> None:
    out = sample.folder / "out"
    out.mkdir()
    letters = json.loads(sample.done("letter", sample.store, "--all", "--out", out, "--json"))
    assert letters["files"]
    assert all(Path(file).read_bytes().startswith(b"%PDF") for file in letters["files"])
    sample.done("report", sample.store, "--candidate", "C-001", "--out", out / "r.pdf")
    assert "there already" in sample.refused("report", sample.store, "--candidate", "C-001", "--out", out / "r.pdf")
    sample.done("report", sample.store, "--candidate", "C-001", "--out", out / "r.pdf", "--force")
    code = next(
        r for r in json.loads(sample.done("list", sample.store, "applications", "--json")) if not r["candidate_id"]
    )
    project = json.loads(sample.done("show", sample.store, "projects", code["project_id"], "--json"))
    sample.done("report", sample.store, "--code", f"P-{project['number']:03} {code['code']}", "--out", out / "b.pdf")
    sample.done("posting", sample.store, "--project", "P-009", "--out", out / "post.pdf")
    assert (out / "post.pdf").read_bytes().startswith(b"%PDF")
    sample.done("posting", sample.store, "--project", "P-009", "--out", out / "post.txt")
    assert "How to apply" in (out / "post.txt").read_text("utf-8")
    wrong = sample.refused("posting", sample.store, "--project", "P-009", "--out", out / "post.docx")
    assert "ending .pdf or .txt" in wrong
    sample.done("summary", sample.store, "--out", out / "s.pdf")
    sample.done("summary", sample.store, "--from", "2026-01-01", "--to", "2026-06-30", "--out", out / "half.pdf")
    sample.done("export", sample.store, out / "all.json")
    assert json.loads((out / "all.json").read_text("utf-8"))["nouns"]["candidates"]
    sample.done("export", sample.store, out / "p.xlsx", "--what", "projects")
    sample.done("share", sample.store, "--school", "UIC", "--out", out)
    kinds = [row["kind"] for row in json.loads(sample.done("list", sample.store, "disclosures", "--json"))]
    assert {"letter", "report", "posting", "export", "share"} <= set(kinds)
    assert "no folder" in sample.refused("letter", sample.store, "--all", "--out", out / "none")
    assert "no program" in sample.refused("summary", sample.store, "--program", "X", "--out", out / "x.pdf")


def test_what_only_reads_runs_beside_an_open_desk(sample: Shop) -> None:
    key = keys.from_secret(PASSPHRASE, keys.salt_of(sample.store))
    beside = sample.folder / "beside"
    beside.mkdir()
    with Store.open(sample.store, key):
        sample.done("list", sample.store, "candidates")
        sample.done("show", sample.store, "candidates", "C-001")
        sample.done("history", sample.store)
        sample.done("check", sample.store)
        sample.done("backup", sample.store, beside / "b.foothold")
        sample.done("export", sample.store, beside / "c.csv")
        sample.done("report", sample.store, "--candidate", "C-001", "--out", beside / "r.pdf")
        sample.done("summary", sample.store, "--out", beside / "s.pdf")
        for words in (
            ["undo"],
            ["redo"],
            ["letter", "--all", "--out", "."],
            ["share", "--school", "UIC", "--out", "."],
        ):
            said = sample.refused(words[0], sample.store, *words[1:])
            assert "is open for writing in another Foothold" in said


# --- what goes wrong --------------------------------------------------------------------------------------------------


def test_a_wrong_key_and_no_key(shop: Shop) -> None:
    shop.key.write_text("another passphrase\n", "utf-8")
    assert "does not open with this key" in shop.refused("list", shop.store, "candidates")
    assert "--key-file" in shop.refused("list", shop.store, "candidates", key=False)


@pytest.mark.platform("linux")
def test_a_key_file_that_others_can_read_is_refused(shop: Shop) -> None:
    shop.key.chmod(0o644)
    assert "chmod 600" in shop.refused("list", shop.store, "candidates")


def test_what_is_not_there_is_said(shop: Shop) -> None:
    assert "no store nowhere.foothold" in shop.refused("list", "nowhere.foothold", "candidates")
    assert "no noun “projekts”" in shop.refused("list", shop.store, "projekts")
    assert "none of the candidates" in shop.refused("show", shop.store, "candidates", "C-999")
    assert "no file" in shop.refused("import", shop.store, "lost.csv")


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["letter", "a.foothold", "--out", "."],
        ["letter", "a.foothold", "--offer", "x", "--all", "--out", "."],
        ["import", "a.foothold", "b.csv", "--as", "skills"],
        ["summary", "a.foothold", "--from", "yesterday", "--out", "a.pdf"],
        ["undo", "a.foothold", "--count", "0"],
        ["tour", "dir", "--theme", "pink"],
        ["a.foothold", "b.foothold"],
        ["--nonsense"],
    ],
)
def test_wrong_usage_exits_with_2(tmp_path: Path, words: list[str]) -> None:
    ran = Shop(tmp_path).run(*words, key=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith("usage: foothold")
    assert ran.stdout == ""


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_fixed_day_that_is_none_is_said(shop: Shop, day: str) -> None:
    assert "FOOTHOLD_TODAY" in shop.refused("check", shop.store, FOOTHOLD_TODAY=day)


def test_days_too_far_off_are_said(shop: Shop) -> None:
    for start, end in (("0001-01-01", "2026-01-01"), ("2026-01-01", "9999-12-31")):
        said = shop.refused("summary", shop.store, "--from", start, "--to", end, "--out", "s.pdf")
        assert "too far off" in said


@pytest.mark.platform("linux")
@pytest.mark.parametrize("verb", ["list s candidates", "import s in.csv", "backup s b", "new n", "export s a.json"])
def test_a_full_disk_is_one_line(shop: Shop, verb: str) -> None:
    shop.table(PEOPLE)
    words = [str(shop.store) if word == "s" else word for word in verb.split()]
    command = f"ulimit -f 4; {sys.executable} {ROOT}/main.py {' '.join(words)} --key-file {shop.key}"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=shop.folder)
    assert ran.returncode == 1
    assert ran.stderr.startswith("foothold: The disk")
    assert ran.stderr.count("\n") == 1
    assert not {"b", "n", "a.json"} & {path.name for path in shop.folder.iterdir()}
    assert "is sound" in shop.done("check", shop.store)


@pytest.mark.platform("linux")
def test_without_a_screen_the_desk_says_so(shop: Shop) -> None:
    assert "no screen" in shop.refused(shop.store, apart=True, QT_QPA_PLATFORM="")


def test_names_survive_a_console_of_another_encoding(shop: Shop) -> None:
    shop.done("import", shop.store, shop.table("First name,E-mail\nЗоя 李 ż,zoe@example.edu\n"))
    assert "Зоя 李 ż" in shop.done("list", shop.store, "candidates", apart=True, PYTHONIOENCODING="cp1252")


def test_a_reader_that_has_seen_enough_ends_it_quietly(sample: Shop) -> None:
    words = ["list", sample.store, "candidates", "--json", "--key-file", sample.key]
    command = [sys.executable, ROOT / "main.py", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 1


def test_an_error_of_ours_is_one_line_and_a_report_without_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.jobs import verbs

    def broken(*_: object, **__: object) -> None:
        secret = "Ana Ruiz"
        raise RuntimeError(f"cannot write {secret}")

    monkeypatch.setattr(verbs, "run", broken)
    assert main.main(["list", "a.foothold", "candidates"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("foothold: Something went wrong in Foothold itself (RuntimeError). A report")
    assert "Ana" not in said.err
    (report,) = tmp_path.rglob("report-*.txt")
    assert str(report) in said.err
    words = report.read_text("utf-8")
    assert "RuntimeError" in words
    assert "test_main.py" in words
    assert "Ana" not in words
    assert str(tmp_path) not in words


def test_a_report_names_causes_too() -> None:
    try:
        try:
            raise KeyError("Ana")
        except KeyError as error:
            raise RuntimeError("Ana") from error
    except RuntimeError as error:
        words = mishap.words_of(error)
    assert "builtins.RuntimeError" in words
    assert "builtins.KeyError" in words
    assert "Ana" not in words
