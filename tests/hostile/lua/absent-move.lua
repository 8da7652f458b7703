-- expect: line 5: attempt to call a nil value (field 'move')
-- Not there.
return theory { id = "absent-move", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return table.move({}, 1, 1e12, 2)
end }
