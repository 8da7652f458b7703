-- expect: the plugin needs more memory than it may have
-- A table that grows without end.
return theory { id = "table-flood", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t = {}
while true do t[#t + 1] = 1 end
end }
