extension ConditionVocabulary {
    static let ofReturn = [
        ConditionField(
            .ofReturn, "reason", .text(choices: nil), ofLine: true, reference: .reason,
            "The reason given for the line."
        ) {
            $0.line?.reason.map { .text($0) }
        },
        ConditionField(
            .ofReturn, "grade", .text(choices: nil), ofLine: true, reference: .grade,
            "The grade of the line's goods, known after inspection."
        ) {
            $0.line?.grade.map { .text($0) }
        },
        ConditionField(.ofReturn, "item_count", .count, "Units asked to be returned.") {
            .number($0.unitCount)
        },
        ConditionField(.ofReturn, "method", .text(choices: ReturnMethod.allCases.map(\.rawValue)), "The method chosen.")
        {
            $0.request.method.map { .text($0.rawValue) }
        },
        ConditionField(
            .ofReturn, "outcome", .text(choices: ReturnResolution.allCases.map(\.rawValue)),
            "The resolution chosen."
        ) {
            $0.request.resolution.map { .text($0.rawValue) }
        },
        ConditionField(
            .ofReturn, "value", .amount, "The price of the units asked to be returned, after discounts, before tax."
        ) {
            $0.amount($0.value)
        },
        ConditionField(
            .ofReturn, "extent", .text(choices: ["full", "partial"]),
            "`full` when nothing of the order is left after this return."
        ) {
            .text($0.isFullReturn ? "full" : "partial")
        },
        ConditionField(.ofReturn, "high_fraud_risk", .flag, "Whether the return looks fraudulent.") {
            $0.request.highFraudRisk.map { .flag($0) }
        },
        ConditionField(.ofReturn, "restock_location", .text(choices: nil), "Where the goods would be restocked.") {
            $0.request.restockLocation.map { .text($0) }
        },
        ConditionField(
            .ofReturn, "channel", .text(choices: ReturnChannel.allCases.map(\.rawValue)), "Who asks, and where."
        ) {
            $0.request.channel.map { .text($0.rawValue) }
        },
        ConditionField(
            .ofReturn, "zone", .text(choices: nil), reference: .zone, "The zone the goods are sent from, by its id."
        ) {
            $0.zone.map { .text($0.id) }
        },
    ]
}
