-- A session of Neovim with the server, in a copy of examples/broken. Ends with status 0 if all went well.

local folder = vim.fn.getcwd() .. "/force-app/main/default/"

local function say(words)
  io.stdout:write(words .. "\n")
end

local function read(path)
  return table.concat(vim.fn.readfile(folder .. path, "b"), "\n")
end

local function check(what, holds)
  if not holds then
    error("failed: " .. what)
  end
  say("neovim: " .. what)
end

local function eventually(what, holds)
  local answered = vim.wait(30000, function()
    return holds()
  end, 20)
  check(what, answered)
end

-- Runs the block of docs/editors.md that has these words in it, as a user's configuration does.
local function run_from_the_page(words)
  local page = table.concat(vim.fn.readfile(vim.env.PAGE), "\n")
  local found
  for block in page:gmatch("```lua\n(.-)\n```") do
    if block:find(words, 1, true) then
      check("one block of the page has " .. words, found == nil)
      found = block
    end
  end
  check("the page has a block with " .. words, found ~= nil)
  assert(loadstring(found, "=docs/editors.md"))()
end

-- The client that the page's configuration starts.
local function started()
  eventually("the server starts", function()
    return vim.g.omnic_client ~= nil
  end)
  local id = vim.g.omnic_client
  eventually("the session is open", function()
    local client = vim.lsp.get_client_by_id(id)
    return client ~= nil and client.initialized
  end)
  return id
end

local function open(path)
  vim.cmd("edit " .. vim.fn.fnameescape(folder .. path))
  return vim.api.nvim_get_current_buf()
end

local function codes(buffer)
  return vim.tbl_map(function(found)
    return found.code or (found.user_data and found.user_data.lsp and found.user_data.lsp.code)
  end, vim.diagnostic.get(buffer))
end

-- Puts the cursor on the first `words`.
local function go_to(words)
  vim.fn.cursor(1, 1)
  check("`" .. words .. "` is there", vim.fn.search("\\V" .. words, "cW") > 0)
end

local function session()
  run_from_the_page("vim.lsp.start_client")
  run_from_the_page("OmnicGraph")
  vim.cmd("filetype on")
  local queue = open("queues/Weekend_Cases.queue-meta.xml")
  local id = started()
  eventually("a name that is nobody's is found", function()
    return vim.tbl_contains(codes(queue), "OC201")
  end)

  go_to("queueRoutingConfig")
  vim.lsp.buf.hover()
  local words = ""
  eventually("hover says what the element means", function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= "" then
        words = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
        return true
      end
    end
  end)
  check("in words: " .. words:gsub("\n.*", ""), #words > 20)

  -- Half a name, then what completion makes of it.
  go_to("Service_Case</queueRoutingConfig>")
  vim.cmd("normal! cwServi")
  local params = vim.lsp.util.make_position_params()
  params.position.character = params.position.character + 1
  local answers = vim.lsp.buf_request_sync(queue, "textDocument/completion", params, 10000)
  local items = answers[id].result.items or answers[id].result
  local chosen
  for _, item in ipairs(items) do
    if item.label == "Service_Cases" then
      chosen = item
    end
  end
  check("a routing configuration's name completes", chosen ~= nil and chosen.textEdit ~= nil)
  vim.lsp.util.apply_text_edits({ chosen.textEdit }, queue, vim.lsp.get_client_by_id(id).offset_encoding)
  eventually("and the finding goes", function()
    return not vim.tbl_contains(codes(queue), "OC201")
  end)
  vim.cmd("write")

  go_to("Service_Cases</queueRoutingConfig>")
  vim.lsp.buf.definition()
  eventually("it leads to its file", function()
    return vim.api.nvim_buf_get_name(0):match("queueRoutingConfigs/Service_Cases%.queueRoutingConfig%-meta%.xml$") ~= nil
  end)
  local config = vim.api.nvim_get_current_buf()
  check("which has the same client", vim.lsp.buf_is_attached(config, id))
  eventually("and which has findings of its own", function()
    return vim.tbl_contains(codes(config), "OC101")
  end)

  go_to("QueueRoutingConfig")
  vim.cmd("OmnicGraph")
  eventually(":OmnicGraph shows the graph", function()
    return vim.bo.buftype == "nofile" and vim.fn.getline(1) == "routing configuration `Service_Cases`"
  end)
  -- Without a screen, what is told as an error is one.
  local _, told = pcall(vim.cmd, "OmnicGraph")
  check("and where there is no server says so", tostring(told):match("omnic is not attached") ~= nil)
  vim.cmd("bwipeout!")

  -- A fix, chosen as a person does.
  vim.ui.select = function(actions, _, choose)
    for _, action in ipairs(actions) do
      local title = (action[2] or action.action or action).title
      if title:match("pausedCapacityWeight") then
        return choose(action)
      end
    end
    error("no such fix: " .. vim.inspect(actions))
  end
  go_to("PausedCapacityWeight")
  vim.lsp.buf.code_action()
  eventually("a fix is applied", function()
    return not vim.tbl_contains(codes(config), "OC101")
  end)
  vim.cmd("write")
  check("and is on disk", read("queueRoutingConfigs/Service_Cases.queueRoutingConfig-meta.xml"):match("<pausedCapacityWeight>0.25</pausedCapacityWeight>"))

  vim.cmd("buffer " .. queue)
  go_to("Service_Cases</queueRoutingConfig>")
  vim.lsp.buf.rename("Case_Work")
  eventually("a rename renames the file", function()
    return vim.fn.filereadable(folder .. "queueRoutingConfigs/Case_Work.queueRoutingConfig-meta.xml") == 1
  end)
  vim.cmd("silent wall")
  check("the old file is gone", vim.fn.filereadable(folder .. "queueRoutingConfigs/Service_Cases.queueRoutingConfig-meta.xml") == 0)
  check("the queue names it", read("queues/Weekend_Cases.queue-meta.xml"):match("<queueRoutingConfig>Case_Work<"))
  check("a queue that was closed names it", read("queues/Service_Cases.queue-meta.xml"):match("<queueRoutingConfig>Case_Work<"))
  check("what was fixed stays so", read("queueRoutingConfigs/Case_Work.queueRoutingConfig-meta.xml"):match("<pausedCapacityWeight>"))

  vim.lsp.stop_client(id)
  eventually("the session ends", function()
    local client = vim.lsp.get_client_by_id(id)
    return client == nil or client.is_stopped()
  end)
end

local fine, words = pcall(session)
if not fine then
  say("neovim: " .. tostring(words))
  vim.cmd("cquit 1")
end
vim.cmd("qall!")
