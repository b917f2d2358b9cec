extension ConditionVocabulary {
    static let order = [
        ConditionField(
            .order, "shipping_country", .text(choices: nil), reference: .country,
            "The country the order was shipped to, as two letters."
        ) {
            $0.order.shippingCountry.map { .text($0) }
        },
        ConditionField(.order, "date", .day, "The day of the order on the shop's calendar.") { situation in
            situation.order.orderedAt.map { .number(Int64(situation.calendar.day(of: $0).number)) }
        },
        ConditionField(
            .order, "days_since_window_start", .count, ofLine: true,
            "Days from the start of the line's window to today; 0 before it starts."
        ) {
            $0.daysSinceWindowStart.map { .number(Int64($0)) }
        },
        ConditionField(.order, "discount_codes", .texts, "The discount codes used on the order.") {
            $0.order.discountCodes.map { .texts($0) }
        },
        ConditionField(.order, "discount_total", .amount, "The discounts on all lines of the order.") {
            $0.amount($0.order.discountTotal)
        },
        ConditionField(
            .order, "discount_percent", .percent, "The discounts as a share of the lines' prices before them."
        ) {
            $0.order.discountPercent.map { .number($0) }
        },
        ConditionField(.order, "returns_on_order", .count, "Returns of this order before this one.") {
            $0.order.returnsOnOrder.map { .number(Int64($0)) }
        },
        ConditionField(.order, "tags", .texts, reference: .tag, "The order's tags at the shop.") {
            $0.order.tags.map { .texts($0) }
        },
        ConditionField(.order, "total_value", .amount, "What the customer paid for the order.") {
            $0.amount($0.order.total)
        },
        ConditionField(
            .order, "currency", .text(choices: nil), reference: .currency, "The currency of the order, e.g. USD."
        ) {
            .text($0.order.currency.code)
        },
    ]
}
