-- expect: the plugin needs more memory than it may have
-- Tables in tables without end.
return theory { id = "table-of-tables", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t = {}
while true do t = { t } end
end }
