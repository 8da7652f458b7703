-- expect: line 5: the plugin did not finish within 50000000 instructions
-- A loop without end, by goto.
return theory { id = "endless-goto", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
::again:: goto again
end }
