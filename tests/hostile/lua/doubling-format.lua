-- expect: the plugin needs more memory than it may have
-- As doubling-text, inside a function of the library.
return theory { id = "doubling-format", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t = "x"
while true do t = string.format("%s%s", t, t) end
end }
