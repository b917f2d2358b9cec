import Commerce
import Foundation
import Messaging
import Postgres

/// `disputes`: one row a dispute, by its id at the provider. The row marks its payment while it is open.
///
/// The order's ledger is locked by whoever changes them.
struct DisputeStore: Sendable {
    private let transaction: HandlerTransaction
    private let orderID: OrderID

    init(_ transaction: HandlerTransaction, of orderID: OrderID) {
        self.transaction = transaction
        self.orderID = orderID
    }

    /// What entries of the ledger name the dispute by.
    static func cause(of id: String) -> String { "shopify-dispute-\(id)" }

    func find(_ id: String, in currency: Currency) async throws -> Dispute? {
        try await transaction.database.query(
            """
            SELECT tender_id, amount, held, status FROM disputes
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND provider = 'shopify' AND external_id = \(id)
            """
        ).first.map { row in
            Dispute(
                cause: Self.cause(of: id), tender: TenderID(uuid: try row("tender_id")),
                amount: Money(minorUnits: try row("amount"), currency: currency), held: try row("held"),
                status: Dispute.Status(rawValue: try row("status")) ?? .open)
        }
    }

    func insert(_ dispute: Dispute, id: String) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO disputes (workspace_id, provider, external_id, order_id, tender_id, amount, held, status,
                                  opened_at, updated_at)
            VALUES (\(transaction.workspaceID.uuid), 'shopify', \(id), \(orderID.uuid), \(dispute.tender.uuid),
                    \(dispute.amount.minorUnits), \(dispute.held), \(dispute.status.rawValue), \(transaction.now),
                    \(transaction.now))
            """)
    }

    /// The open ones of a payment, by their ids, in a fixed order.
    func open(on tender: TenderID, in currency: Currency) async throws -> [(id: String, dispute: Dispute)] {
        try await transaction.database.query(
            """
            SELECT external_id, amount, held FROM disputes
            WHERE tender_id = \(tender.uuid) AND status = 'open' ORDER BY external_id
            """
        ).map { row in
            let id: String = try row("external_id")
            let dispute = Dispute(
                cause: Self.cause(of: id), tender: tender,
                amount: Money(minorUnits: try row("amount"), currency: currency), held: try row("held"))
            return (id, dispute)
        }
    }

    func save(_ dispute: Dispute, of id: String) async throws {
        try await transaction.database.execute(
            """
            UPDATE disputes SET status = \(dispute.status.rawValue), held = \(dispute.held),
                updated_at = \(transaction.now)
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND provider = 'shopify' AND external_id = \(id)
            """)
    }
}
