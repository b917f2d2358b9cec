import Support
import Testing

extension EndToEnd {
    @Suite("The broker as it is declared")
    struct DeclaredBrokerTests {
        @Test("'topology check' misses nothing among what the services have declared and bound")
        func check() async throws {
            let stack = try RunningStack()
            let variables = ["STATESET_AMQP_URL", "STATESET_RABBITMQ_MANAGEMENT_URL"].map { "\($0)=\(stack[$0])" }
            try await Command.run("/usr/bin/env", variables + [stack["STATESET_CLI"], "topology", "check"])
        }
    }
}
