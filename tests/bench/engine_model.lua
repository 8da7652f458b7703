-- The bench model as a plugin that is called for each draw, regime and case. Usage: FILE [REPEATS].
local path, repeats = arg[1], tonumber(arg[2] or "1")
local exp, log, sqrt, abs, floor, min, max =
  math.exp, math.log, math.sqrt, math.abs, math.floor, math.min, math.max
local CASES, REGIMES = 12, 5

local share, quantity, culpability, prior = {}, {}, {}, {}
for c = 1, CASES do
  share[c], quantity[c] = c / 78, 0.25 + 0.5 * (c - 1)
  culpability[c], prior[c] = 0.2 + 0.06 * (c - 1), (c - 1) % 4
end
local base, slope, least, spread = {}, {}, {}, {}
for r = 1, REGIMES do
  base[r], slope[r] = 0.5 + 0.75 * (r - 1), 0.3 + 0.2 * (r - 1)
  least[r], spread[r] = 0.4 + 0.15 * (r - 1), 1 + 0.5 * (r - 1)
end
local cells, knots, values = {}, {}, {}
for row = 0, 42 do
  for column = 0, 5 do cells[row * 6 + column] = row * row * 0.125 + 3 * column end
end
for k = 0, 7 do
  knots[k + 1], values[k + 1] = 0.25 * k * (k + 1), 0.1 + 0.4 * k - 0.015625 * k * k
end

local function curve(x)
  if x <= knots[1] then return values[1] end
  for k = 2, 8 do
    if x < knots[k] then
      return values[k - 1] + (values[k] - values[k - 1]) * ((x - knots[k - 1]) / (knots[k] - knots[k - 1]))
    end
  end
  return values[8]
end

-- One case under one regime in one draw.
local function judge(x, r, c)
  local market = x[2] / (x[2] + x[3])
  local rest, half_detection = 1 - market, sqrt(x[1])
  local growth = log(1 + x[5]) * rest
  local floor_felt = max(half_detection, exp(0 - x[7]) * 0.05)
  local wrong = (quantity[c] * x[5] * growth + 0.1) ^ x[4] * (culpability[c] * x[14] + (1 - x[14]))
  local deserved = log(wrong + 1) * x[12]
  local taken = x[6] * quantity[c]
  local gain = exp(0 - taken / (taken + 1)) * x[11]
  local weight = sqrt(curve(wrong)) + min(gain, deserved)
  local column = floor(min(max(x[13] * 3 + prior[c], 0), 5))
  local extra = least[r] * x[12] + spread[r] * half_detection
  local held = (1 - exp(0 - extra)) * x[8]
  local felt = max(log(held + 1) * x[15], floor_felt)
  local lands = felt / (felt + rest) * (1 - x[9])
  local imposed = (base[r] + slope[r] * quantity[c]) * x[12] + extra
  local row = floor(min(max(imposed * lands * 4, 0), 42))
  local severity = cells[row * 6 + column] * 0.1 + imposed
  local off = abs(severity - deserved)
  local cost = (1 - exp(0 - severity * x[7])) / x[7] * x[10]
  local deterred = 1 - exp(0 - severity * x[1] * x[15])
  local plain = deterred * weight - cost * 0.01
  local utility = plain - log(severity + 1) * x[11] + (severity + 0.5) ^ x[4] * gain + x[16] * 0.001
  return exp(0 - off * 0.1), utility, severity, cost, sqrt(off)
end

-- What a case adds once the means over cases are known.
local function mood_of(utility, mean) local half = (utility - mean) * 0.5 return exp(half - abs(half)) end

local fit, utility, severity = {}, {}, {}
local function weigh(x, r)
  local mf, mu, ms, mc, worst, widest = 0, 0, 0, 0, math.huge, 0
  for c = 1, CASES do
    local w, cost, gap = share[c], nil, nil
    fit[c], utility[c], severity[c], cost, gap = judge(x, r, c)
    mf, mu, ms, mc = mf + fit[c] * w, mu + utility[c] * w, ms + severity[c] * w, mc + cost * w
    worst, widest = min(worst, fit[c]), max(widest, gap)
  end
  local variance, mood, gained = 0, 0, 0
  for c = 1, CASES do
    local apart = severity[c] - ms
    variance = variance + apart * apart * share[c]
    mood = mood + mood_of(utility[c], mu) * share[c]
  end
  for c = 1, CASES do
    local kept = fit[c] >= mf and utility[c] or mu
    gained = gained + max(kept, utility[c] - mu) / (1 + variance) * share[c]
  end
  local last = mu / (mc + 1) * mf + mood - sqrt(variance) * 0.1
  return min(log(exp(last) + 1), worst + 2) + widest * 0.01, mf, gained
end

local draws = {}
for line in io.lines(path) do
  local x = {}
  for field in line:gmatch("%S+") do x[#x + 1] = tonumber(field) end
  draws[#draws + 1] = x
end

local start, total = os.clock(), 0
for _ = 1, repeats do
  total = 0
  for i = 1, #draws do
    for r = 1, REGIMES do
      local score = weigh(draws[i], r)
      if r == 3 then total = total + score end
    end
  end
end
local seconds = os.clock() - start
print(string.format("%.4f %.12f", #draws * repeats * REGIMES * CASES / seconds / 1e6, total / #draws))
