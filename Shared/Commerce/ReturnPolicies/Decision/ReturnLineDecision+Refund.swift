extension ReturnLineDecision {
    /// The line as the refund calculation takes it, with what was decided about its fees and its goods.
    /// - Parameter grade: as inspected; before that, nil for the best.
    public func returned(_ units: UnitNumbers, grade: String? = nil, reason: String? = nil) -> ReturnedLine {
        ReturnedLine(
            lineID: lineID, units: units, grade: grade ?? "A", reason: reason, feesWaivedBy: waiver, kept: keptGoods)
    }

    /// WHY: a reason needs no word here, for the calculation knows which reasons are free of fees.
    private var waiver: String? {
        switch feesWaivedBy {
        case .rule: feesWaivedRule.map(Self.named)
        case .grade: feesWaivedRule
        case .reason, nil: nil
        }
    }

    private var keptGoods: KeptGoods? {
        guard disposition != .returned else { return nil }
        return KeptGoods(
            percent: partialCreditPercent.map(Percentage.init) ?? .hundred, by: dispositionRule.map(Self.named))
    }

    private static func named(_ rule: String) -> String {
        String("rule \(rule)".prefix(RefundLimits.nameCharactersMax))
    }
}

extension Percentage {
    /// The same percentage.
    public init(_ percent: ReturnPercent) {
        self.init(tenThousandths: percent.scaled)
    }
}

extension ReturnMoneySettings {
    /// The settings as the refund calculation takes them.
    ///
    /// Failure: `MoneyError` where the flat fee is no amount in this currency.
    public func policy(in currency: Currency) throws(MoneyError) -> RefundPolicy {
        RefundPolicy(
            restockingFeePercent: Percentage(restockingFeePercent), restockingFeeBase: restockingFeeBase.ofRefund,
            restockingFeeTaxed: restockingFeeTaxed,
            returnShippingFee: returnShippingFee == .zero
                ? nil : try Money(decimal: returnShippingFee.text, currency: currency),
            originalShipping: originalShipping.ofRefund,
            grades: grades.isEmpty ? nil : grades.mapValues(Percentage.init), feeWaivedReasons: Set(feeWaivedReasons),
            tenderOrder: tenderOrder.ofRefund)
    }
}

extension ReturnMoneySettings.FeeBase {
    fileprivate var ofRefund: RefundPolicy.FeeBase {
        switch self {
        case .net: .net
        case .gross: .gross
        }
    }
}

extension ReturnMoneySettings.OriginalShipping {
    fileprivate var ofRefund: RefundPolicy.OriginalShipping {
        switch self {
        case .never: .never
        case .always: .always
        case .fullReturn: .fullReturn
        case .proRata: .proRata
        }
    }
}

extension ReturnMoneySettings.TenderOrder {
    fileprivate var ofRefund: RefundPolicy.TenderOrder {
        switch self {
        case .proportional: .proportional
        case .kinds(let kinds): .kinds(kinds)
        }
    }
}
