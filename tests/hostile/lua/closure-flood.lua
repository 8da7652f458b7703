-- expect: the plugin needs more memory than it may have
-- Functions without end.
return theory { id = "closure-flood", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local f
while true do local g = f; f = function() return g end end
end }
