import Commerce
import Messaging
import Postgres

/// Asks the service that gave up on a message to do something with it, and answers with the letter as it is then.
struct DeadLetterVerbs: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    /// - Parameter command: made for the letter; its name and its data.
    /// Failure: 404; 409 once somebody has decided; 422; 503 without an answer.
    func carryOut(
        _ request: APIRequest, _ command: (DeadLetterReader.Letter) throws -> (name: String, data: RawJSON)
    ) async throws -> APIAnswer {
        let (letter, _) = try await DeadLetterReader.letter(request, pool)
        let (name, data) = try command(letter)
        let outcome = try await sender.send(
            named: name, to: letter.service, data: data, subject: letter.id.description, for: request)
        _ = try outcome.answered()
        let (now, message) = try await DeadLetterReader.letter(request, pool)
        return .accepted(now.json(with: message))
    }
}
