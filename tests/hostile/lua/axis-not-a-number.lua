-- expect: line 5: an axis has finite numbers as its places
-- An axis that equals not even itself.
return theory { id = "axis-not-a-number", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
axis("a", { 0/0 })
end }
