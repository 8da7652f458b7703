-- expect: line 5: attempt to index a nil value (global 'debug')
-- Not there.
return theory { id = "absent-debug", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return debug.x
end }
