-- expect: line 5: `text` holds control characters or is not UTF-8
-- A text that is shown backwards.
return theory { id = "claim-text-direction", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
claim { "a", text = "\u{202e}elbatpecca", value = 1 }
end }
