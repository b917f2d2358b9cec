import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

extension Endpoint {
    /// Each verb on all sagas that a filter finds.
    static func operateSagas(_ bulk: BulkSagaVerbs) -> [Endpoint] {
        OperateSaga.Verb.allCases.map { verb in
            let operation = Operation(
                id: "\(verb.operationName)Sagas", summary: "\(verb.summary): for all that a filter finds",
                body: "SagaBulk", answers: [200: "SagaBulkPreview", 202: "BulkResult"])
            return .post("/sagas/bulk/\(verb.rawValue)", .sagasWrite, operation) { request in
                try await bulk.carryOut(verb, request)
            }
        }
    }
}

/// Does what an operator asks for to all sagas that a filter finds, once the operator has said how many they are.
///
/// *Guarantees*: nothing happens unless `expected` is the number that the filter finds now. Sagas that change after that
/// count are left alone. Each saga gets one command of its own, which the coordinator audits like any other.
/// *Not guaranteed*: that one request does them all. It ends after ``timeMax``, or after `limit` sagas, and tells where
/// the next goes on.
struct BulkSagaVerbs: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    // LIMIT: one transaction of the outbox; the coordinator takes 50 messages at once.
    static let pageSize = 100
    // LIMIT: proxies give up on requests after a minute.
    private static let timeMax = Duration.seconds(40)
    // LIMIT: enough to recognise what was meant.
    private static let sampleSize = 10

    private struct Body: Decodable {
        var filter: JSON
        var expected: Int?
        var limit: Int?
        var cursor: String?
    }

    func carryOut(_ verb: OperateSaga.Verb, _ request: APIRequest) async throws -> APIAnswer {
        let body = try request.decode(Body.self)
        let given = try request.decode(SagaVerbBody.self)
        // What is wrong with the verb is told before anything is counted.
        _ = try given.command(verb, for: SagaID())
        let selection = SagaSelection(filter: try SagaFilter(body.filter), workspaceID: request.workspaceID, pool: pool)
        let limit = try Self.checked(limit: body.limit)
        if let cursor: Cursor = try PageRequest.cursor(body.cursor) {
            return try await send(verb, given, selection, from: cursor, limit: limit, request)
        }
        let extent = try await selection.extent()
        guard let expected = body.expected else { return try await preview(selection, extent) }
        guard expected == extent.count else {
            throw Problem(
                409, "count_changed",
                "The filter finds \(extent.count) sagas now, not \(expected): look again, then say \(extent.count).",
                field: "expected")
        }
        guard let changedBy = extent.changedBy else { return .accepted(BulkResult(matched: 0).json) }
        return try await send(
            verb, given, selection, from: Cursor(time: changedBy, id: Self.beforeAll), limit: limit, request,
            matched: extent.count)
    }

    private static let beforeAll = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

    private static func checked(limit: Int?) throws(Problem) -> Int {
        guard let limit else { return .max }
        guard limit > 0 else { throw .invalid("limit", "It must be at least 1.") }
        return limit
    }

    private func preview(_ selection: SagaSelection, _ extent: SagaSelection.Extent) async throws -> APIAnswer {
        let sample = try await selection.sample(Self.sampleSize)
        return .ok(["matched": .int(extent.count), "sample": .strings(sample.map(\.description))])
    }

    /// - Parameter cursor: the last saga done, and the moment of the count.
    private func send(
        _ verb: OperateSaga.Verb, _ given: SagaVerbBody, _ selection: SagaSelection, from cursor: Cursor, limit: Int,
        _ request: APIRequest, matched: Int? = nil
    ) async throws -> APIAnswer {
        let deadline = ContinuousClock.now + Self.timeMax
        var (position, result) = (cursor, BulkResult(matched: matched))
        while result.sent < limit, ContinuousClock.now < deadline {
            let size = min(Self.pageSize, limit - result.sent)
            let ids = try await selection.page(after: position.id, changedBy: cursor.time, limit: size)
            let drafts = try ids.map { id in
                try CommandDraft(given.command(verb, for: id), subject: id.description)
            }
            result.add(
                try await sender.send(all: drafts, for: request, waits: result.isAnswered), for: drafts.map(\.subject))
            guard ids.count == size, let last = ids.last else { return .accepted(result.json) }
            position.id = last.uuid
        }
        let rest = try await selection.page(after: position.id, changedBy: cursor.time, limit: 1)
        result.next = rest.isEmpty ? nil : position.description
        return .accepted(result.json)
    }
}
