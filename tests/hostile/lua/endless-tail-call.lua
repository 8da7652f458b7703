-- expect: line 5: the plugin did not finish within 50000000 instructions
-- Calls that leave no trace on the stack.
return theory { id = "endless-tail-call", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local function f() return f() end
f()
end }
