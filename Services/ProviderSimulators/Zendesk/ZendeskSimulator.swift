import Foundation

/// One helpdesk: people, tickets, and what is written on them.
struct ZendeskSimulator: SimulatedProvider {
    struct User: Sendable {
        var id: Int
        var name: String
        var email: String
        var role: String
        var locale = "en-US"

        func json() -> JSON {
            [
                "id": .int(id), "name": .string(name), "email": .string(email), "role": .string(role),
                "locale": .string(locale), "phone": nil, "external_id": nil, "active": true,
            ]
        }
    }

    /// A file that waits for a comment to name it.
    struct Upload: Sendable {
        var attachments: [JSON]
        var expiresAt: Date
    }

    static let name = "zendesk"
    static let agentID = 494_820_284

    let settings: ZendeskSettings
    var tickets: [Int: ZendeskTicket] = [:]
    /// Oldest first.
    var ticketIDs: [Int] = []
    var users: [Int: User] = [:]
    var uploads: [String: Upload] = [:]
    /// The first answer to a creation, by its key.
    var creations: [String: (body: JSON, ticket: Int, at: Date)] = [:]
    var calls: MinuteWindow
    var updates: MinuteWindow
    var ticketID: IDCounter
    var auditID: IDCounter
    var userID: IDCounter
    var attachmentID: IDCounter
    var deliveryID: IDCounter
    private var effects: [ProviderEffect<Never>] = []

    init(_ settings: ZendeskSettings, idOffset: IDOffset) {
        self.settings = settings
        calls = MinuteWindow(limit: settings.callsPerMinute)
        updates = MinuteWindow(limit: settings.updatesPerMinute)
        ticketID = IDCounter(228_476 + idOffset.value)
        auditID = IDCounter(2_127_301_143 + idOffset.value * 100)
        userID = IDCounter(494_820_285 + idOffset.value)
        attachmentID = IDCounter(498_483 + idOffset.value * 10)
        deliveryID = IDCounter(1 + idOffset.value * 100)
        users[Self.agentID] = agent
    }

    private var agent: User { User(id: Self.agentID, name: "StateSet", email: settings.email, role: "agent") }

    func snapshot() -> JSON {
        [
            "tickets": .array(
                ticketIDs.compactMap { tickets[$0] }.map { ticket in
                    var object = ticket.json().object ?? JSONObject()
                    object["comments"] = .array(ticket.comments.map { $0.comment.json($0.audit) })
                    return .object(object)
                }),
            "users": .array(users.values.sorted { $0.id < $1.id }.map { $0.json() }),
        ]
    }

    mutating func reset() {
        tickets = [:]
        ticketIDs = []
        users = [Self.agentID: agent]
        uploads = [:]
        creations = [:]
        calls = MinuteWindow(limit: settings.callsPerMinute)
        updates = MinuteWindow(limit: settings.updatesPerMinute)
    }

    mutating func takeEffects() -> [ProviderEffect<Never>] {
        defer { effects = [] }
        return effects
    }

    mutating func emit(_ webhook: OutgoingWebhook) { effects.append(.webhook(webhook)) }

    func ticket(_ id: Int?) throws -> ZendeskTicket {
        guard let ticket = id.flatMap({ tickets[$0] }) else { throw Refusal.zendeskNotFound }
        return ticket
    }

    /// The person with this address, made now where there is none.
    mutating func user(email: String, name: String?) -> User {
        if let known = users.values.first(where: { $0.email.lowercased() == email.lowercased() }) { return known }
        let user = User(id: userID.take(), name: name ?? email, email: email, role: "end-user")
        users[user.id] = user
        return user
    }
}
