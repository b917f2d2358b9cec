import Commerce
import Contracts
import Foundation
import HTTPTransport

/// One request that changes something, and its repeats.
///
/// *Guarantees*: all of them carry the same `Idempotency-Key`, so that it is carried out once, however often it is sent.
struct APIWrite: Sendable {
    /// How long to wait before each repeat of one that got no answer.
    ///
    /// LIMIT: an owner that restarts is back within them; the API itself waits five seconds each time.
    static let pauses: [Duration] = [.seconds(1), .seconds(2), .seconds(4)]

    let key: String
    /// What to type to ask once more, as the same request; nil for a command that cannot be told a key.
    private let again: String?

    /// - Parameters:
    ///   - options: nil for a command that cannot be told a key.
    ///   - arguments: what was typed behind the name of the program.
    init(_ options: WriteOptions?, arguments: [String]) {
        key = options?.idempotencyKey ?? "cli-" + UUIDv7.make().uuidString.lowercased()
        let told = options?.idempotencyKey == nil ? ["--idempotency-key", key] : []
        again = options.map { _ in
            (["stateset"] + arguments + told).map(ShellWord.quoted).joined(separator: " ")
        }
    }

    /// Whether nobody knows what becomes of it: its owner has not answered, or an earlier one is still waited for.
    static func isOpen(_ response: HTTPResponse) -> Bool {
        response.status == 503 || response.status == 409 && APIProblem(response)?.code == "idempotency_key_running"
    }

    /// Whether it may have been carried out although it failed: then it must not simply be typed again.
    static func isInDoubt(_ response: HTTPResponse) -> Bool { response.status >= 500 || isOpen(response) }

    /// The error, and how to ask what became of it.
    func unanswered(_ error: CLIError) -> CLIError {
        guard let again else { return error }
        return CLIError("\(error.message); to do it once all the same, type: \(again)")
    }
}
