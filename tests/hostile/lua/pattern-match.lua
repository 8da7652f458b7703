-- expect: line 5: attempt to call a nil value (method 'match')
-- Patterns are not there.
return theory { id = "pattern-match", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return ("x"):match("x")
end }
