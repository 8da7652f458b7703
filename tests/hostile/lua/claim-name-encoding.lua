-- expect: line 5: a claim's name holds control characters or is not UTF-8
-- A name that is not UTF-8.
return theory { id = "claim-name-encoding", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
claim { "a\xff", text = "t", value = 1 }
end }
