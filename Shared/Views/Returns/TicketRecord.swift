import Commerce
import Foundation
import Messaging
import Postgres

/// A ticket as the API shows it and as webhooks tell of it.
public struct TicketRecord: Sendable {
    /// Where what the caller says differs from what we reckon.
    public struct Flag: Codable, Sendable, Equatable {
        /// `refund_amount_differs`.
        public var code: String
        public var message: String

        public init(code: String, message: String) {
            self.code = code
            self.message = message
        }
    }

    public var id: TicketID
    public var subject: String
    public var customerEmail: String
    public var status: TicketStatus
    public var customFields: [String: JSONValue]
    public var flags: [Flag]
    public var returnID: ReturnID?
    /// Counts the changes.
    public var version: Int
    public var createdAt: Date
    public var updatedAt: Date

    public init(
        id: TicketID, subject: String, customerEmail: String, status: TicketStatus, customFields: [String: JSONValue],
        flags: [Flag] = [], returnID: ReturnID? = nil, version: Int = 1, createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.subject = subject
        self.customerEmail = customerEmail
        self.status = status
        self.customFields = customFields
        self.flags = flags
        self.returnID = returnID
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// The schema `Ticket` of the API. A member that has no value is null.
extension TicketRecord: Encodable {
    enum CodingKeys: String, CodingKey {
        case id, subject, status, flags
        case customerEmail = "customer_email"
        case customFields = "custom_fields"
        case returnID = "return_id"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(subject, forKey: .subject)
        try container.encode(customerEmail, forKey: .customerEmail)
        try container.encode(status, forKey: .status)
        try container.encode(customFields, forKey: .customFields)
        try container.encode(flags, forKey: .flags)
        try container.encode(returnID, forKey: .returnID)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(updatedAt, forKey: .updatedAt)
    }
}

/// Tickets, read through the view of `returns`.
public enum TicketRecords {
    public static func find(_ id: TicketID, in database: PostgresTransaction) async throws -> TicketRecord? {
        try await read("WHERE id = \(id.uuid)", in: database).first
    }

    public static func find(of returnID: ReturnID, in database: PostgresTransaction) async throws -> TicketRecord? {
        try await read("WHERE return_id = \(returnID.uuid)", in: database).first
    }

    /// Those that a selection gives, in its order.
    /// - Parameter selection: what follows `FROM returns.ticket_view`.
    public static func read(_ selection: SQL, in database: PostgresTransaction) async throws -> [TicketRecord] {
        try await database.query(
            """
            SELECT id, subject, customer_email, status, custom_fields, flags, return_id, version, created_at, updated_at
            FROM returns.ticket_view \(selection)
            """
        ).map(TicketRecord.init)
    }
}

extension TicketRecord {
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            id: TicketID(uuid: try row("id")), subject: try row("subject"), customerEmail: try row("customer_email"),
            status: TicketStatus(rawValue: try row("status")) ?? .open,
            customFields: try row("custom_fields", as: JSONB.self).decode(),
            flags: try row("flags", as: JSONB.self).decode(),
            returnID: try row("return_id", as: UUID?.self).map(ReturnID.init(uuid:)), version: try row("version"),
            createdAt: try row("created_at"), updatedAt: try row("updated_at"))
    }
}
