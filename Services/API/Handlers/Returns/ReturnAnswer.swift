import Commerce
import Contracts
import Messaging
import Postgres
import Views

/// A return as a body with its tag.
struct ReturnAnswer: Sendable {
    private let body: JSON
    private let tag: ETag

    init(of record: ReturnRecord) throws {
        body = try JSON(encoding: record)
        tag = ETag(of: body)
    }

    var ok: APIAnswer { .ok(body).tagged(tag) }
    var accepted: APIAnswer { .accepted(body).tagged(tag) }

    func created(at path: String) -> APIAnswer { .created(body, at: path).tagged(tag) }
}

extension ReturnReader {
    /// The return that the path names. Failure: 404.
    static func record(_ request: APIRequest, _ pool: PostgresPool) async throws -> ReturnRecord {
        guard let record = try await find(request.id(ReturnID.self), in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return record
    }
}
