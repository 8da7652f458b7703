-- expect: line 5: `text` holds control characters or is not UTF-8
-- The same in one character.
return theory { id = "claim-text-c1", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
claim { "a", text = "\u{9b}31m", value = 1 }
end }
