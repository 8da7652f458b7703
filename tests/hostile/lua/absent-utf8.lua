-- expect: line 5: attempt to index a nil value (global 'utf8')
-- Not there.
return theory { id = "absent-utf8", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return utf8.x
end }
