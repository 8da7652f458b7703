-- expect: line 7: a sentence has no `custody`
-- A module table that is emptied.
return theory { id = "require-changed", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local ports = require("sentence").ports
ports.custody = nil
return s.sentence.custody
end }
