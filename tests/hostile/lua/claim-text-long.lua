-- expect: line 5: `text` has 65537 bytes; at most 65536 are taken
-- A text larger than any that is read.
return theory { id = "claim-text-long", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
claim { "a", text = ("x"):rep(65536) .. "x", value = 1 }
end }
