import Testing

@testable import Postgres

@Suite("Retries")
struct RetryTests {
    private func error(_ recovery: Recovery) -> PostgresError {
        PostgresError(.server, "", recovery: recovery)
    }

    @Test("a conflict is repeated five times after growing pauses")
    func conflicts() {
        var budget = RetryBudget(random: { $0.upperBound })
        let pauses = (0..<6).map { _ in budget.pause(after: error(.repeatTransaction)) }
        #expect(
            pauses == [
                .milliseconds(5), .milliseconds(10), .milliseconds(20), .milliseconds(40), .milliseconds(80), nil,
            ])
    }

    @Test("a lost connection and outdated statements are repeated once each, at once")
    func losses() {
        var budget = RetryBudget()
        #expect(budget.pause(after: error(.reconnect)) == .zero)
        #expect(budget.pause(after: error(.prepareAgain)) == .zero)
        #expect(budget.pause(after: error(.reconnect)) == nil)
        #expect(budget.pause(after: error(.prepareAgain)) == nil)
        #expect(budget.pause(after: error(.none)) == nil)
    }

    @Test(
        "error codes of the server say what may be done",
        arguments: [
            ("40001", .retry, .repeatTransaction), ("40P01", .retry, .repeatTransaction), ("55P03", .retry, .none),
            ("57014", .retry, .none), ("57P01", .retry, .reconnect), ("08006", .retry, .reconnect),
            ("25006", .retry, .reconnect), ("53300", .retry, .none), ("23505", .doNotRetry, .none),
            ("42601", .doNotRetry, .none),
        ] as [(String, PostgresError.Retryability, Recovery)])
    func table(_ state: String, _ retryability: PostgresError.Retryability, _ recovery: Recovery) {
        #expect(SQLStateTable.entry(state) == (retryability, recovery))
    }

    @Test("a loss during COMMIT has an unknown outcome, and other errors keep theirs")
    func duringCommit() {
        #expect(PostgresError.lost("gone").duringCommit.code == .commitUnknown)
        #expect(PostgresError.lost("gone").duringCommit.retryability == .unknownOutcome)
        #expect(PostgresError.lost("gone").duringCommit.recovery == .none)
        #expect(error(.repeatTransaction).duringCommit == error(.repeatTransaction))
    }

    @Test("messages that could quote a value are replaced")
    func messages() {
        let primary = #"invalid input syntax for type uuid: "secret""#
        #expect(!SafeMessage.make(state: "22P02", primary: primary).contains("secret"))
        #expect(!SafeMessage.make(state: "22999", primary: primary).contains("secret"))
        #expect(!SafeMessage.make(state: "F0999", primary: primary).contains("secret"))
        #expect(SafeMessage.make(state: "42P01", primary: "no table") == "no table")
    }
}
