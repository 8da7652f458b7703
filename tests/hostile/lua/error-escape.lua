-- expect: line 5:  [2J  31mall is well   
-- An error that drives a terminal.
return theory { id = "error-escape", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
error "\27[2J\u{9b}31mall is well\u{2028}"
end }
