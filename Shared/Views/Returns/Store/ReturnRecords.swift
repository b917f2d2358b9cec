import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// Returns, read through the views of `returns`.
public enum ReturnRecords {
    /// - Parameter withTimeline: whether its history is wanted too.
    public static func find(
        _ id: ReturnID, withTimeline: Bool = true, in database: PostgresTransaction
    ) async throws -> ReturnRecord? {
        try await read("WHERE id = \(id.uuid)", withTimeline: withTimeline, in: database).first
    }

    /// Those that a selection gives, in its order.
    /// - Parameter selection: what follows `FROM returns.return_view`.
    public static func read(
        _ selection: SQL, withTimeline: Bool, in database: PostgresTransaction
    ) async throws -> [ReturnRecord] {
        var records = try await database.query(
            """
            SELECT id, order_id, ticket_id, warranty_id, saga_id, status, status_reason, resolution, request,
                   decision, policy_version, label, external_ids, refund_id, review_due_at, received_at, created_at,
                   updated_at, declined
            FROM returns.return_view \(selection)
            """
        ).map { (record: try ReturnRecord($0), refundID: try $0("refund_id", as: UUID?.self)) }
        guard !records.isEmpty else { return [] }
        let ids = records.map(\.record.id.uuid)
        let parts = try await database.pipeline(
            [units(of: ids), extras(of: ids), refunds(records.compactMap(\.refundID)), inspections(of: ids)]
                + (withTimeline ? [timeline(of: ids)] : []))
        let units = try Dictionary(grouping: parts[0]) { try $0("return_id", as: UUID.self) }
        let extras = try Dictionary(grouping: parts[1]) { try $0("return_id", as: UUID.self) }
        let refunds = try Dictionary(grouping: parts[2]) { try $0("id", as: UUID.self) }
        let inspections = try Dictionary(grouping: parts[3]) { try $0("return_id", as: UUID.self) }
        let happenings = try Dictionary(grouping: withTimeline ? parts[4] : []) { try $0("return_id", as: UUID.self) }
        for index in records.indices {
            let id = records[index].record.id.uuid
            records[index].record.lines = try ReturnRecord.lines(units[id] ?? [])
            records[index].record.extras = try (extras[id] ?? []).map(ReturnRecord.Extra.init)
            records[index].record.inspections = try (inspections[id] ?? []).map(ReturnInspection.init)
            records[index].record.refund = try records[index].refundID.flatMap { refunds[$0]?.first }
                .flatMap(ReturnRefund.init)
            records[index].record.timeline =
                withTimeline ? try (happenings[id] ?? []).map(ReturnRecord.Happening.init) : nil
        }
        return records.map(\.record)
    }

    private static func units(of returns: [UUID]) -> SQL {
        """
        SELECT return_id, line_id, unit, sku, title, reason, stays, state, grade, matched, checklist
        FROM returns.return_unit_view WHERE return_id = ANY(\(returns)) ORDER BY return_id, position, unit
        """
    }

    private static func extras(of returns: [UUID]) -> SQL {
        """
        SELECT return_id, sku, quantity FROM returns.return_extra_view
        WHERE return_id = ANY(\(returns)) ORDER BY at, id
        """
    }

    private static func inspections(of returns: [UUID]) -> SQL {
        """
        SELECT return_id, at, actor, line_id, units, grade, matched, checklist, photos
        FROM returns.return_inspection_view WHERE return_id = ANY(\(returns)) ORDER BY return_id, at, id
        """
    }

    static func refunds(_ ids: [UUID]) -> SQL {
        """
        SELECT id, status, amount, currency, error, calculation::text AS calculation
        FROM returns.refund_view WHERE id = ANY(\(ids))
        """
    }

    /// What a record shows beside its own row, for ``ReturnRecord/take(beside:)``: statements that whoever holds the
    /// return's lock sends along with its own.
    /// - Parameter known: a refund whose calculation is not read again; what is once calculated stands.
    public static func beside(_ id: ReturnID, calculated known: RefundID? = nil) -> [SQL] {
        [
            units(of: [id.uuid]), extras(of: [id.uuid]),
            """
            SELECT id, status, amount, currency, error,
                   CASE WHEN id IS DISTINCT FROM \(known?.uuid) THEN calculation::text END AS calculation
            FROM returns.refund_view WHERE id = (SELECT refund_id FROM returns.return_view WHERE id = \(id.uuid))
            """,
            inspections(of: [id.uuid]),
        ]
    }

