import Foundation

/// What is known of goods and their owner when a warranty is asked about them.
public struct WarrantyFacts: Sendable {
    /// A registration of the goods, as far as it matters here.
    public struct Registration: Hashable, Sendable {
        public var purchasedOn: ShopDay
        public var registeredOn: ShopDay
        /// Whether an order of ours, or a person, vouches for it.
        public var isVerified: Bool

        public init(purchasedOn: ShopDay, registeredOn: ShopDay, isVerified: Bool) {
            self.purchasedOn = purchasedOn
            self.registeredOn = registeredOn
            self.isVerified = isVerified
        }
    }

    public var now: Date
    public var sku: String
    public var problem: String
    /// Wished; nil leaves it to the plan.
    public var remedy: WarrantyRemedy?
    public var evidenceCount = 0
    /// Of all units claimed; nil where nobody knows.
    public var value: Money?
    /// Whether an order of ours brought the goods.
    public var isSoldHere: Bool
    public var orderedAt, deliveredAt: Date?
    public var registration: Registration?
    /// How often the unit was claimed with success before; the highest count among several.
    public var earlierClaims = 0

    public init(now: Date, sku: String, problem: String, isSoldHere: Bool) {
        self.now = now
        self.sku = sku
        self.problem = problem
        self.isSoldHere = isSoldHere
    }
}
