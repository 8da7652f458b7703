-- expect: line 5: an axis's name holds control characters or is not UTF-8
-- A name that drives a terminal.
return theory { id = "axis-name", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
axis("a\27[2J", { 1 })
end }
