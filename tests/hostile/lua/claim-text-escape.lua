-- expect: line 5: `text` holds control characters or is not UTF-8
-- A text that drives a terminal.
return theory { id = "claim-text-escape", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
claim { "a", text = "\27]0;owned\7", value = 1 }
end }
