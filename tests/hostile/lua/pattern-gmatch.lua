-- expect: line 5: attempt to call a nil value (method 'gmatch')
-- Patterns are not there.
return theory { id = "pattern-gmatch", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return ("x"):gmatch("x")
end }
