import Commerce
import Messaging
import Postgres
import Views

/// `return_inspections`: append-only. Whoever writes has the return's lock.
struct InspectionStore: Sendable {
    // LIMIT: a return is told to webhooks as a whole, with what it was before, in a message of 1 MiB.
    static let bytesMax = 128 * 1024

    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// Failure: a ``Refusal`` `too_large` where all that was said of the return's goods would be more than can be told.
    func append(_ inspections: [ReturnInspection], to id: ReturnID) async throws {
        guard !inspections.isEmpty else { return }
        let answers = try inspections.map { try JSONB(encoding: $0.checklist) }
        for (inspection, checklist) in zip(inspections, answers) {
            transaction.database.enqueue(
                """
                INSERT INTO return_inspections (id, workspace_id, return_id, at, actor, line_id, units, grade, matched,
                                                checklist, photos)
                VALUES (\(UUIDv7.make()), \(transaction.workspaceID.uuid), \(id.uuid), \(inspection.at),
                        \(inspection.actor), \(inspection.lineID), \(inspection.units), \(inspection.grade?.rawValue),
                        \(inspection.matched), \(checklist), \(inspection.photos))
                """)
        }
        let size: Int = try await transaction.database.query(
            """
            SELECT coalesce(sum(octet_length(checklist::text) + octet_length(photos::text)
                + octet_length(units::text) + octet_length(line_id) + octet_length(actor) + 150), 0)::bigint AS size
            FROM return_inspections WHERE return_id = \(id.uuid)
            """)[0]("size")
        guard size <= Self.bytesMax else {
            throw Refusal(
                code: "too_large",
                message: "Answers and photos of one return are at most \(Self.bytesMax / 1024) KB; leave out notes or "
                    + "photos.",
                field: "lines")
        }
    }
}
