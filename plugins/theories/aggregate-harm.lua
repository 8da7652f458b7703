-- Aggregate harm: how an act that does little at the margin may deserve much.
--
-- 1. Retributivism needs to know how wrong the conduct is; it does not itself say.
-- 2. Done by many, the conduct does great harm. Each act at the margin does little.
-- 3. So heavy sentences look disproportionate.
-- 4. But an act with little marginal effect may be a serious wrong, insofar as it breaks a rule
--    whose acceptance has good consequences.
-- 5. So desert may attach to it (Dillof, 44 Fla. St. U. L. Rev. 1331, abstract).
--
-- This is no theory of punishment of its own. Rule-consequentialism answers what is wrong, and
-- retributivism what is owed for a wrong: two questions, two answers. Nor does the value of the
-- rule license severity. It opens a gate; how much each then answers for, theta, is a moral choice
-- that the argument leaves open. Hence what it says at the margin is shown beside it, and which
-- theta each regime's sentences presuppose.

local consequences = require "consequences"
local desert = require "desert"
local disparity = require "disparity"
local fit = require "fit"
local severity = require "severity"

local about_the_gate = {
  acceptance = { "Is the rule worth having at the acceptance one can expect?",
    reply = "The gate closes as the value of the rule falls to nothing." },
  hybrid = { "May a retributivist borrow wrongness from consequences?",
    reply = "One theory says what is wrong, the other what a wrong deserves." },
}

local about_the_wrong = {
  degree = { "Does seriousness follow the stakes of the rule, or the share of the act?",
    reply = "The argument does not say; theta is where one must choose." },
  dilution = { "Does a share of so great a harm not come to nothing?",
    reply = "Acts may be wrong as members of a set that does harm together (Parfit 1984, ch. 3), "
      .. "or by complicity in it (Kutz 2000); Petersson 2004 doubts the former." },
  knowing = { "Did the offender know of the harm that all do together?",
    reply = "Those who did not are a type of case of their own, with little culpability." },
  imputation = { "May harm that others choose to do be charged to him?",
    reply = "The imputation weight of each channel says how far (von Hirsch 1996)." },
}

local about_desert = {
  cap = { "Do cases still differ at the top of the scale?",
    reply = "No. As theta nears 1 every case reaches the last reference sentence, and neither "
      .. "culpability nor quantity counts any more: read such results as the end of the scale." },
  reductio = { "Would the same theta make littering a grave crime?",
    reply = "Try it. If so, say what else differs: culpability, imputation, or the kind of harm." },
  circular = { "Are the reference sentences themselves just?",
    reply = "They stand in the scenario and can be changed. Taken from today's practice, they "
      .. "would prove nothing about it." },
}

local about_the_fit = {
  totality = { "May many small wrongs come to more than one grave one?",
    reply = "What is added up may be complex, and harms to victims and to offenders do not lie on "
      .. "one scale (Ferzan 2021)." },
  double = { "Is harm charged here that producers or distributors already answer for?",
    reply = "Above theta 0 it is charged more than once; that is what theta says." },
}

-- Rule-consequentialism's part: is breaking the rule wrong, and is it a wrong in full?
local function wrongness(s, p)
  local none = consequences.without_rule(s)
  local alone = consequences.rule_alone(s, p.internalisation_rate, p.weight_of_gains)
  local rule_value = claim { "rule_value", scheme = "justified rule",
    text = "a rule against the conduct is worth {value} a year",
    value = consequences.value_of_rule(none, alone),
    cite = "Hooker 2000, Ideal Code, Real World, p. 32" }
  local averted = claim { "harm_averted", scheme = "positive consequences",
    text = "accepted without sanctions, the rule averts harm of {value} a year",
    value = none.harm - alone.harm }
  local gate = claim { "gate", scheme = "justified rule",
    text = "breaking the rule is wrong to degree {value}",
    value = clamp(ratio(rule_value, averted, 0) / p.wrong_in_full_from, 0, 1),
    cite = "the bridge: Dillof, 44 Fla. St. U. L. Rev. 1331, abstract; the degree and its cut-off are "
      .. "a device of this program",
    questions = about_the_gate }
  return { gate = gate, rule_value = rule_value, harm = none.harm,
    countable = consequences.gains_are_countable(s, p.weight_of_gains) }
