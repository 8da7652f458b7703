-- expect: line 5: attempt to index a nil value (global 'package')
-- Not there.
return theory { id = "absent-package", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return package.x
end }
