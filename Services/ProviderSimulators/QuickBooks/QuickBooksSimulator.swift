import Foundation

/// The books of one company.
struct QuickBooksSimulator: SimulatedProvider {
    static let name = "quickbooks"

    let settings: QuickBooksSettings
    var documents: [Int: QuickBooksDocument] = [:]
    /// Oldest first.
    var documentIDs: [Int] = []
    var customers: [JSON] = []
    /// The first answer to each request id, also when what it made is gone.
    var answers: [String: SimulatedResponse] = [:]
    var tokens: QuickBooksTokens
    var bucket: LeakyBucket
    var documentNumber: IDCounter
    var customerNumber: IDCounter
    var callNumber: IDCounter
    private var effects: [ProviderEffect<Never>] = []

    init(_ settings: QuickBooksSettings, idOffset: IDOffset) {
        self.settings = settings
        tokens = QuickBooksTokens(settings, idOffset: idOffset)
        bucket = LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond)
        documentNumber = IDCounter(145 + idOffset.value)
        customerNumber = IDCounter(59)
        callNumber = IDCounter(1 + idOffset.value * 1000)
        customers = [Self.customer(58, "ana@example.com")]
    }

    func snapshot() -> JSON {
        var collections = JSONObject()
        for kind in QuickBooksDocument.Kind.allCases {
            let found = documentIDs.compactMap { documents[$0] }.filter { $0.kind == kind }
            collections[kind.collection] = .array(found.map { $0.json() })
        }
        collections["customers"] = .array(customers)
        return .object(collections)
    }

    mutating func reset() {
        documents = [:]
        documentIDs = []
        answers = [:]
        customers = [Self.customer(58, "ana@example.com")]
        bucket = LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond)
    }

    mutating func takeEffects() -> [ProviderEffect<Never>] {
        defer { effects = [] }
        return effects
    }

    mutating func emit(_ webhook: OutgoingWebhook) { effects.append(.webhook(webhook)) }

    static func customer(_ id: Int, _ email: String) -> JSON {
        [
            "Id": .string("\(id)"), "SyncToken": "0", "DisplayName": .string(email), "Active": true,
            "PrimaryEmailAddr": ["Address": .string(email)],
        ]
    }
}