    private static func timeline(of returns: [UUID]) -> SQL {
        """
        SELECT return_id, at, type, actor, summary, external_ref FROM returns.return_timeline_view
        WHERE return_id = ANY(\(returns)) ORDER BY at, id
        """
    }
}

extension ReturnRecord {
    /// From a row with the columns of `return_view`, without what is beside it.
    public init(_ row: PostgresRow) throws {
        self.init(
            id: ReturnID(uuid: try row("id")), orderID: OrderID(uuid: try row("order_id")),
            ticketID: try row("ticket_id", as: UUID?.self).map(TicketID.init(uuid:)),
            warrantyID: try row("warranty_id", as: UUID?.self).map(WarrantyID.init(uuid:)),
            sagaID: try row("saga_id", as: UUID?.self).map(SagaID.init(uuid:)),
            status: ReturnStatus(rawValue: try row("status")) ?? .inReview,
            statusReason: try row("status_reason", as: JSONB?.self)?.decode(),
            resolution: ReturnResolution(rawValue: try row("resolution")) ?? .originalPayment,
            request: try row("request", as: JSONB.self).decode(),
            decision: try row("decision", as: JSONB.self).decode(),
            policyVersion: try row("policy_version"), label: try row("label", as: JSONB?.self)?.decode(),
            externalIDs: try row("external_ids", as: JSONB.self).decode(), reviewDueAt: try row("review_due_at"),
            receivedAt: try row("received_at"), createdAt: try row("created_at"), updatedAt: try row("updated_at"))
        declined = try row("declined", as: JSONB.self).decode()
    }

    /// - Parameter parts: what the statements of ``ReturnRecords/beside(_:)`` gave.
    public mutating func take(beside parts: [[PostgresRow]]) throws {
        lines = try Self.lines(parts[0])
        extras = try parts[1].map(Extra.init)
        var now = try parts[2].first.flatMap(ReturnRefund.init)
        if now?.calculation == nil, now?.id == refund?.id { now?.calculation = refund?.calculation }
        refund = now
        inspections = try parts[3].map(ReturnInspection.init)
    }

    /// Units of one line for one reason belong together.
    fileprivate static func lines(_ rows: [PostgresRow]) throws -> [Line] {
        var lines: [Line] = []
        for row in rows {
            let lineID: String = try row("line_id")
            let reason: String? = try row("reason")
            let unit = Unit(
                number: try row("unit"), state: try row("state", as: String?.self).flatMap(ReceiveReturn.State.init),
                grade: try row("grade", as: String?.self).flatMap(GoodsGrade.init(rawValue:)),
                matched: try row("matched"), stays: try row("stays"),
                checklist: try row("checklist", as: String?.self).flatMap(ChecklistState.init(rawValue:)))
            if let index = lines.firstIndex(where: { $0.lineID == lineID && $0.reason == reason }) {
                lines[index].units.append(unit)
            } else {
                lines.append(
                    Line(
                        lineID: lineID, sku: try row("sku"), title: try row("title"), reason: reason, units: [unit]))
            }
        }
        return lines
    }
}

extension ReturnRecord.Extra {
    fileprivate init(_ row: PostgresRow) throws {
        self.init(sku: try row("sku"), quantity: try row("quantity"))
    }
}

extension ReturnInspection {
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            at: try row("at"), actor: try row("actor"), lineID: try row("line_id"), units: try row("units"),
            grade: try row("grade", as: String?.self).flatMap(GoodsGrade.init(rawValue:)), matched: try row("matched"),
            checklist: try row("checklist", as: JSONB.self).decode(), photos: try row("photos"))
    }
}

extension ReturnRecord.Happening {
    init(_ row: PostgresRow) throws {
        self.init(
            at: try row("at"), type: try row("type"), actor: try row("actor"), summary: try row("summary"),
            externalRef: try row("external_ref"))
    }
}

extension ReturnRefund {
    init?(_ row: PostgresRow) throws {
        guard let currency = Currency(code: try row("currency")),
            let status = RefundStatus(rawValue: try row("status"))
        else { return nil }
        self.init(
            id: RefundID(uuid: try row("id")), status: status,
            amount: Money(minorUnits: try row("amount"), currency: currency),
            error: try row("error", as: JSONB?.self)?.decode(),
            calculation: try row("calculation", as: String?.self).map {
                try JSONDecoder().decode(RefundResult.self, from: Data($0.utf8))
            })
    }
}
