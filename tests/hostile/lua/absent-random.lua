-- expect: line 5: attempt to call a nil value (field 'random')
-- Not there.
return theory { id = "absent-random", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return math.random()
end }
