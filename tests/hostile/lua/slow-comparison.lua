-- expect: line 7: the plugin did not finish within 4 seconds of processor time
-- One instruction that reads megabytes: only the clock stops it.
return theory { id = "slow-comparison", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local a, b = ("x"):rep(65536), ("x"):rep(65536)
for i = 1, 7 do a = a .. a; b = b .. b end
while true do local same = a == b end
end }
