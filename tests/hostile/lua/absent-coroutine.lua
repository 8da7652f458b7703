-- expect: line 5: attempt to index a nil value (global 'coroutine')
-- Not there.
return theory { id = "absent-coroutine", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return coroutine.x
end }
