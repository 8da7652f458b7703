-- expect: line 5: attempt to index a nil value (global '_G')
-- The table of globals has no name.
return theory { id = "absent-globals", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return _G.print
end }
