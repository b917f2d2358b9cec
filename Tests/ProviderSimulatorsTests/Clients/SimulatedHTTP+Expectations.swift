import Commerce
import Foundation
import Providers

extension SimulatedHTTP {
    /// Does something whose first answer is lost, sees that the client says so, and does it again.
    @discardableResult
    func losing<Value>(
        _ provider: String, _ method: String, _ path: String, _ act: () async throws -> Value
    ) async throws -> Value {
        try await loseAnswer(provider, method, path)
        do {
            _ = try await act()
            throw NothingLost()
        } catch let failure as ProviderFailure {
            guard case .unknownOutcome = failure else { throw failure }
        }
        return try await act()
    }

    /// Reads until it is as expected: for what a provider does a moment later by itself.
    func until<Value>(
        _ read: () async throws -> Value, _ holds: (Value) -> Bool
    ) async throws -> Value {
        // LIMIT: turns for the provider's own work; far more than it takes, and still an end.
        for _ in 0..<20_000 {
            let value = try await read()
            if holds(value) { return value }
            await Task.yield()
        }
        throw NeverCame()
    }

    /// What a provider holds.
    func state(_ provider: String) async throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(try await control("GET", "\(provider)/state")))
    }
}

/// What a provider was to do by itself has not happened.
struct NeverCame: Error {}

/// The call whose answer was to be lost came to an end.
struct NothingLost: Error {}

extension JSONValue {
    /// The elements of a list; none for everything else.
    var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// How many a collection holds.
    func count(_ collection: String) -> Int { self[collection]?.elements.count ?? 0 }
}
