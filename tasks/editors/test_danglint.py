"""The built server under a client that announces what recorded versions of real editors announce."""

import asyncio
import os
import pathlib
import shutil

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities, make_test_lsp_client

SERVER = [os.environ["DANGLINT_NODE"], os.environ["DANGLINT_BIN"], "server", "--stdio"]
PROJECT = pathlib.Path(__file__).parent / "project"
CLIENTS = [
    "visual_studio_code_v1.65.2",
    "neovim_v0.6.1",
    "neovim_v0.7.0",
    "neovim_v0.8.0",
    "neovim_v0.9.1",
    "neovim_v0.10.0",
    "neovim_v0.11.0",
    "emacs_v29.1",
]


def editor():
    """A client that answers what it announces."""
    client = make_test_lsp_client()
    client.watches = False

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams):
        if any(one.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES for one in params.registrations):
            client.watches = True

    @client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
    def refresh(_):
        return None

    return client


@pytest_lsp.fixture(params=CLIENTS, config=ClientServerConfig(server_command=SERVER, client_factory=editor))
async def client(request, lsp_client: LanguageClient, tmp_path):
    root = tmp_path / "project"
    shutil.copytree(PROJECT, root)
    name, version = request.param.rsplit("_v", 1)
    capabilities = client_capabilities(f"{name.replace('_', '-')}@v{version}")
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities,
            process_id=os.getpid(),
            root_uri=root.as_uri(),
            workspace_folders=[types.WorkspaceFolder(uri=root.as_uri(), name="project")],
        )
    )
    lsp_client.root = root
    yield
    await lsp_client.shutdown_session()


def open_file(client, path):
    file = client.root / path
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(
            types.TextDocumentItem(uri=file.as_uri(), language_id="python", version=1, text=file.read_text())
        )
    )
    return file.as_uri()


async def codes(client, uri, expected):
    """Waits until the diagnostics of a file are as expected."""
    for _ in range(200):
        found = [one.code for one in client.diagnostics.get(uri, [])]
        if uri in client.diagnostics and found == expected:
            return
        await asyncio.sleep(0.1)
    assert [one.code for one in client.diagnostics.get(uri, [])] == expected


async def actions(client, uri, kind):
    everything = types.Range(types.Position(0, 0), types.Position(99, 0))
    return await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=types.TextDocumentIdentifier(uri),
            range=everything,
            context=types.CodeActionContext(diagnostics=[], only=[kind]),
        )
    )


@pytest.mark.asyncio
async def test_findings_and_fix_on_save(client: LanguageClient):
    uri = open_file(client, "shop/tasks.py")
    await codes(client, uri, ["DNE101"])
    [action] = await actions(client, uri, "source.fixAll.danglint")
    edit = action.edit
    texts = edit.changes[uri] if edit.changes else edit.document_changes[0].edits
    assert any(".first()" in one.new_text or "filter" in one.new_text for one in texts)


@pytest.mark.asyncio
async def test_quick_fix_in_two_files(client: LanguageClient):
    uri = open_file(client, "shop/lookup.py")
    await codes(client, uri, ["TWO001"])
    found = [one for one in await actions(client, uri, "quickfix") if "both files" in one.title]
    action = found[0] if found[0].edit else await client.code_action_resolve_async(found[0])
    edit = action.edit
    touched = list(edit.changes) if edit.changes else [one.text_document.uri for one in edit.document_changes]
    assert touched == [uri, (client.root / "shop/callers.py").as_uri()]


@pytest.mark.asyncio
async def test_renamed_models(client: LanguageClient):
    uri = open_file(client, "shop/alerts.py")
    await codes(client, uri, ["DNE004"])
    before, after = client.root / "shop/models.py", client.root / "shop/records.py"
    before.rename(after)
    if client.watches:
        changes = [
            types.FileEvent(before.as_uri(), types.FileChangeType.Deleted),
            types.FileEvent(after.as_uri(), types.FileChangeType.Created),
        ]
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))
    await codes(client, uri, [])
