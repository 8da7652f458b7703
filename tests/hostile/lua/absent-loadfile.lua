-- expect: line 5: attempt to call a nil value (global 'loadfile')
-- Not there.
return theory { id = "absent-loadfile", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return loadfile("x", {})
end }
