"""Built models of versions, kept while they are read: a version never changes, so its digest names its model."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock

from contracts import model
from contracts.model import EventApi, HttpApi
from contracts.references import from_files

Api = HttpApi | EventApi
Files = Callable[[], Mapping[str, bytes]]


class Library:
    """Keeps the most recently read models, as many as `bytes_kept` of their documents."""

    def __init__(self, bytes_kept: int = 24 * 1024 * 1024) -> None:
        self._most = bytes_kept
        self._kept: OrderedDict[str, tuple[Api, int]] = OrderedDict()
        self._building: dict[str, Lock] = {}
        self._lock = Lock()

    def read(self, digest: str, root: str, files: Files) -> Api:
        """The model of a version; `files` is asked for its contents only where the model is not at hand."""
        with self._lock:
            if (kept := self._kept.get(digest)) is not None:
                self._kept.move_to_end(digest)
                return kept[0]
            building = self._building.setdefault(digest, Lock())
        with building:  # two readers who open a large contract at once build it once
            with self._lock:
                if (kept := self._kept.get(digest)) is not None:
                    return kept[0]
            contents = files()
            api = model.build(from_files(contents, root))
            self._keep(digest, api, sum(map(len, contents.values())))
            return api

    def _keep(self, digest: str, api: Api, size: int) -> None:
        with self._lock:
            self._building.pop(digest, None)
            self._kept[digest] = (api, size)
            while len(self._kept) > 1 and sum(each for _, each in self._kept.values()) > self._most:
                self._kept.popitem(last=False)
