import Foundation

/// One account at the warehouse: its orders, announcements, receipts and returns.
struct DCLSimulator: SimulatedProvider {
    /// What the warehouse does by itself.
    enum Action: Sendable {
        case ship(order: String, plan: Int)
        case deliver(trackingNumber: String, plan: Int)
    }

    /// Ships and delivers without anybody asking; off by default.
    struct Automation: Sendable {
        var shipAfter: Duration?
        var deliverAfter: Duration?
        /// Raised by every change, so that what was planned before no longer counts.
        var plan = 0
    }

    static let name = "dcl"

    let settings: DCLSettings
    var orders: [String: DCLOrder] = [:]
    /// Oldest first.
    var orderNumbers: [String] = []
    /// Order number by tracking number.
    var orderOfPackage: [String: String] = [:]
    var items: [String: DCLItem] = [:]
    var refusedSKUs: Set<String> = []
    var automation = Automation()
    var announcements: [JSON] = []
    var receipts: [JSON] = []
    var returns: [String: DCLReturn] = [:]
    /// Oldest first.
    var returnNumbers: [String] = []
    var bucket: LeakyBucket
    var batchNumber: IDCounter
    var cartonNumber: IDCounter
    var trackingNumber: IDCounter
    var announcementNumber: IDCounter
    var receiptNumber: IDCounter
    var returnNumber: IDCounter
    var eventNumber: IDCounter
    private var effects: [ProviderEffect<Action>] = []

    init(_ settings: DCLSettings, idOffset: IDOffset) {
        self.settings = settings
        bucket = LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond)
        batchNumber = IDCounter(1)
        cartonNumber = IDCounter(8401 + idOffset.value * 10)
        trackingNumber = IDCounter(99_744_790 + idOffset.value * 10)
        announcementNumber = IDCounter(182_759 + idOffset.value)
        receiptNumber = IDCounter(771_203 + idOffset.value)
        returnNumber = IDCounter(5001 + idOffset.value)
        eventNumber = IDCounter(1 + idOffset.value * 1000)
        setUpItems()
    }

    func snapshot() -> JSON {
        [
            "orders": .array(orderNumbers.compactMap { orders[$0]?.json() }),
            "rmas": .array(returnNumbers.compactMap { returns[$0]?.json() }),
            "poNotifications": .array(announcements),
            "poReceipts": .array(receipts),
        ]
    }

    mutating func reset() {
        orders = [:]
        orderNumbers = []
        orderOfPackage = [:]
        refusedSKUs = []
        automation = Automation(plan: automation.plan + 1)
        announcements = []
        receipts = []
        returns = [:]
        returnNumbers = []
        bucket = LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond)
        setUpItems()
    }

    mutating func learn(sku: String) {
        if items[sku] == nil { items[sku] = DCLItem(number: sku) }
    }

    mutating func takeEffects() -> [ProviderEffect<Action>] {
        defer { effects = [] }
        return effects
    }

    mutating func emit(_ effect: ProviderEffect<Action>) { effects.append(effect) }

    private mutating func setUpItems() {
        let known = [
            "MIE-ROBE-S", "MIE-ROBE-M", "MIE-ROBE-L", "MIE-SLIP-S", "MIE-SLIP-M", "MIE-SLIP-L", "MIE-SET-1",
        ]
        items = Dictionary(uniqueKeysWithValues: known.map { ($0, DCLItem(number: $0)) })
    }
}
