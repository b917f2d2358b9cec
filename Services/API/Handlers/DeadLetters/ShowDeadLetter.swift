import Commerce
import Postgres

extension Endpoint {
    static func showDeadLetter(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/dead-letters/{id}", .deadLettersRead,
            .show("showDeadLetter", "One dead letter with its message", "DeadLetterWithMessage")
        ) { request in
            let (letter, message) = try await DeadLetterReader.letter(request, pool)
            return .ok(letter.json(with: message))
        }
    }
}

extension DeadLetterReader {
    /// The letter that the path names. Failure: 404.
    static func letter(_ request: APIRequest, _ pool: PostgresPool) async throws -> (Letter, [UInt8]) {
        guard let found = try await find(request.id(DeadLetterID.self), in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return found
    }
}
