-- expect: line 5: string.rep gives at most 65536 bytes
-- A length that leaves the whole numbers.
return theory { id = "repeat-overflow", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return ("ab"):rep(math.maxinteger)
end }