end

-- Retributivism's part: what each case deserves for that wrong.
local function desert_of_each_case(s, p, gate)
  local wrong = claim { "wrongfulness", scheme = "classification",
    text = "{case} did a culpable wrong of {value}",
    value = desert.wrong(s, "exponent", p.theta, true), questions = about_the_wrong }
  return claim { "deserved", scheme = "classification",
    text = "{case} deserves {value}",
    value = gate * desert.deserved(s, wrong), questions = about_desert }
end

local function score_at_the_margin(s, p, gate, sentence)
  local deserved = gate * desert.deserved(s, desert.wrong(s, "marginal"))
  return over.case.mean(disparity.degree(s, p, sentence, deserved))
end

-- Which theta the sentences presuppose: the question a regime must answer for itself.
local function presupposed(s, gate, sentence)
  local implied = desert.implied(s, ratio(sentence, gate, 0))
  local lowest, highest, anyone = desert.range_of_theta(implied)
  return {
    implied_theta = { "the sentence for {case} presupposes theta {value}",
      value = implied.theta, holds = implied.defined,
      otherwise = "the sentence for {case} presupposes no theta",
      note = "below 0: less than its own average share; a sentence beyond the longest reference "
        .. "counts as the longest" },
    implied_shares = { "it makes {case} answer for {value} of its average shares",
      value = implied.shares, holds = implied.defined,
      otherwise = "the sentence for {case} presupposes no theta" },
    implied_theta_lowest = { "the lowest theta that the regime presupposes is {value}",
      value = lowest, holds = anyone, otherwise = "the regime presupposes no theta" },
    implied_theta_highest = { "the highest theta that the regime presupposes is {value}",
      value = highest, holds = anyone, otherwise = "the regime presupposes no theta" },
  }
end

local function findings(s, p, w, sentence, deserved)
  local show = presupposed(s, w.gate, sentence)
  show.rule_worth_having = { "a rule against the conduct is worth having: {value} a year",
    value = w.rule_value, holds = w.rule_value:above(0),
    otherwise = "a rule against the conduct is not worth having, so breaking it is no wrong",
    note = "a reason for some rule, not for any length of sentence" }
  show.gate = { "breaking the rule is wrong to degree {value}", value = w.gate }
  show.marginal_basis = { "with the same facts, but harm at the margin, the score is {value}",
    value = score_at_the_margin(s, p, w.gate, sentence),
    note = "only the harm that one act answers for differs" }
  show.at_the_cap = { "{case} stands at the longest reference sentence: {value}",
    value = deserved,
    holds = both(w.gate:above(0), deserved:at_least(w.gate * desert.longest(s))),
    otherwise = "{case} stands below the longest reference sentence",
    note = "there neither culpability nor quantity counts any more" }
  return show
end

return theory {
  id = "aggregate-harm", version = "1.0.0",
  title = "Aggregate harm: rule-consequentialist wrong, retributive response", role = "aim",
  about = "Breaking a rule that prevents great harm may be a grave wrong, though it adds little.",
  reads = { desert.reads, consequences.reads, fit.reads, disparity.reads, params = {
    theta = number { within = {0, 1}, moral = true,
      about = "0: each answers for his average share; 1: for the whole" },
    wrong_in_full_from = number { above = 0, default = 0.1, status = "illustrative",
      about = "worth of the rule, as part of the harm averted, from which a breach is full wrong" },
  } },
  argue = function(s, p)
    local w, sentence = wrongness(s, p), severity.of(s)
    local deserved = desert_of_each_case(s, p, w.gate)
    local fits = claim { "proportionality", scheme = "practical reasoning",
      text = disparity.text(p), value = disparity.degree(s, p, sentence, deserved),
      questions = about_the_fit }
    return conclude {
      score = over.case.mean(fits), scale = fit.scale,
      applies = both(w.harm:above(0), w.countable),
      why_not = "no wrong: without any rule nobody would be harmed; or offenders' gains count, and "
        .. "those who accept the rule forgo gains that have no finite mean, the response exponent "
        .. "being at most 1",
      requires = fit.requires(s, p, fits),
      rules_out = fit.rules_out(p, fits),
      difference = sentence - deserved,
      show = findings(s, p, w, sentence, deserved),
    }
  end,
}
