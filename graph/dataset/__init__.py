"""Dataset versions: write, publish, open, compare, verify, roll back and prune them.

A data folder holds

```
versions/<id>/   entities, sources, claims, replies, judgements, links, names (.parquet),
                 manifest.json, lease
current          the id of the version that readers get
lock             held by the writer
```

A version never changes once it is there. Its id is the digest of its records, so the same records
are the same version on any machine, in any order of loading, by whatever program the files were
written. Whatever dies on the way leaves a hidden folder in `versions/` that the next writer
removes; `current` is replaced last, in one step.

Linux and macOS, on local file systems: the locks are `flock`, which ends with its holder.
"""

from graph.dataset.archive import Archive
from graph.dataset.changes import Changes, Key
from graph.dataset.compare import Diff
from graph.dataset.manifest import FileMark, Manifest, VersionInfo
from graph.dataset.reader import Dataset
from graph.dataset.score_edits import EditKind, ScoreEdit
from graph.dataset.writer import Writer

__all__ = [
    "Archive",
    "Changes",
    "Dataset",
    "Diff",
    "EditKind",
    "FileMark",
    "Key",
    "Manifest",
    "ScoreEdit",
    "VersionInfo",
    "Writer",
]
