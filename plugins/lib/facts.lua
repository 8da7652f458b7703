-- What a real system asks about a case: facts by name, and one error for all that are missing.
--
-- A vocabulary says of each fact what kind it is. A guideline asks for the facts that it needs; what
-- the case does not give is collected, and `done` names it all at once. Nothing is ever assumed,
-- unless the user says `not_given: none`: then every fact that is not given is false, 0 or `none`.

local facts = {}

function facts.truth(about, optional)
  return { kind = "true or false", about = about, never_asked = optional, is_truth = true,
    declaration = truth { optional = true, about = about } }
end

-- A number of 0 or more; `unit`, other bounds and `whole` in `options`.
function facts.number(about, options)
  options = options or {}
  local unit = options.unit
  local kind = options.whole and "a whole number" or "a number"
  return { kind = unit and kind .. " in " .. unit or kind, about = about, unit = unit,
    never_asked = options.optional,
    declaration = number { optional = true, about = about, unit = unit or "1",
      whole = options.whole, within = options.within or { 0, math.huge } } }
end

-- One of several names. `instead`: truths that together say the same, and more.
function facts.label(about, names, instead)
  return { kind = table.concat(names, " | "), about = about, instead = instead,
    is_label = true,
    declaration = one_of { among = names, optional = true, about = about } }
end

-- The declarations of a vocabulary, for `reads.cases.facts`.
function facts.declared(vocabulary)
  local declared = {}
  for name, fact in pairs(vocabulary) do
    declared[name] = fact.declaration
  end
  return declared
end

local function all_stand(given_facts, names)
  for _, name in ipairs(names or {}) do
    if not given(given_facts, name) then
      return false
    end
  end
  return names ~= nil
end

-- The missing facts by their kinds: "true or false: computer, pattern; a number: images".
local function listed(missing, vocabulary)
  local by_kind, kinds = {}, {}
  for _, name in ipairs(missing) do
    local kind = vocabulary[name].kind
    if not by_kind[kind] then
      by_kind[kind] = {}
      table.insert(kinds, kind)
    end
    table.insert(by_kind[kind], name)
  end
  local parts = {}
  for _, kind in ipairs(kinds) do
    table.insert(parts, table.concat(by_kind[kind], ", ") .. " (" .. kind .. ")")
  end
  return table.concat(parts, "; ")
end

local GIVE_EACH = "give each"
local OR_SAY = "give each, or set `not_given` to `none`: whatever is not given is false, 0 or `none`"

-- Asks the case for facts of the vocabulary. The methods give symbols; a fact that is missing gives
-- a stand-in, which no result can rest on, since `done` raises first. `not_given`: the parameter of
-- that name, or nil where a kind has none.
function facts.ask(given_facts, vocabulary, not_given)
  local asked = { standing = {}, missing = {}, is_missing = {}, names = {},
    nothing_else = not_given == "none" }

  function asked.stands(name)
    return given(given_facts, name)
  end

  local function miss(name)
    local fact = vocabulary[name] or error("no such fact: " .. name)
    local said = fact.never_asked or all_stand(given_facts, fact.instead)
    if not said and not asked.is_missing[name] then
      asked.is_missing[name] = true
      table.insert(asked.missing, name)
    end
  end

  -- Whether a step has asked for the fact, given or not.
  function asked.was_asked(name)
    return asked.names[name] ~= nil
  end

  local function read(name, stand_in)
    asked.names[name] = true
    if asked.standing[name] == nil then
      if not asked.stands(name) then
        miss(name)
        return stand_in
      end
      asked.standing[name] = given_facts[name]
    end
    return asked.standing[name]
  end

  function asked.truth(name)
    return read(name, negate(true))
  end

  function asked.number(name)
    return read(name, quantity(0, vocabulary[name].unit or "1"))
  end

  -- Whether the label `name` is `label`.
  function asked.is(name, label)
    local standing = read(name)
    if standing == nil then
      return label == "none" and negate(false) or negate(true)
    end
    return standing:is(label)
  end

  function asked.knows(name)
    return vocabulary[name] ~= nil
  end

  -- A fact of whatever kind it is. A label has no stand-in.
  function asked.any(name)
    local stand_in = vocabulary[name].unit and quantity(0, vocabulary[name].unit)
    return read(name, stand_in or vocabulary[name].is_truth and negate(true) or quantity(0, "1"))
  end

  -- One error for all that is missing.
  function asked.done()
    if asked.nothing_else or #asked.missing == 0 then
      return
    end
    input_error("missing facts: " .. listed(asked.missing, vocabulary),
      not_given and OR_SAY or GIVE_EACH)
  end

  return asked
end

-- A case whose facts contradict one another has no sentence: the claim says why, and the 0 that is
-- returned, once added to a level, makes it a number that does not exist.
function facts.refuse(name, condition, text)
  local refused = claim { "refused-" .. name, scheme = "refusal", text = text, value = condition,
    applies = condition }
  return lookup({ 0 }, where(refused, 2, 1))
end

return facts
