-- expect: line 7: the plugin did not finish within 50000000 instructions
-- A few tables that stand for billions.
local t = { x = number {} }
for _ = 1, 11 do
  t = { a = t, b = t, c = t, d = t, e = t, f = t, g = t, h = t }
end
return theory { id = "x", version = "1", title = "T", role = "aim", argue = print, reads = { params = t } }
