"""A session of pytest-lsp with the server, in a copy of examples/broken.

The client holds everything that the server sends against the protocol's own types.
"""

import asyncio
import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

PROJECT = pathlib.Path(os.environ["PROJECT"]).resolve()
METADATA = PROJECT / "force-app" / "main" / "default"
QUEUE = METADATA / "queues" / "Weekend_Cases.queue-meta.xml"
CONFIG = METADATA / "queueRoutingConfigs" / "Service_Cases.queueRoutingConfig-meta.xml"
CLOSED = METADATA / "queues" / "Service_Cases.queue-meta.xml"


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[os.environ["OMNIC"], "lsp"]))
async def client(lsp_client: LanguageClient):
    # It says that it can do what an editor can, and leaves these to its user.
    for request in [
        types.CLIENT_REGISTER_CAPABILITY,
        types.WORKSPACE_CODE_LENS_REFRESH,
        types.WORKSPACE_INLAY_HINT_REFRESH,
    ]:
        lsp_client.feature(request)(lambda _: None)
    capabilities = client_capabilities("visual-studio-code")
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities,
            workspace_folders=[types.WorkspaceFolder(uri=PROJECT.as_uri(), name="broken")],
        )
    )
    yield
    await lsp_client.shutdown_session()


class Buffer:
    """An open file, edited as an editor does."""

    def __init__(self, client: LanguageClient, path: pathlib.Path):
        self.client, self.path, self.version = client, path, 1
        self.text = path.read_text(encoding="utf-8")
        item = types.TextDocumentItem(uri=self.uri, language_id="xml", version=1, text=self.text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    @property
    def uri(self) -> str:
        return self.path.as_uri()

    @property
    def identifier(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(uri=self.uri)

    def position(self, words: str, inside: int = 0) -> types.Position:
        offset = self.text.index(words) + inside
        before = self.text[:offset]
        return types.Position(line=before.count("\n"), character=offset - (before.rfind("\n") + 1))

    def set(self, text: str) -> None:
        self.text, self.version = text, self.version + 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version),
                content_changes=[types.TextDocumentContentChangeWholeDocument(text=text)],
            )
        )

    def apply(self, edits) -> None:
        self.set(applied(self.text, edits))

    def save(self) -> None:
        self.path.write_text(self.text, encoding="utf-8")
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(text_document=self.identifier))

    async def codes(self) -> list[str]:
        """Asks, as this client can: the server answers when it has taken in all that was said."""
        report = await self.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(text_document=self.identifier)
        )
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        return [item.code for item in report.items]


def applied(text: str, edits) -> str:
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(position: types.Position) -> int:
        return starts[position.line] + position.character

    for edit in sorted(edits, key=lambda edit: offset(edit.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


def carry_out(edit: types.WorkspaceEdit, buffers: list[Buffer]) -> None:
    """What an editor does with a workspace edit."""
    for change in edit.document_changes or []:
        if isinstance(change, types.RenameFile):
            old, new = path_of(change.old_uri), path_of(change.new_uri)
            old.rename(new)
            for buffer in [buffer for buffer in buffers if buffer.path == old]:
                buffer.path = new
            continue
        assert isinstance(change, types.TextDocumentEdit)
        path = path_of(change.text_document.uri)
        for buffer in [buffer for buffer in buffers if buffer.path == path]:
            buffer.apply(change.edits)
            break
        else:
            path.write_text(applied(path.read_text(encoding="utf-8"), change.edits), encoding="utf-8")


def path_of(uri: str) -> pathlib.Path:
    from pygls.uris import to_fs_path

    return pathlib.Path(to_fs_path(uri))


@pytest.mark.asyncio
async def test_session(client: LanguageClient):
    # Files that are not open are told of by themselves.
    for _ in range(200):
        if CLOSED.as_uri() in client.diagnostics:
            break
        await asyncio.sleep(0.05)
    assert [item.code for item in client.diagnostics[CLOSED.as_uri()]] == ["OC111"]

    queue = Buffer(client, QUEUE)
    assert await queue.codes() == ["OC201"]

    hover = await client.text_document_hover_async(
        types.HoverParams(text_document=queue.identifier, position=queue.position("queueRoutingConfig", 3))
    )
    assert "routing configuration" in hover.contents.value.lower()

    # Half a name, then what completion makes of it.
    queue.set(queue.text.replace(">Service_Case<", ">Servi<"))
    completion = await client.text_document_completion_async(
        types.CompletionParams(text_document=queue.identifier, position=queue.position(">Servi<", 6))
    )
    items = completion.items if isinstance(completion, types.CompletionList) else completion
    [chosen] = [item for item in items if item.label == "Service_Cases"]
    queue.apply([chosen.text_edit])
    assert await queue.codes() == []
    queue.save()

    place = queue.position("Service_Cases</queueRoutingConfig>", 2)
    definition = await client.text_document_definition_async(
        types.DefinitionParams(text_document=queue.identifier, position=place)
    )
    [target] = definition if isinstance(definition, list) else [definition]
    uri = target.target_uri if isinstance(target, types.LocationLink) else target.uri
    assert path_of(uri) == CONFIG

    config = Buffer(client, CONFIG)
    assert "OC101" in await config.codes()
    start = config.position("PausedCapacityWeight")
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=config.identifier,
            range=types.Range(start=start, end=start),
            context=types.CodeActionContext(diagnostics=[]),
        )
    )
    [fix] = [action for action in actions if action.is_preferred and "pausedCapacityWeight" in action.title]
    carry_out(fix.edit, [queue, config])
    assert "OC101" not in await config.codes()
    config.save()

    rename = await client.text_document_rename_async(
        types.RenameParams(text_document=queue.identifier, position=place, new_name="Case_Work")
    )
    carry_out(rename, [queue, config])
    queue.save()
    renamed = METADATA / "queueRoutingConfigs" / "Case_Work.queueRoutingConfig-meta.xml"
    assert renamed.exists() and not CONFIG.exists()
    assert "<pausedCapacityWeight>0.25</pausedCapacityWeight>" in renamed.read_text(encoding="utf-8")
    for file in [QUEUE, CLOSED]:
        assert "<queueRoutingConfig>Case_Work</queueRoutingConfig>" in file.read_text(encoding="utf-8")
