-- expect: line 5: there is no axis `1`
-- A table that has everything.
return theory { id = "infinite-ipairs", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
for i in ipairs(over) do end
end }
