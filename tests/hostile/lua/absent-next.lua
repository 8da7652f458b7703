-- expect: line 5: attempt to call a nil value (global 'next')
-- Not there.
return theory { id = "absent-next", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return next("x", {})
end }
