import Commerce
import Foundation
import Postgres

/// What became of a saga's commands and undos where they went, by the paths of their steps (`3`, `3/undo`).
struct SagaEffects: Sendable {
    /// Of calls at providers that are not simply done.
    var calls: [String: EffectReader.Record] = [:]
    /// Of messages that were given up on and that nobody has decided on yet.
    var deadLetters: [String: DeadLetterID] = [:]

    // LIMIT: an operator's retry is a new attempt; until it calls, what is known is of the one before.
    private static let attemptsLookedAt = 3

    /// - Parameter run: whose steps the saga was read with.
    static func read(of saga: SagaRecord, run: Int, in database: PostgresTransaction) async throws -> SagaEffects {
        let attempts = saga.steps.flatMap(\.sent).flatMap { path, attempt in
            (max(1, attempt - attemptsLookedAt + 1)...max(1, attempt)).map { ("\(saga.id)/\(run)/\(path)/\($0)", path) }
        }
        let paths = Dictionary(attempts, uniquingKeysWith: { first, _ in first })
        let effects = try await EffectReader.unsettled(of: Array(paths.keys), in: database)
        // The same address is the message's id.
        let letters = try await DeadLetterReader.open(messages: Array(paths.keys), in: database)
        return SagaEffects(
            calls: Dictionary(
                effects.map { attempt, effect in (paths[attempt] ?? "", effect) },
                uniquingKeysWith: { $0.updatedAt > $1.updatedAt ? $0 : $1 }),
            deadLetters: Dictionary(
                letters.map { attempt, letter in (paths[attempt] ?? "", letter) }, uniquingKeysWith: { max($0, $1) }))
    }
}

extension SagaRecord.Step {
    /// Its command and its undo as far as they were sent: path and attempt.
    fileprivate var sent: [(String, Int)] {
        guard kind == "perform" || kind == "attempt" else { return [] }
        let undoing = undo?.attempt ?? 0
        return [(path, attempt)] + (undoing > 0 ? [("\(path)/undo", undoing)] : [])
    }
}
