"""What a process of a Spark executor does between tasks; it needs no Spark."""

import subprocess
import sys
import zipfile
from pathlib import Path

IN_A_PROCESS = """
import gc, importlib, sys
from importlib.util import find_spec
from pathlib import Path
from kg.engine.spark import _in_executor

archive = Path(sys.argv[1])
sys.path.append(str(archive))
import first_of_archive
step = lambda records: (("out", 2 * n) for n in records)
assert list(_in_executor(step, iter([1, 2]))) == [("out", 2), ("out", 4)]
archive.unlink()
importlib.invalidate_caches()
try:
    known = find_spec("second_of_archive") is not None
except FileNotFoundError:  # it would be there, by what was known of the archive
    known = True
print(known, gc.get_freeze_count() > 1000)
"""


def test_what_is_loaded_is_neither_read_nor_searched_again(tmp_path: Path) -> None:
    archive = tmp_path / "archive.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("first_of_archive.py", "")
        file.writestr("second_of_archive.py", "")
    done = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS, str(archive)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.split() == ["True", "True"], done.stderr
