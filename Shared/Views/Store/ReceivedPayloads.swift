import Commerce
import Foundation
import Messaging
import Postgres

/// The gateway's archive of webhooks, read through its view.
public struct ReceivedPayloads: Sendable {
    private let transaction: HandlerTransaction

    public init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// The body as it came; nil where nothing is archived under the id.
    public func body(of id: ReceivedID) async throws -> [UInt8]? {
        try await transaction.database.query(
            "SELECT body FROM ingest_gateway.received_view WHERE id = \(id.uuid)"
        ).first.flatMap { try $0("body", as: [UInt8]?.self) }
    }
}
