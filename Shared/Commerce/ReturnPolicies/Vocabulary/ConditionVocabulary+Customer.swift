extension ConditionVocabulary {
    static let customer = [
        ConditionField(.customer, "tags", .texts, reference: .tag, "The customer's tags at the shop.") {
            $0.customer.tags.map { .texts($0) }
        },
        ConditionField(.customer, "orders_placed", .count, "Orders the customer has placed, this one included.") {
            $0.customer.ordersPlaced.map { .number(Int64($0)) }
        },
        ConditionField(.customer, "returns_placed", .count, "Returns the customer has asked for before this one.") {
            $0.customer.returnsPlaced.map { .number(Int64($0)) }
        },
        ConditionField(
            .customer, "keep_item_outcomes", .count, "Earlier returns in which the customer kept the goods."
        ) {
            $0.customer.keepItemOutcomes.map { .number(Int64($0)) }
        },
        ConditionField(.customer, "partial_credits_issued", .count, "Partial credits the customer has had.") {
            $0.customer.partialCreditsIssued.map { .number(Int64($0)) }
        },
        ConditionField(.customer, "bonus_credit_received", .amount, "Bonus credit the customer has had.") {
            $0.amount($0.customer.bonusCreditReceived)
        },
        ConditionField(.customer, "failed_payment_attempts", .count, "Payments of the customer that failed.") {
            $0.customer.failedPaymentAttempts.map { .number(Int64($0)) }
        },
        ConditionField(
            .customer, "returns_with_missing_or_wrong_items", .count,
            "Earlier returns in which something was missing or was not what had been sold."
        ) {
            $0.customer.returnsWithMissingOrWrongItems.map { .number(Int64($0)) }
        },
    ]
}
