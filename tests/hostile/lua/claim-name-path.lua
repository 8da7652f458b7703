-- expect: line 5: a claim's name has no `/`, `[`, `]` or `.`, and is not empty
-- A name that speaks for another theory.
return theory { id = "claim-name-path", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
claim { "../other.claim", text = "t", value = 1 }
end }
