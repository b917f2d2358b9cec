import Foundation

/// One helpdesk: its tickets, and what is written on them.
struct GorgiasSimulator: SimulatedProvider {
    /// Sending is apart from posting.
    enum Action: Sendable {
        case send(message: Int, ofTicket: Int)
    }

    static let name = "gorgias"
    /// How long a posted message takes to leave.
    static let sendingDelay = Duration.milliseconds(50)

    let settings: GorgiasSettings
    var tickets: [Int: GorgiasTicket] = [:]
    /// Oldest first.
    var ticketIDs: [Int] = []
    var customers: [String: GorgiasCustomer] = [:]
    var tagIDs: [String: Int] = [:]
    var uploads: [JSON] = []
    var bucket: LeakyBucket
    var ticketID: IDCounter
    var messageID: IDCounter
    var customerID: IDCounter
    var tagID: IDCounter
    var uploadID: IDCounter
    var deliveryID: IDCounter
    private var effects: [ProviderEffect<Action>] = []

    init(_ settings: GorgiasSettings, idOffset: IDOffset) {
        self.settings = settings
        bucket = LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond)
        ticketID = IDCounter(228_476 + idOffset.value)
        messageID = IDCounter(500_123 + idOffset.value * 10)
        customerID = IDCounter(91_823 + idOffset.value)
        tagID = IDCounter(12)
        uploadID = IDCounter(1 + idOffset.value * 10)
        deliveryID = IDCounter(1 + idOffset.value * 100)
    }

    func snapshot() -> JSON { ["tickets": .array(ticketIDs.compactMap { tickets[$0]?.json() })] }

    mutating func reset() {
        tickets = [:]
        ticketIDs = []
        customers = [:]
        tagIDs = [:]
        uploads = []
        bucket = LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond)
    }

    mutating func takeEffects() -> [ProviderEffect<Action>] {
        defer { effects = [] }
        return effects
    }

    mutating func emit(_ effect: ProviderEffect<Action>) { effects.append(effect) }

    func ticket(_ id: Int?) throws -> GorgiasTicket {
        guard let ticket = id.flatMap({ tickets[$0] }) else { throw Refusal.gorgiasNotFound }
        return ticket
    }
}
