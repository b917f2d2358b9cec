import Foundation

/// `@idempotent(key:)`: the same sending twice is one for a day.
extension ShopifySimulator {
    // How long the provider remembers a key.
    private static let keySeconds = 86_400.0

    /// The first sending under a key.
    struct KeyedAnswer: Sendable {
        var input: JSON
        var payload: JSON
        var at: Date
    }

    /// Nil for a key that is new or forgotten, and without one.
    mutating func firstAnswer(to call: GraphQLCall) -> KeyedAnswer? {
        keyedAnswers = keyedAnswers.filter { call.now.timeIntervalSince($0.value.at) < Self.keySeconds }
        return call.idempotencyKey.flatMap { keyedAnswers["\(call.name) \($0)"] }
    }

    mutating func keep(_ payload: JSON, of call: GraphQLCall, _ input: JSON) {
        guard let key = call.idempotencyKey else { return }
        keyedAnswers["\(call.name) \(key)"] = KeyedAnswer(input: input, payload: payload, at: call.now)
    }
}

extension GraphQLCall {
    static let otherParameters = "The same idempotency key cannot be used with different operation parameters."

    /// The directive exists from 2026-01 on, and is required from 2026-04 on.
    func checkIdempotency() throws(GraphQLFailure) {
        if hasDirective, !isAtLeast("2026-01") {
            throw GraphQLFailure(message: "Directive @idempotent is not defined", code: "undefinedDirective")
        }
        if hasDirective, idempotencyKey?.isEmpty != false {
            throw GraphQLFailure(message: "Directive 'idempotent' needs the argument 'key'", code: "missingRequired")
        }
        if !hasDirective, isAtLeast("2026-04") {
            throw GraphQLFailure(
                message: "The @idempotent directive is required for this mutation but was not provided.",
                code: "BAD_REQUEST")
        }
    }
}
