import HTTPTransport
import Messaging
import Postgres
import ServiceKit

/// Why the command ended without success: one line for a person.
struct CLIError: Error, Equatable {
    var message: String

    init(_ message: String) {
        self.message = message
    }
}

extension CLIError {
    /// Runs the body; whatever goes wrong becomes one line that says what to do where we know it.
    static func explaining<R>(_ body: () async throws -> R) async throws -> R {
        do {
            return try await body()
        } catch let error as CLIError {
            throw error
        } catch let error as PostgresError where error.code == .unreachable {
            throw CLIError(
                "Postgres cannot be reached (\(error.message)): is it running, is STATESET_POSTGRES_URL right?")
        } catch let error as HTTPTransportError {
            throw CLIError("no answer: \(error.message)")
        } catch {
            throw CLIError("\(error)")
        }
    }
}
