-- Neovim 0.7, as Debian 12 has it: diagnostics are pushed, no watched files. nvim --headless -u NONE -l is not there yet.
local here = vim.fn.fnamemodify(vim.fn.expand('<sfile>'), ':p:h')
local lib = dofile(here .. '/lib.lua')
vim.o.swapfile = false
vim.o.hidden = true
vim.cmd('filetype on')

local command = { vim.env.DANGLINT_NODE, vim.env.DANGLINT_BIN, 'server', '--stdio' }
vim.cmd('edit shop/tasks.py')
local id = vim.lsp.start_client({ name = 'danglint', cmd = command, root_dir = vim.fn.getcwd() })
local client = vim.lsp.get_client_by_id(id)
vim.api.nvim_create_autocmd('FileType', {
  pattern = 'python',
  callback = function(event) vim.lsp.buf_attach_client(event.buf, id) end,
})
vim.lsp.buf_attach_client(0, id)

lib.scenario(client, function(buffer)
  vim.api.nvim_create_autocmd('BufWritePre', {
    buffer = buffer,
    callback = function()
      local params = {
        textDocument = vim.lsp.util.make_text_document_params(buffer),
        range = { start = { line = 0, character = 0 }, ['end'] = { line = 0, character = 0 } },
        context = { diagnostics = {}, only = { 'source.fixAll.danglint' } },
      }
      local answer = vim.lsp.buf_request_sync(buffer, 'textDocument/codeAction', params, 3000)
      for _, one in pairs(answer or {}) do
        for _, action in ipairs(one.result or {}) do
          vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
        end
      end
    end,
  })
  vim.cmd('silent write')
end)
vim.lsp.stop_client(id)
vim.cmd('qall!')
