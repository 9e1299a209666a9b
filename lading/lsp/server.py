"""The language server itself: what the editor says, and what it is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, TypeAlias, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from lading import __version__

from . import completion, hover, navigation
from .actions import FIX_ALL, actions, resolved
from .checking import Checked
from .diagnostics import diagnostics
from .published import Published
from .ruleset import NAMES
from .session import Opened, Session, path_of

log = logging.getLogger(__name__)

DELAY = 0.2
"""Seconds without a keystroke before a document is judged."""
PATIENCE = 30.0
"""Seconds that judging may take before the editor is told that it does."""
T = TypeVar("T")
Diagnostics: TypeAlias = dict[str, list[types.Diagnostic]]
"""By the URI of the document that they are shown in."""


class Protocol(LanguageServerProtocol):
    """Places are counted in UTF-16 code units, which every client understands (LSP 3.17, "Position Encoding")."""

    _client_capabilities = types.ClientCapabilities()

    @property
    def client_capabilities(self) -> types.ClientCapabilities:
        return self._client_capabilities

    @client_capabilities.setter
    def client_capabilities(self, value: types.ClientCapabilities) -> None:
        if value.general is not None:
            value.general.position_encodings = [types.PositionEncodingKind.Utf16]
        self._client_capabilities = value


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self) -> None:
        super().__init__("lading", __version__, protocol_cls=Protocol)
        logging.getLogger("asyncio").addFilter(_is_no_exit)
        self.session = Session()
        self.published = Published()
        self.workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="lading")
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.complaints: set[str] = set()

    # -- judging ------------------------------------------------------------------------------------

    def schedule(self, uri: str, delay: float = DELAY) -> None:
        """Judges a document soon, instead of what was planned for it before."""
        earlier = self.tasks.pop(uri, None)
        if earlier is not None:
            earlier.cancel()
        task = asyncio.get_running_loop().create_task(self._judge(uri, delay))
        self.tasks[uri] = task
        task.add_done_callback(lambda done: self.tasks.pop(uri) if self.tasks.get(uri) is done else None)

    async def _judge(self, uri: str, delay: float) -> None:
        await asyncio.sleep(delay)
        opened = self.session.opened(uri)
        if opened is None:
            return
        try:
            checked, found = await asyncio.wait_for(self.run(lambda: self._judged(opened)), PATIENCE)
        except TimeoutError:
            self._say(f"{opened.path.name}: judging it takes longer than {PATIENCE:.0f} seconds; it is left.")
            return
        except Exception as error:
            log.exception("judging %s failed", uri)
            self._say(f"{opened.path.name} could not be judged: {type(error).__name__}: {error}")
            return
        if self.session.is_current(opened):
            self._show(opened, checked, found)

    def _judged(self, opened: Opened) -> tuple[Checked | None, Diagnostics]:
        if not self.session.is_current(opened):  # while it waited for a free thread, somebody went on typing
            return None, {}
        checked = self.session.judge(opened)
        return checked, {} if checked is None else diagnostics(checked, opened.folder)

    def _show(self, opened: Opened, checked: Checked | None, found: Diagnostics) -> None:
        if checked is None:
            self.session.checked.pop(opened.uri, None)
        else:
            self.session.checked[opened.uri] = checked
            if checked.judge.complaint and checked.judge.complaint not in self.complaints:
                self.complaints.add(checked.judge.complaint)
                self._say(checked.judge.complaint)
        own = opened.path.as_uri()
        for uri, shown in self.published.replace(opened.uri, found).items():
            uri, version = (opened.uri, opened.version) if uri == own else (uri, None)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version))

    def forget(self, uri: str) -> None:
        """Takes back what a closed document has found."""
        task = self.tasks.pop(uri, None)
        if task is not None:
            task.cancel()
        self.session.close(uri)
        for concerned, shown in self.published.replace(uri, {}).items():
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(concerned, shown))

    def judge_all(self) -> None:
        self.session.judges.forget()
        for uri in self.session.uris:
            self.schedule(uri)

    # -- looking ------------------------------------------------------------------------------------

    async def run(self, work: Callable[[], T]) -> T:
        """Does something slow in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self.workers, work)

    async def fresh(self, uri: str) -> tuple[Opened, Checked] | None:
        """A document with what is found in it as it is now; None where it is no contract."""
        task = self.tasks.get(uri)
        if task is not None:
            await asyncio.wait([task])
        opened, checked = self.session.opened(uri), self.session.checked.get(uri)
        if opened is None or checked is None or checked.text != opened.text:
            return None
        return opened, checked

    async def seen(self, uri: str) -> tuple[Opened, Checked] | None:
        """A document as it can be walked through now, judged or not."""
        opened, checked = self.session.opened(uri), self.session.checked.get(uri)
        if opened is None:
            return None
        if checked is None or checked.text != opened.text or checked.documents is None:
            checked = await self.run(lambda: self.session.look(opened))
        return None if checked is None else (opened, checked)

    def _say(self, message: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))


