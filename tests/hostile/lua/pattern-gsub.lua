-- expect: line 5: attempt to call a nil value (method 'gsub')
-- Patterns are not there.
return theory { id = "pattern-gsub", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return ("x"):gsub("x")
end }
