-- expect: line 5: a name holds control characters or is not UTF-8
-- A key that C would take for another.
return theory { id = "claim-key-nul", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
claim { "a", text = "t", ["value\0"] = 1 }
end }
