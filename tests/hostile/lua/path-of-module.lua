-- expect: line 5: there is no module `../../../etc/passwd` in plugins/lib
-- A path is no name of a module.
return theory { id = "path-of-module", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
require "../../../etc/passwd"
end }
