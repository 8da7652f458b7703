-- expect: line 5: a claim's name holds control characters or is not UTF-8
-- A name that ends early for C.
return theory { id = "claim-name-nul", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
claim { "a\0b", text = "t", value = 1 }
end }
