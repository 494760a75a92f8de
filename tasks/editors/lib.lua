-- What both Neovim scripts share. Each check prints `ok NAME` or `not ok NAME: WHY`; run.mjs counts the lines.
local M = {}

function M.check(name, passed, why)
  io.stdout:write(passed and ('ok ' .. name .. '\n') or ('not ok ' .. name .. ': ' .. tostring(why) .. '\n'))
end

function M.wait(test)
  return vim.wait(60000, test, 50)
end

function M.codes(buffer)
  local found = {}
  for _, item in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(found, tostring(item.code or (item.user_data and item.user_data.lsp and item.user_data.lsp.code)))
  end
  table.sort(found)
  return table.concat(found, ' ')
end

function M.sees(name, buffer, expected)
  M.wait(function() return M.codes(buffer) == expected end)
  M.check(name, M.codes(buffer) == expected, '"' .. M.codes(buffer) .. '" instead of "' .. expected .. '"')
end

function M.read(path)
  local file = assert(io.open(path))
  local text = file:read('*a')
  file:close()
  return text
end

-- The action of the client whose title holds some words, with its edit.
function M.action(client, buffer, words)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = { start = { line = 0, character = 0 }, ['end'] = { line = 99, character = 0 } },
    context = { diagnostics = {}, only = { 'quickfix' } },
  }
  local answer = client.request_sync('textDocument/codeAction', params, 60000, buffer)
  for _, action in ipairs(answer and answer.result or {}) do
    if action.title:find(words, 1, true) then
      if action.edit then return action end
      local resolved = client.request_sync('codeAction/resolve', action, 60000, buffer)
      return resolved and resolved.result
    end
  end
end

function M.scenario(client, fix_on_save)
  local root = vim.fn.getcwd()
  local tasks = vim.fn.bufnr()
  M.sees('a finding is seen', tasks, 'DNE101')
  fix_on_save(tasks)
  local saved = M.read('shop/tasks.py')
  M.check('fix on save is on the disk', saved:find('.first()', 1, true) and saved:find('is None', 1, true), saved)
  M.sees('it is gone then', tasks, '')

  vim.cmd('edit shop/lookup.py')
  local lookup = vim.fn.bufnr()
  M.sees('a second file', lookup, 'TWO001')
  local action = M.action(client, lookup, 'Say so in both files')
  if action then vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding) end
  vim.cmd('silent! wall')
  local both = M.read('shop/lookup.py'):sub(1, 8) == '# getter' and M.read('shop/callers.py'):sub(1, 8) == '# caller'
  M.check('a quick fix in two files', both, action and 'files are as before' or 'not offered')

  vim.cmd('edit shop/alerts.py')
  local alerts = vim.fn.bufnr()
  M.sees('a file that depends on the models', alerts, 'DNE004')
  os.rename(root .. '/shop/models.py', root .. '/shop/records.py')
  M.sees('the models are renamed: told anew', alerts, '')
end

return M
