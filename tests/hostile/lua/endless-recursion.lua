-- expect: the plugin needs more memory than it may have
-- Recursion that never ends.
return theory { id = "endless-recursion", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local function f() return 1 + f() end
f()
end }
