import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Providers
import Views

/// `tickets`.
struct TicketStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    private var database: PostgresTransaction { transaction.database }

    func insert(_ ticket: TicketRecord) async throws {
        try await database.execute(
            """
            INSERT INTO tickets (id, workspace_id, subject, customer_email, status, custom_fields, flags, return_id,
                                 created_at, updated_at)
            VALUES (\(ticket.id.uuid), \(transaction.workspaceID.uuid), \(ticket.subject), \(ticket.customerEmail),
                    \(ticket.status.rawValue), \(try JSONB(encoding: ticket.customFields)),
                    \(try JSONB(encoding: ticket.flags)), \(ticket.returnID?.uuid), \(transaction.now),
                    \(transaction.now))
            """)
        try await announce(.ticketCreated, ticket.id)
    }

    /// With its lock; nil when there is none.
    func lock(_ id: TicketID) async throws -> TicketRecord? {
        try await database.execute("SELECT 1 FROM tickets WHERE id = \(id.uuid) FOR UPDATE")
        return try await TicketRecords.find(id, in: database)
    }

    /// Writes a changed ticket and tells of what changed; nothing where nothing did.
    func save(_ ticket: TicketRecord, since before: TicketRecord) async throws {
        try await database.execute(
            """
            UPDATE tickets SET subject = \(ticket.subject), status = \(ticket.status.rawValue),
                custom_fields = \(try JSONB(encoding: ticket.customFields)), flags = \(try JSONB(encoding: ticket.flags)),
                version = version + 1, updated_at = \(transaction.now)
            WHERE id = \(ticket.id.uuid)
            """)
        guard let now = try await TicketRecords.find(ticket.id, in: database) else { return }
        try transaction.announce(.ticketUpdated, now, before: before, subject: ticket.id.description)
    }

    /// Shows on the ticket of a return where that stands.
    func follow(_ status: ReturnStatus, of returnID: ReturnID) async throws {
        try await database.execute("SELECT 1 FROM tickets WHERE return_id = \(returnID.uuid) FOR UPDATE")
        guard let before = try await TicketRecords.find(of: returnID, in: database) else { return }
        var ticket = before
        ticket.status = TicketStatus(status)
        guard ticket.status != before.status else { return }
        try await save(ticket, since: before)
    }

    private func announce(_ event: PublicEvent, _ id: TicketID) async throws {
        guard let ticket = try await TicketRecords.find(id, in: database) else { return }
        try transaction.announce(event, ticket, subject: id.description)
    }
}
