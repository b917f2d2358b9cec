import Foundation

/// One store's subscriptions, its customers and their charges.
struct RechargeSimulator: SimulatedProvider {
    struct Customer: Sendable {
        let id: Int
        let email: String
        let addressID: Int
    }

    static let name = "recharge"

    let settings: RechargeSettings
    /// Oldest first.
    var customers: [Customer] = []
    var subscriptions: [Int: RechargeSubscription] = [:]
    var subscriptionIDs: [Int] = []
    var charges: [Int: RechargeCharge] = [:]
    var chargeIDs: [Int] = []
    var refunds: [JSON] = []
    var bucket: LeakyBucket
    var customerNumber: IDCounter
    var addressNumber: IDCounter
    var subscriptionNumber: IDCounter
    var chargeNumber: IDCounter
    var eventNumber: IDCounter
    private var effects: [ProviderEffect<Never>] = []

    init(_ settings: RechargeSettings, idOffset: IDOffset) {
        self.settings = settings
        bucket = LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond)
        customerNumber = IDCounter(91_501 + idOffset.value)
        addressNumber = IDCounter(733_801 + idOffset.value)
        subscriptionNumber = IDCounter(482_011 + idOffset.value)
        chargeNumber = IDCounter(1_552_301 + idOffset.value * 10)
        eventNumber = IDCounter(1 + idOffset.value * 1000)
    }

    func snapshot() -> JSON {
        [
            "subscriptions": .array(subscriptionIDs.compactMap { subscriptions[$0] }.map { json($0) }),
            "refunds": .array(refunds), "charges": .array(chargeIDs.compactMap { charges[$0]?.json() }),
            "customers": .array(customers.map(Self.json)),
        ]
    }

    mutating func reset() {
        customers = []
        subscriptions = [:]
        subscriptionIDs = []
        charges = [:]
        chargeIDs = []
        refunds = []
        bucket = LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond)
    }

    mutating func takeEffects() -> [ProviderEffect<Never>] {
        defer { effects = [] }
        return effects
    }

    mutating func emit(_ webhook: OutgoingWebhook) { effects.append(.webhook(webhook)) }

    func json(_ subscription: RechargeSubscription, isOld: Bool = false) -> JSON {
        subscription.json(hasQueuedCharges: !queuedCharges(of: subscription.id).isEmpty, isOld: isOld)
    }

    static func json(_ customer: Customer) -> JSON {
        ["id": .int(customer.id), "email": .string(customer.email), "first_name": "", "last_name": ""]
    }
}
