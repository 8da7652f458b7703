-- What the United States guidelines ask about a case, by name.

local facts = require "facts"
local truth_of, number_of, label_of = facts.truth, facts.number, facts.label

local CATEGORIES = { "I", "II", "III", "IV", "V", "VI" }

local function later(about)
  return number_of(about, { optional = true })
end

local function count_of(about, optional)
  return number_of(about, { optional = optional, whole = true })
end

-- A level or points, where it is given.
local function level(about)
  return count_of(about, true)
end

local function signed(about)
  return number_of(about, { optional = true, within = { -43, 43 }, whole = true })
end

local function months(about)
  return number_of(about, { optional = true, unit = "month" })
end

return {
  -- entering later than Chapter Two
  chapter_two_level = level "enter here: the level after Chapter Two",
  adjusted_level = level "enter here: the level after Chapter Three, Parts A to C",
  combined_level = level "enter here: the level after multiple counts, before acceptance",
  total_level = level "enter here: the total offense level",

  -- 2G2.2, 2G2.4, 2G2.1
  possession_conviction = truth_of
    "convicted under 18 USC 1466A(b), 2252(a)(4), 2252A(a)(5) or 2252A(a)(7): possession",
  receipt_only = truth_of
    "conduct limited to receipt or solicitation, with no intent to traffic or distribute",
  under_12 = truth_of "the material shows a prepubescent minor or one under 12",
  distribution = label_of("what distribution there was, the gravest kind",
    { "none", "knowing", "value", "gain", "to_minor", "to_minor_illegal_activity",
      "to_minor_sexual_conduct" },
    { "distributed", "distributed_for_value", "distributed_for_gain", "distributed_to_minor",
      "distributed_to_minor_illegal_activity", "distributed_to_minor_sexual_conduct" }),
  distributed = truth_of("beside `distribution`: distribution of the ordinary kind", true),
  distributed_for_value = truth_of("beside `distribution`: for a thing of value, not money", true),
  distributed_for_gain = truth_of("beside `distribution`: for pecuniary gain", true),
  distributed_to_minor = truth_of("beside `distribution`: to a minor", true),
  distributed_to_minor_illegal_activity = truth_of(
    "beside `distribution`: to a minor, to draw the minor into illegal activity", true),
  distributed_to_minor_sexual_conduct = truth_of(
    "beside `distribution`: to a minor, to draw the minor into sexual conduct", true),
  retail_value = later "retail value in dollars of what was distributed for gain",
  sadistic = truth_of "depictions of sadistic or masochistic conduct or other violence",
  infant_or_toddler = truth_of "depictions of the sexual abuse of an infant or toddler",
  pattern = truth_of "a pattern of activity of sexual abuse or exploitation of a minor",
  computer = truth_of "a computer or interactive computer service was used",
  images = count_of "images, each still image as one",
  videos = count_of("videos, each counted as 75 images since 1 November 2004", true),
  ten_items = truth_of "ten or more books, magazines, films or other items",
  production_conduct = truth_of
    "conduct was to have a minor pose or act for the making of depictions (cross reference)",
  minor_age = label_of("age of the youngest victim of the production",
    { "under_12", "12_to_15", "16_or_17" }),
  sexual_act = truth_of "a sexual act or sexual contact was committed",
  forced_act = truth_of "a sexual act, and conduct described in 18 USC 2241(a) or (b)",
  in_custody = truth_of "parent, relative or guardian of the minor, or in custody or control",
  misrepresentation_or_computer = truth_of
    "identity misrepresented, or a computer used, to persuade a minor or solicit participation",

  -- 2B1.1, 2F1.1, 2B1.4, 2B5.1
  maximum_20_years = truth_of
    "convicted of an offense referenced to 2B1.1 with a maximum of 20 years or more",
  loss = number_of "loss in dollars: the greater of actual and intended",
  gain = number_of "gain in dollars from the offense",
  face_value = number_of "face value in dollars of the counterfeit items",
  victims = count_of "victims of the offense",
  mass_marketing = truth_of "committed through mass-marketing",
  hardship_victims = count_of "victims who suffered substantial financial hardship",
  theft_from_person = truth_of "theft from the person of another",
  business_of_receiving = truth_of "in the business of receiving and selling stolen property",
  national_cemetery = truth_of "property of a national cemetery or veterans' memorial",
  email_harvesting = truth_of "convicted under 18 USC 1037, with improper harvesting of addresses",
  health_care_loss = number_of
    "loss in dollars to a government health care program (0: no such offense)",
  medical_theft = truth_of "convicted under 18 USC 670: theft of pre-retail medical products",
  medical_supply_chain = truth_of "that, by an employee in the supply chain of the products",
  misrepresentation = truth_of
    "acting for a charity or agency misrepresented, or fraud in bankruptcy, or a prior order violated",
  sophisticated_means = truth_of
    "scheme relocated or committed from abroad, or sophisticated means",
  identification = truth_of
    "device-making equipment, or unauthorized access devices or means of identification",
  disaster_fraud = truth_of "convicted under 18 USC 1040: disaster benefits",
  social_security_fraud = truth_of
    "convicted under 42 USC 408(a), 1011(a) or 1383a(a), with the ten-year maximum",
  trade_secret_abroad = truth_of "trade secret that was to be sent out of the United States",
  trade_secret_foreign = truth_of "trade secret to benefit a foreign government",
  organized_theft = truth_of "organized scheme to steal vehicles, parts or cargo",
  risk_or_weapon = truth_of
    "conscious risk of death or serious injury, or possession of a dangerous weapon",
  gross_receipts = truth_of "more than $1,000,000 in gross receipts from financial institutions",
  jeopardized_institution = truth_of
    "a financial institution's soundness jeopardized, or another body's solvency endangered",
  personal_information = truth_of "18 USC 1030: personal information obtained or spread",
  computer_infrastructure = truth_of "18 USC 1030: computer of critical infrastructure or defense",
  computer_damage = truth_of "convicted under 18 USC 1030(a)(5)(A)",
  computer_disruption = truth_of "18 USC 1030: critical infrastructure substantially disrupted",
  securities_officer = truth_of
    "securities or commodities law violated by an officer, broker or adviser",
  more_than_minimal_planning = truth_of
    "more than minimal planning, or a scheme to defraud more than one victim",
  foreign_accounts = truth_of "foreign bank accounts or transactions to conceal the fraud",
  organized_scheme = truth_of "an organized scheme to engage in insider trading",
  manufactured = truth_of
    "manufactured or produced counterfeits, or had a device or materials for it",
  counterfeit_paper = truth_of "controlled counterfeiting paper or a deterrent feature",
  weapon = truth_of "a dangerous weapon was possessed in connection with the offense",
  abroad = truth_of "any part of the offense was committed outside the United States",

  -- 2T1.1
  tax_loss = number_of "tax loss in dollars",
  criminal_income = truth_of
    "income over $10,000 in a year from criminal activity not reported",
  sophisticated_tax = truth_of "sophisticated means of hiding the tax offense",

  -- 2Q1.2, 2Q1.3, 2Q2.1
  discharge = label_of("discharge, release or emission",
    { "none", "other", "ongoing" }),
  risk_of_death = truth_of "substantial likelihood of death or serious bodily injury",
  cleanup = truth_of "utilities disrupted, an evacuation, or a substantial cleanup",
  without_permit = truth_of "without a permit, or in violation of one",
  concealing = truth_of "recordkeeping meant to conceal a substantive offense",
  substantive_level = level "with `concealing`: the offense level of the substantive offense",
  recordkeeping_only = truth_of "simple recordkeeping or reporting violation only",
  hazardous_transport = truth_of "convicted under 49 USC 5124 or 46312",
  commercial = truth_of "for pecuniary gain or a commercial purpose, or a pattern of violations",
  disease_risk = truth_of "quarantine breached, or risk of infestation or disease",
  market_value = number_of "market value in dollars of the fish, wildlife or plants",
  protected_species = truth_of "a species that is depleted, listed as endangered, or in CITES I",

  -- Chapter Three
  role = label_of("role in the offense",
    { "none", "leader", "manager", "leader_small", "minor", "between", "minimal" }),
  obstruction = truth_of "obstructed or impeded the administration of justice",
  hate_crime = truth_of "victim chosen for race, religion or the like",
  vulnerable_victim = truth_of "knew or should have known that a victim was vulnerable",
  many_vulnerable = truth_of "a large number of vulnerable victims",
  other_adjustments = signed "levels from parts of Chapter Three that are not carried here",
  acceptance = truth_of "clearly demonstrates acceptance of responsibility",
  timely_plea = truth_of "assisted the authorities or pleaded in time (3E1.1(b))",
  government_motion = truth_of "the government moved for the third level (3E1.1(b))",

  -- Chapter Four
  category = facts.label("criminal history category", CATEGORIES),
  criminal_history_points = level "criminal history points, instead of a category",
  under_sentence = truth_of "committed the offense while under a criminal justice sentence",
  zero_point_offender = truth_of
    "no criminal history points, and none of the exclusions of 4C1.1(a)",
  prior_sex_conviction = truth_of "a prior sex offense conviction (4B1.5(a))",
  pattern_prohibited = truth_of "a pattern of prohibited sexual conduct (4B1.5(b))",
  departure_levels = signed "levels of a departure, after all else",

  -- Chapter Five
  statutory_minimum = months "statutory minimum",
  statutory_maximum = months "statutory maximum; leave out where it is life",
  maximum_is_life = truth_of("the statutory maximum is life", true),
  prior_conviction = truth_of "a prior conviction that raises the statutory range",
  safety_valve = truth_of("relieved of the statutory minimum (5C1.2, substantial assistance)", true),
  consecutive_months = months "a term that a statute requires to run consecutively",
}
