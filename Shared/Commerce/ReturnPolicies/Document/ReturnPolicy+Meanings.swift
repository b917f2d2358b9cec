extension ReturnPolicy {
    /// What a policy looks like in JSON.
    public static var shape: PolicyShape { form.shape }

    /// Every member with its path, e.g. `zones[].window.days`; those of an object after it.
    public static var members: [(path: String, member: PolicyShapeMember)] { members(of: shape, under: "") }

    private static func members(
        of shape: PolicyShape, under prefix: String
    ) -> [(path: String, member: PolicyShapeMember)] {
        shape.members.flatMap { member -> [(path: String, member: PolicyShapeMember)] in
            let path = prefix + member.name
            return [(path: path, member: member)]
                + members(of: member.shape, under: path + member.shape.pathMark + ".")
        }
    }

    /// What the member is for, for people; nil for a path that no policy has.
    public static func meaning(of path: String) -> String? {
        meanings[path] ?? meanings[path.replacing("final_sale.", with: "non_returnable.")]
    }

    private static let meanings: [String: String] = [
        "version": "Given by the service, counted up with every change.",
        "currency": "The currency of the policy's amounts; without one they stand for any.",
        "calendar": "The shop's days.",
        "calendar.time_zone": "Where the shop's days begin and end.",
        "calendar.weekend": "The days of the week that are no business days.",
        "calendar.holidays": "Further days that are none.",
        "zones": "The countries that goods are sent back from in one way.",
        "zones[].id": "Names the zone in decisions and conditions; its countries when left out.",
        "zones[].countries": "The countries of the zone; `*` for all that no other zone names.",
        "zones[].accepts_returns": "Whether anything is taken back from there.",
        "zones[].window": "How long something may be returned.",
        "zones[].window.days": "Days after the day of the anchor; 0 for the same day only, -1 or unlimited for ever.",
        "zones[].window.anchor": "What the days are counted from.",
        "zones[].window.fallback_days": "Days of transit that stand in for a delivery that is not known.",
        "zones[].window.buffer_days": "Days added to the fulfilment where that is the anchor.",
        "zones[].window.business_days": "Whether a last day that is no business day moves to the next one.",
        "zones[].window.undelivered":
            "Of a parcel whose delivery is not known yet: counted with fallback_days, or not to be returned before.",
        "zones[].window.seasons": "Orders of a season that may be returned until a fixed date, where that is later.",
        "zones[].window.seasons[].id": "Names the season in decisions.",
        "zones[].window.seasons[].from": "Its first day, by the day of the order.",
        "zones[].window.seasons[].through": "Its last day.",
        "zones[].window.seasons[].last_return_date": "The last day on which such an order may be returned.",
        "zones[].carrier": "The carrier, as decisions name it.",
        "zones[].label": "The label that the customer is given; with none the customer arranges the parcel.",
        "zones[].methods": "How goods may come back.",
        "zones[].destination": "The place that the goods go to.",
        "non_returnable": "What is never taken back.",
        "non_returnable.tags": "Products with any of these tags.",
        "non_returnable.types": "Products of these types.",
        "non_returnable.skus": "These SKUs, exactly.",
        "non_returnable.collections": "Products in any of these collections.",
        "non_returnable.discount_codes": "Orders with any of these codes.",
        "non_returnable.discount_percent_from": "Lines with this discount or more.",
        "non_returnable.except_reasons": "Reasons for which the goods are taken back all the same.",
        "final_sale": "What is not taken back unless a rule lifts it, with the same members as non_returnable.",
        "reasons":
            "The reasons customers may give; any when empty. A reason of which nothing else is said is its code alone.",
        "reasons[].code": "The reason as requests name it.",
        "reasons[].label": "What customers read.",
        "reasons[].evidence": "Whether the customer has to show what is wrong.",
        "reason_groups": "Reasons that are offered together; a rule says for which lines.",
        "reason_groups[].id": "As the action reason_group names it.",
        "reason_groups[].label": "What customers read.",
        "reason_groups[].reasons": "Codes of the reasons in it.",
        "rules": "What is decided beyond the rest of the policy.",
        "rules[].id": "Names the rule in decisions.",
        "rules[].note": "What it is for, for staff.",
        "rules[].priority": "Of two rules that set the same action the higher counts.",
        "rules[].effective": "The days of the shop on which it counts.",
        "rules[].effective.from": "The first of them.",
        "rules[].effective.through": "The last of them.",
        "rules[].when": "The conditions, all of which must hold.",
        "rules[].then": "The actions.",
        "rules[].tests": "Examples, run whenever the policy comes in.",
        "rules[].tests[].name": "What it shows.",
        "rules[].tests[].given": "The facts of one line and its return; what is left out is not known.",
        "rules[].tests[].on": "The day it is asked for; the rule's first day when left out.",
        "rules[].tests[].matches": "Whether the rule's conditions are met.",
        "rules[].tests[].decides": "The actions for which this rule decides, against all others.",
        "fees": "What the refund is reckoned with, as in `POST /refunds/calculate`.",
        "fees.restocking_fee_percent": "The restocking fee, of the price of what comes back.",
        "fees.restocking_fee_base": "Whether it is taken of the price without tax or with it.",
        "fees.restocking_fee_taxed": "Whether the fee itself is taxed.",
        "fees.return_shipping_fee": "What the customer pays for the label, once a return.",
        "fees.original_shipping": "When the order's shipping is given back.",
        "fees.grades": "What a grade leaves of a line's price; all of it when left out.",
        "fees.fee_waived_reasons": "Reasons for which no fees are taken.",
        "fees.tender_order":
            "How a refund is shared out over the payments: by their amounts, or kinds one after the other.",
        "fee_waived_grades": "Grades for which no fees are taken.",
        "dispositions":
            "What becomes of goods by their grade; A and B go into stock, C and D into quarantine where nothing is said.",
        "resolutions": "What customers may choose from; a return neither replaces nor repairs.",
        "instant_refund": "When a refund is paid without anybody looking at it; never when left out.",
        "instant_refund.grade": "The grade needed; any when left out.",
        "instant_refund.matched": "Whether what came must be what was sold.",
        "inspection_checklist": "What an inspection has to answer of goods before their grade counts.",
        "inspection_checklist[].id": "Names it in answers.",
        "inspection_checklist[].text": "What whoever inspects reads; an answer says whether it holds.",
        "inspection_checklist[].reasons": "The reasons of goods that it is asked of; all when empty.",
        "processing_event": "What has to happen before a return is processed.",
        "arrival_wait": "How long goods may take to be received after the carrier has brought them.",
        "receipt_wait": "How long goods may take to be inspected after their receipt.",
        "expiry": "After how long a return whose goods were not sent in expires.",
        "reminders": "When the customer is reminded of it, from its approval.",
        "subscription_pause": "How far a pause puts off the next charge of a subscription.",
        "review_sla": "How long a review may take.",
        "approval_limit": "Returns of a greater value are reviewed, and those that a greater amount would go back for.",
        "known_tags":
            "The tags that exist at the shop, so that a wrong one in a rule is found; none are checked when left out.",
        "unknown_facts": "What becomes of a return of which something that matters is not known.",
    ]
}
