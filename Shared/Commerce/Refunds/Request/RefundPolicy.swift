/// The part of a shop's return policy that decides amounts.
public struct RefundPolicy: Hashable, Sendable {
    public enum FeeBase: String, Hashable, Sendable, Codable, CaseIterable {
        /// The net amount of the returned units.
        case net
        /// Net and tax of the returned units.
        case gross
    }

    /// When what was paid for shipping is given back.
    public enum OriginalShipping: String, Hashable, Sendable, Codable, CaseIterable {
        case never
        case always
        /// Once every unit of the order has come back.
        case fullReturn = "full_return"
        /// In proportion to the net amount of what comes back.
        case proRata = "pro_rata"
    }

    public enum TenderOrder: Hashable, Sendable {
        /// In proportion to what each tender still has.
        case proportional
        /// These kinds of tender in this order, then all others.
        case kinds([String])
    }

    public var restockingFeePercent: Percentage
    public var restockingFeeBase: FeeBase
    /// Whether the tax on the fee is kept as well.
    public var restockingFeeTaxed: Bool
    /// Charged once a return; nil for none.
    public var returnShippingFee: Money?
    public var originalShipping: OriginalShipping
    /// What is refunded for goods of a grade; nil when every grade is refunded in full.
    public var grades: [String: Percentage]?
    /// Reasons for which no fee is charged.
    public var feeWaivedReasons: Set<String>
    public var tenderOrder: TenderOrder
    /// What is added where the refund is taken as store credit; nil where it is not, and for nothing.
    public var storeCreditBonus: StoreCreditBonus?

    /// The default charges no fee, keeps shipping, refunds every grade in full and splits in proportion.
    public init(
        restockingFeePercent: Percentage = .zero, restockingFeeBase: FeeBase = .net,
        restockingFeeTaxed: Bool = false, returnShippingFee: Money? = nil,
        originalShipping: OriginalShipping = .never, grades: [String: Percentage]? = nil,
        feeWaivedReasons: Set<String> = [], tenderOrder: TenderOrder = .proportional,
        storeCreditBonus: StoreCreditBonus? = nil
    ) {
        self.restockingFeePercent = restockingFeePercent
        self.restockingFeeBase = restockingFeeBase
        self.restockingFeeTaxed = restockingFeeTaxed
        self.returnShippingFee = returnShippingFee
        self.originalShipping = originalShipping
        self.grades = grades
        self.feeWaivedReasons = feeWaivedReasons
        self.tenderOrder = tenderOrder
        self.storeCreditBonus = storeCreditBonus
    }

    /// Whether a return for this reason is free of fees.
    public func waivesFees(for reason: String?) -> Bool {
        reason.map(feeWaivedReasons.contains) ?? false
    }
}