def _is_no_exit(record: logging.LogRecord) -> bool:
    """On a port the end comes as `SystemExit` out of a connection, which is no failure to tell of."""
    return record.exc_info is None or record.exc_info[0] is not SystemExit


def make(ruleset: str = "") -> Server:
    """A server with all that it can do. `ruleset` is what it judges by where the editor says nothing."""
    server = Server()
    server.session.judges.wanted = ruleset
    _settings(server)
    _documents(server)
    _views(server)
    _mending(server)
    return server


def _settings(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(ls: Server, params: types.InitializeParams) -> None:
        folders = [folder.uri for folder in params.workspace_folders or ()] or [params.root_uri or ""]
        ls.session.roots = [path for uri in folders if (path := path_of(uri)) is not None]
        ls.session.judges.wanted = _ruleset(params.initialization_options) or ls.session.judges.wanted

    @server.feature(types.INITIALIZED)
    def initialized(ls: Server, _params: types.InitializedParams) -> None:
        workspace = ls.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace is not None else None
        if watched is None or not watched.dynamic_registration:
            return
        watchers = [types.FileSystemWatcher(f"**/{name}") for name in NAMES]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("rulesets", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.client_register_capability(types.RegistrationParams([registration]))

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configured(ls: Server, params: types.DidChangeConfigurationParams) -> None:
        ls.session.judges.wanted = _ruleset(params.settings)
        ls.judge_all()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(ls: Server, _params: types.DidChangeWatchedFilesParams) -> None:
        ls.judge_all()


def _ruleset(settings: Any) -> str:
    """`ruleset`, on top or under `lading`, of whatever an editor sends as its settings."""
    for holder in (settings, _member(settings, "lading")):
        found = _member(holder, "ruleset")
        if isinstance(found, str):
            return found
    return ""


def _member(holder: Any, name: str) -> Any:
    return holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)


def _documents(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        if ls.session.put(document.uri, document.text, document.version):
            ls.schedule(document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        text = ls.workspace.get_text_document(uri).source
        if ls.session.put(uri, text, params.text_document.version):
            for concerned in (uri, *ls.session.users(uri)):
                ls.schedule(concerned)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None and path.name in NAMES:
            ls.judge_all()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        ls.forget(params.text_document.uri)


def _views(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(ls: Server, params: types.HoverParams) -> types.Hover | None:
        seen = await ls.seen(params.text_document.uri)
        if seen is None:
            return None
        opened, checked = seen
        return await ls.run(
            lambda: (
                hover.of_reference(checked, opened.folder, params.position)
                or hover.of_findings(checked, params.position)
            )
        )

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def defined(ls: Server, params: types.DefinitionParams) -> types.Location | None:
        seen = await ls.seen(params.text_document.uri)
        if seen is None:
            return None
        opened, checked = seen
        return await ls.run(lambda: navigation.definition(checked, opened.folder, params.position))

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def outlined(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        seen = await ls.seen(params.text_document.uri)
        document = seen[1].document if seen is not None else None
        return [] if document is None else await ls.run(lambda: navigation.symbols(document))

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["#", "/", "'", '"', " "])
    )
    async def completed(ls: Server, params: types.CompletionParams) -> list[types.CompletionItem]:
        opened = ls.session.opened(params.text_document.uri)
        if opened is None:
            return []
        # What is being typed is often not readable; what was readable last knows the names.
        checked = ls.session.checked.get(opened.uri) or await ls.run(lambda: ls.session.look(opened))
        if checked is None:
            return []
        lines = opened.text.split("\n")
        return await ls.run(lambda: completion.completions(checked, lines, opened.folder, params.position))


def _mending(server: Server) -> None:
    options = types.CodeActionOptions(
        code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True
    )

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def offered(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        fresh = await ls.fresh(params.text_document.uri)
        if fresh is None:
            return []
        opened, checked = fresh
        today = datetime.now(UTC).date()
        only = params.context.only
        found = await ls.run(lambda: list(actions(checked, opened.folder, params.range, only, today)))
        for action in found:
            if action.data is not None:
                action.data["uri"] = opened.uri
                if not _resolves(ls):
                    await _fill(ls, action)
        return found

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def chosen(ls: Server, action: types.CodeAction) -> types.CodeAction:
        await _fill(ls, action)
        return action


def _resolves(ls: Server) -> bool:
    """Whether the editor asks for the edit of an action once it is chosen."""
    document = ls.client_capabilities.text_document
    action = document.code_action if document is not None else None
    return (
        action is not None
        and action.resolve_support is not None
        and "edit" in action.resolve_support.properties
    )


async def _fill(ls: Server, action: types.CodeAction) -> None:
    uri, code = _member(action.data, "uri"), _member(action.data, "code")
    fresh = await ls.fresh(uri) if isinstance(uri, str) else None
    if fresh is not None and isinstance(code, str):
        opened, checked = fresh
        action.edit = await ls.run(lambda: resolved(checked, opened.folder, code))
