extension ReturnPolicy {
    /// The policy of a new workspace: what most shops do, and nothing a customer would be surprised by.
    ///
    /// Thirty days from delivery everywhere, a week of transit where the delivery is not known; a refund to the tenders
    /// that paid, store credit or an exchange; no fees; grades A to D leave 100, 80, 50 and 0 percent of the price;
    /// goods that are defective or not what was ordered are taken back even from final sale, with the order's shipping;
    /// a gift card is never taken back. A person looks at returns that seem fraudulent and at those above 500.
    /// Refunds are instant for grade A that matches the order.
    public static func standard(currency: Currency? = nil, timeZone: String = "UTC") -> ReturnPolicy {
        var policy = ReturnPolicy(zones: [
            ReturnZone(id: "rest_of_world", countries: [], window: ReturnWindow(days: 30, fallbackDays: 7))
        ])
        policy.currency = currency
        policy.calendar.timeZone = timeZone
        policy.nonReturnable.types = [giftCardType]
        policy.finalSale.tags = ["final-sale"]
        policy.reasons = standardReasons
        policy.rules = standardRules
        policy.fees.grades = ["A": "100", "B": "80", "C": "50", "D": "0"].compactMapValues { ReturnPercent($0) }
        policy.fees.feeWaivedReasons = merchantFaults
        policy.resolutions = [.originalPayment, .storeCredit, .exchange]
        policy.instantRefund = InstantRefundRule(grade: "A")
        policy.arrivalWait = .days(5)
        policy.receiptWait = .days(3)
        policy.expiry = .days(30)
        policy.reminders = [.days(7), .days(21)]
        policy.reviewSLA = .days(1)
        policy.approvalLimit = ReturnAmount("500.00")
        // WHY: many shops' orders come without product types and tags; a new workspace must not review every return.
        policy.unknownFacts = .ignore
        return policy
    }

    /// The type of a product that an order tells to be a gift card.
    public static let giftCardType = "gift card"

    /// Reasons that are the shop's doing.
    private static let merchantFaults = ["defective", "damaged_in_transit", "wrong_item", "not_as_described"]

    private static let standardReasons =
        [
            ("wrong_size", "It does not fit"), ("changed_mind", "I changed my mind"),
            ("defective", "It does not work"), ("damaged_in_transit", "It arrived damaged"),
            ("wrong_item", "It is not what I ordered"), ("not_as_described", "It is not as described"),
            ("arrived_late", "It arrived too late"), ("other", "Another reason"),
        ].map { ReturnReason(code: $0.0, label: $0.1) }

    private static var standardRules: [ReturnRule] {
        [
            rule(
                "merchant-fault", "Our mistake costs the customer nothing.",
                condition("return.reason", .anyOf, merchantFaults.map { .text($0) }),
                [
                    RuleAction(.bypassFinalSale, .flag(true)),
                    RuleAction(.refundOriginalShipping, .originalShipping(.fullReturn)),
                ],
                test: ["return.reason": .text("defective")]),
            rule(
                "fraud-review", "A person looks at what seems fraudulent.",
                condition("return.high_fraud_risk", .equals, [.flag(true)]),
                [RuleAction(.needsReview, .notice(true, "The return looks fraudulent."))],
                test: ["return.high_fraud_risk": .flag(true)]),
        ]
    }

    private static func rule(
        _ id: String, _ note: String, _ condition: RuleCondition?, _ actions: [RuleAction], test facts: FactTable
    ) -> ReturnRule {
        ReturnRule(
            id: id, note: note, when: condition.map { [$0] } ?? [], then: actions,
            tests: [
                RuleTest(name: "applies", given: facts, decides: actions.map(\.type.name)),
                RuleTest(name: "does not apply without the fact", given: [:], matches: false),
            ])
    }

    private static func condition(
        _ name: String, _ comparison: ConditionOperator, _ values: [FactScalar]
    ) -> RuleCondition? {
        ConditionVocabulary.field(name).flatMap { RuleCondition($0, [ConditionTest(comparison, values)]) }
    }
}
