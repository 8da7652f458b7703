-- expect: line 4: a name holds control characters or is not UTF-8
-- A name that drives a terminal.
local t = { ["a\27[2J"] = number {} }
return theory { id = "x", version = "1", title = "T", role = "aim", argue = print, reads = { params = t } }
