-- expect: line 5: attempt to index a nil value (global 'io')
-- Not there.
return theory { id = "absent-io", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return io.x
end }
