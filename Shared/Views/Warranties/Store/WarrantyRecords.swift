import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// Claims, read through the views of `returns`.
public enum WarrantyRecords {
    /// - Parameter withTimeline: whether its history is wanted too.
    public static func find(
        _ id: WarrantyID, withTimeline: Bool = true, in database: PostgresTransaction
    ) async throws -> WarrantyRecord? {
        try await read("WHERE id = \(id.uuid)", withTimeline: withTimeline, in: database).first
    }

    /// Those that a selection gives, in its order.
    /// - Parameter selection: what follows `FROM returns.warranty_view`.
    public static func read(
        _ selection: SQL, withTimeline: Bool, in database: PostgresTransaction
    ) async throws -> [WarrantyRecord] {
        var records = try await database.query(
            """
            SELECT id, order_id, registration_id, return_id, saga_id, status, status_reason, request, line_id, sku, title,
                   quantity, coverage, remedy, finding, repair, replacement, replacement_order_id, parcel, label,
                   refund_id, review_due_at, received_at, created_at, updated_at
            FROM returns.warranty_view \(selection)
            """
        ).map { (record: try WarrantyRecord($0), refundID: try $0("refund_id", as: UUID?.self)) }
        guard !records.isEmpty else { return [] }
        let parts = try await database.pipeline(
            [ReturnRecords.refunds(records.compactMap(\.refundID))]
                + (withTimeline ? [timeline(of: records.map(\.record.id.uuid))] : []))
        let refunds = try Dictionary(grouping: parts[0]) { try $0("id", as: UUID.self) }
        let happenings = try Dictionary(grouping: withTimeline ? parts[1] : []) { try $0("warranty_id", as: UUID.self) }
        for index in records.indices {
            let id = records[index].record.id.uuid
            records[index].record.refund = try records[index].refundID.flatMap { refunds[$0]?.first }
                .flatMap(ReturnRefund.init)
            records[index].record.timeline =
                withTimeline ? try (happenings[id] ?? []).map(ReturnRecord.Happening.init) : nil
        }
        return records.map(\.record)
    }

    private static func timeline(of claims: [UUID]) -> SQL {
        """
        SELECT warranty_id, at, type, actor, summary, external_ref FROM returns.warranty_timeline_view
        WHERE warranty_id = ANY(\(claims)) ORDER BY at, id
        """
    }

    /// The terms in force; the standard ones where none were ever set.
    /// - Parameter version: of the terms; the newest when left out, the standard ones for 0.
    public static func terms(_ version: Int? = nil, in database: PostgresTransaction) async throws -> WarrantyTerms {
        try await database.query(
            """
            SELECT document::jsonb AS document FROM returns.warranty_terms_view
            WHERE \(version)::bigint IS NULL OR version = \(version) ORDER BY version DESC LIMIT 1
            """
        ).first.map { try $0("document", as: JSONB.self).decode() } ?? .standard
    }
}

extension WarrantyRecord {
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            id: WarrantyID(uuid: try row("id")),
            orderID: try row("order_id", as: UUID?.self).map(OrderID.init(uuid:)),
            registrationID: try row("registration_id", as: UUID?.self).map(RegistrationID.init(uuid:)),
            returnID: try row("return_id", as: UUID?.self).map(ReturnID.init(uuid:)),
            sagaID: try row("saga_id", as: UUID?.self).map(SagaID.init(uuid:)),
            status: WarrantyStatus(rawValue: try row("status")) ?? .inReview,
            statusReason: try row("status_reason", as: JSONB?.self)?.decode(),
            request: try row("request", as: JSONB.self).decode(), lineID: try row("line_id"), sku: try row("sku"),
            title: try row("title"), quantity: try row("quantity"),
            coverage: try row("coverage", as: JSONB.self).decode(),
            remedy: try row("remedy", as: String?.self).flatMap(WarrantyRemedy.init(rawValue:)),
            finding: try row("finding", as: String?.self).flatMap(WarrantyFinding.init(rawValue:)),
            repair: try row("repair", as: JSONB?.self)?.decode(),
            replacement: try row("replacement", as: JSONB?.self)?.decode(),
            replacementOrderID: try row("replacement_order_id", as: UUID?.self).map(OrderID.init(uuid:)),
            parcel: try row("parcel", as: JSONB?.self)?.decode(), label: try row("label", as: JSONB?.self)?.decode(),
            reviewDueAt: try row("review_due_at"), receivedAt: try row("received_at"),
            createdAt: try row("created_at"), updatedAt: try row("updated_at"))
    }
}
