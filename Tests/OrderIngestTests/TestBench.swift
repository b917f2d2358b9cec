import Messaging
import Support

typealias TestBench = ServiceBench

extension ServiceBench {
    /// The bench of the service under test.
    static func run(_ test: (ServiceBench) async throws -> Void) async throws {
        try await run(.orderIngest, test)
    }
}
