-- expect: the plugin needs more memory than it may have
-- The result is larger than what it is made of.
return theory { id = "concat-flood", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t, part = {}, ("x"):rep(65536)
for i = 1, 4096 do t[i] = part end
return table.concat(t)
end }
