-- expect: the plugin needs more memory than it may have
-- A text that doubles.
return theory { id = "doubling-text", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t = "x"
while true do t = t .. t end
end }
