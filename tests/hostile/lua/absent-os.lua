-- expect: line 5: attempt to index a nil value (global 'os')
-- Not there.
return theory { id = "absent-os", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return os.x
end }
