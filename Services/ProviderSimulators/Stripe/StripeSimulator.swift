import Foundation

/// One Stripe account: charges, refunds, disputes, subscriptions.
struct StripeSimulator: SimulatedProvider {
    static let name = "stripe"

    let settings: StripeSettings
    var charges: [String: StripeCharge] = [:]
    var refunds: [String: StripeRefund] = [:]
    /// Oldest first.
    var refundIDs: [String] = []
    var disputes: [String: JSONObject] = [:]
    var subscriptions: [String: StripeSubscription] = [:]
    /// Oldest first.
    var subscriptionIDs: [String] = []
    var idempotency = StripeIdempotency()
    /// Writes that fail after they have begun, and whose failure is kept under their key.
    var brokenWrites = 0
    var bucket: LeakyBucket
    var objectNumber: IDCounter
    var eventNumber: IDCounter
    var requestNumber: IDCounter
    /// The request that is being answered, for the events that it causes.
    var cause: JSON = ["id": nil, "idempotency_key": nil]
    private var effects: [ProviderEffect<Never>] = []

    init(_ settings: StripeSettings, idOffset: IDOffset) {
        self.settings = settings
        bucket = LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond)
        objectNumber = IDCounter(1 + idOffset.value * 100)
        eventNumber = IDCounter(1 + idOffset.value * 1000)
        requestNumber = IDCounter(1 + idOffset.value * 1000)
    }

    func snapshot() -> JSON {
        [
            "subscriptions": .array(subscriptionIDs.compactMap { subscriptions[$0]?.json() }),
            "refunds": .array(refundIDs.compactMap { refunds[$0]?.json() }),
            "charges": .array(charges.keys.sorted().compactMap { charges[$0]?.json() }),
            "disputes": .array(disputes.keys.sorted().compactMap { disputes[$0].map(JSON.object) }),
        ]
    }

    mutating func reset() {
        charges = [:]
        refunds = [:]
        refundIDs = []
        disputes = [:]
        subscriptions = [:]
        subscriptionIDs = []
        idempotency = StripeIdempotency()
        brokenWrites = 0
        bucket = LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond)
    }

    mutating func takeEffects() -> [ProviderEffect<Never>] {
        defer { effects = [] }
        return effects
    }

    mutating func emit(_ webhook: OutgoingWebhook) { effects.append(.webhook(webhook)) }

    /// An id in Stripe's form: `re_1Pgc72B7WZ01zgkW…`.
    mutating func newID(_ prefix: String) -> String {
        let digits = String(objectNumber.take(), radix: 36)
        return "\(prefix)_1Pgc72B7WZ01zgkW\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits)"
    }
}
