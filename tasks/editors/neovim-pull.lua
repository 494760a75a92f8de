-- A recent Neovim with its own configuration of servers. As it is, it asks for diagnostics and cannot be told to ask again, so
-- that they are pushed; DANGLINT_PULL=1 teaches it the one request that it lacks, and everything is asked for.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
local lib = dofile(here .. '/lib.lua')
vim.o.swapfile = false
vim.cmd('filetype on')

local pulls = vim.env.DANGLINT_PULL == '1'
local capabilities = vim.lsp.protocol.make_client_capabilities()
if pulls then
  capabilities.workspace.diagnostics = { refreshSupport = true }
  vim.lsp.handlers['workspace/diagnostic/refresh'] = function(_, _, context)
    local client = vim.lsp.get_client_by_id(context.client_id)
    for buffer in pairs(client.attached_buffers) do
      client:request('textDocument/diagnostic', { textDocument = vim.lsp.util.make_text_document_params(buffer) }, nil, buffer)
    end
    return vim.NIL
  end
end

vim.lsp.config('danglint', {
  capabilities = capabilities,
  cmd = { vim.env.DANGLINT_NODE, vim.env.DANGLINT_BIN, 'server' },
  filetypes = { 'python' },
  root_markers = { 'danglint.toml', 'pyproject.toml', '.git' },
})
vim.lsp.enable('danglint')
vim.cmd('edit shop/tasks.py')
lib.wait(function() return #vim.lsp.get_clients({ name = 'danglint' }) > 0 end)
local client = vim.lsp.get_clients({ name = 'danglint' })[1]
lib.wait(function() return client.initialized end)
lib.check(pulls and 'diagnostics are asked for' or 'diagnostics are pushed', client:supports_method('textDocument/diagnostic') == pulls, 'it is the other way round')

local bridge = {
  offset_encoding = client.offset_encoding,
  request_sync = function(...) return client:request_sync(...) end,
}
lib.scenario(bridge, function(buffer)
  vim.api.nvim_create_autocmd('BufWritePre', {
    buffer = buffer,
    callback = function()
      vim.lsp.buf.code_action({
        context = { only = { 'source.fixAll.danglint' }, diagnostics = {} },
        apply = true,
      })
      vim.wait(3000, function() return vim.bo[buffer].modified end, 20)
    end,
  })
  vim.cmd('silent write')
  lib.wait(function() return lib.read('shop/tasks.py'):find('.first()', 1, true) ~= nil end)
end)
client:stop()
vim.cmd('qall!')
