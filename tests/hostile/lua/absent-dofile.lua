-- expect: line 5: attempt to call a nil value (global 'dofile')
-- Not there.
return theory { id = "absent-dofile", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return dofile("x", {})
end }
