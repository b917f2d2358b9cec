import Commerce
import Contracts
import Messaging
import Postgres
import Views

/// What people do about goods that no return awaited, in their name.
struct BlindReceiptVerbs: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    private struct Match: Decodable {
        var returnID: ReturnID
        var reason: String

        enum CodingKeys: String, CodingKey {
            case reason
            case returnID = "return_id"
        }
    }

    /// The goods that the path names. Failure: 404.
    fileprivate func record(_ request: APIRequest) async throws -> BlindReceiptRecord {
        let id = try request.id(BlindReceiptID.self)
        guard let record = try await BlindReceiptReader.find(id, in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return record
    }

    fileprivate func match(_ request: APIRequest) async throws -> APIAnswer {
        let body: Match = try request.decode()
        let reason = try ReasonBody.checked(body.reason)
        return try await carryOut(.match, request) {
            MatchBlindReceipt(blindReceiptID: $0.id, returnID: body.returnID, reason: reason)
        }
    }

    /// Of the order that the goods lead to, where none is named.
    fileprivate func openReturn(_ request: APIRequest) async throws -> APIAnswer {
        let body: ReturnRequest = try request.decode()
        try body.checkBounds()
        let reason = try request.decode(ReasonBody.self).checkedReason()
        return try await carryOut(.openReturn, request) { record in
            var asked = body
            if asked.orderID == nil, asked.orderNumber == nil { asked.orderID = record.orderID?.description }
            return OpenBlindReturn(blindReceiptID: record.id, request: asked, channel: .api, reason: reason)
        }
    }

    fileprivate func dismiss(_ request: APIRequest) async throws -> APIAnswer {
        let reason = try request.decode(ReasonBody.self).checkedReason()
        return try await carryOut(.dismiss, request) { DismissBlindReceipt(blindReceiptID: $0.id, reason: reason) }
    }

    /// Answers with the goods as they stand then. Failure: 404; 409 with the verbs that are possible now; 422; 503 without an
    /// answer.
    private func carryOut<C: Command>(
        _ verb: BlindReceiptVerb, _ request: APIRequest, command: (BlindReceiptRecord) -> C
    ) async throws -> APIAnswer {
        let record = try await record(request)
        let outcome = try await sender.send(command(record), subject: record.id.description, for: request)
        let now = try await self.record(request)
        let allowed = BlindReceiptVerb.allowed(in: now.status).filter { $0 != verb }
        _ = try outcome.answered(allowed: allowed.map(\.rawValue))
        return .accepted(try JSON(encoding: now))
    }
}

extension Endpoint {
    static func blindReceipts(_ verbs: BlindReceiptVerbs) -> [Endpoint] {
        [
            .get(
                "/blind-receipts", .returnsRead,
                .list(
                    "listBlindReceipts", "Goods that came in and that no return awaited, newest first", query,
                    of: "BlindReceipt")
            ) { try await list($0, verbs.pool) },
            .get(
                "/blind-receipts/{id}", .returnsRead,
                .show("showBlindReceipt", "Goods that came in and that no return awaited", "BlindReceipt")
            ) { .ok(try JSON(encoding: await verbs.record($0))) },
            .post(
                "/blind-receipts/{id}/match", .returnsWrite,
                .verb(
                    "matchBlindReceipt",
                    "Says whose goods they are: the return receives them as all others, for a person to inspect; 409 where "
                        + "they are another's, or it awaits nothing any more",
                    body: "BlindReceiptMatch", "BlindReceipt")
            ) { try await verbs.match($0) },
            .post(
                "/blind-receipts/{id}/open-return", .returnsWrite,
                .verb(
                    "openReturnOfBlindReceipt",
                    "Opens the return that they are of, as a return is asked for, of the order that they lead to where none "
                        + "is named; it receives them for a person to inspect. 422 for what a return is refused for, and for "
                        + "more than came in",
                    body: "BlindReceiptReturn", "BlindReceipt")
            ) { try await verbs.openReturn($0) },
            .post(
                "/blind-receipts/{id}/dismiss", .returnsWrite,
                .verb(
                    "dismissBlindReceipt", "Says that they are no return's, and what has become of them",
                    "BlindReceipt")
            ) { try await verbs.dismiss($0) },
        ]
    }

    private static func list(_ request: APIRequest, _ pool: PostgresPool) async throws -> APIAnswer {
        let query = request.query
        let filter = BlindReceiptReader.Filter(
            status: try query.oneOf("status", BlindReceiptStatus.allCases.map(\.rawValue)),
            kind: try query.oneOf("kind", BlindReceiptRecord.Kind.allCases.map(\.rawValue)),
            orderID: try query.id("order_id"), returnID: try query.id("return_id"))
        let page = try await BlindReceiptReader.list(filter, PageRequest(query), in: request.workspaceID, pool)
        return .ok(try page.json { try JSON(encoding: $0) })
    }

    private static var query: [Operation.QueryParameter] {
        [
            .init(
                name: "status", description: "Whether somebody has found out whose they are.",
                schema: Schemas.oneOf(BlindReceiptStatus.allCases.map(\.rawValue))),
            .init(
                name: "kind",
                description: "Of a return that only the warehouse knows, beside what one awaited, or after that.",
                schema: Schemas.oneOf(BlindReceiptRecord.Kind.allCases.map(\.rawValue))),
            .init(name: "order_id", description: "The order they lead to.", schema: Schemas.id("ord")),
            .init(
                name: "return_id", description: "The return they are of, or came with.", schema: Schemas.id("ret")),
        ]
    }
}
