-- expect: the plugin needs more memory than it may have
-- Texts that are all kept.
return theory { id = "text-flood", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t = {}
for i = 1, math.huge do t[i] = ("x"):rep(60000) .. i end
end }
