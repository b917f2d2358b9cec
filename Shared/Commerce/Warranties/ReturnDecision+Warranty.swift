extension ReturnDecision {
    /// The decision on a return that brings in the goods of a claim: taken back on the terms of the warranty, so that a
    /// refund of them is their whole price, whatever their grade, without fees.
    /// - Parameter lines: units of each line of the order.
    public static func warranty(
        _ plan: WarrantyPlan, lines: [(lineID: String, sku: String, quantity: Int)], shipFrom country: String?
    ) -> ReturnDecision {
        let rule = "warranty plan \(plan.id)"
        let explanation = PolicyExplanation(
            "return", Outcome.approved.rawValue, setting: rule, staff: "The goods of a claim under \(rule).")
        return ReturnDecision(
            outcome: .approved, rule: rule, reasons: [], policyVersion: 0,
            zone: ZoneDecision(id: "warranty", country: country, carrier: nil, label: plan.label),
            lines: lines.map { ReturnLineDecision(plan, $0, rule) },
            offer: ReturnOffer(
                methods: plan.comesBack ? [.ship] : [.keep], resolutions: plan.remedies.map(\.resolution),
                destination: nil),
            money: ReturnMoneySettings(), instantRefund: InstantRefundDecision(status: .notAllowed, rule: rule),
            explanation: explanation)
    }
}

extension ReturnLineDecision {
    fileprivate init(_ plan: WarrantyPlan, _ line: (lineID: String, sku: String, quantity: Int), _ rule: String) {
        self.init(
            lineID: line.lineID, sku: line.sku, quantity: line.quantity, available: line.quantity, eligible: true,
            reason: .unlimitedWindow, message: "The goods are claimed under warranty.", rule: rule, nextAction: .none,
            window: nil, disposition: plan.comesBack ? .returned : .kept,
            dispositionRule: plan.comesBack ? nil : rule, partialCreditPercent: nil, feesWaivedBy: .rule,
            feesWaivedRule: rule, offeredReasons: [])
    }
}

extension WarrantyRemedy {
    /// What it is called on a return.
    public var resolution: ReturnResolution {
        switch self {
        case .repair: .repair
        case .replacement: .replace
        case .refund: .originalPayment
        }
    }
}
