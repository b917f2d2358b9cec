import Commerce
import Contracts
import Foundation
import HTTPTransport
import Postgres
import Testing

@testable import Messaging
@testable import Notifications

extension DeliveryTests {
    @Suite("Alerts that are kept")
    struct AlertHistoryTests {
        @Test("every alert is kept with its words, also those of a storm and where there is no Slack; for 90 days")
        func kept() async throws {
            try await MailBench.run { bench in
                var off = bench.accounts
                off.slack = { _ in
                    throw ProviderFailure.refused(code: "provider_not_configured", message: "slack is not set up")
                }
                let handler = SendSlackAlertHandler(accounts: bench.accounts, logger: .quiet)
                let alert = SendSlackAlert(
                    .init(
                        key: "k", title: "T", text: "words", fields: ["return": "ret_1"],
                        next: ["stateset returns show ret_1"]))
                for id in ["a", "b", "b"] { try await bench.deliver(handler, alert, id: id) }
                let other = SendSlackAlert(.init(key: "other", title: "U", text: ""))
                let unset = SendSlackAlertHandler(accounts: off, logger: .quiet)
                let reply = try await bench.deliver(unset, other).decoded(SendSlackAlert.Reply.self)
                #expect(reply.outcome == .off)

                let kept = try await bench.alertHistory()
                #expect(kept.map(\.status) == ["posted", "grouped", "off"])
                #expect(kept.map(\.alert) == [alert.alert, alert.alert, other.alert])
                let posted = bench.slack.requests(to: "hooks.example.com").first?.body ?? []
                #expect(String(decoding: posted, as: UTF8.self).contains("`stateset returns show ret_1`"))

                bench.bench.clock.advance(by: .days(91))
                try await bench.bench.keepHouse()
                #expect(try await bench.alertHistory().isEmpty)
            }
        }

        @Test("one that Slack is too busy for waits in the list until it is posted")
        func pending() async throws {
            try await MailBench.run { bench in
                let handler = SendSlackAlertHandler(accounts: bench.accounts, logger: .quiet)
                let alert = SendSlackAlert(.init(key: "k", title: "T", text: ""))
                bench.slack.set("hooks.example.com", .answer(429, headers: [("retry-after", "30")]))
                try await bench.deliver(handler, alert, id: "a")
                #expect(try await bench.alertHistory().map(\.status) == ["pending"])
                bench.slack.set("hooks.example.com", .answer(200, body: "ok"))
                try await bench.deliver(handler, alert, id: "a")
                #expect(try await bench.alertHistory().map(\.status) == ["posted"])
            }
        }
    }
}

extension MailBench {
    fileprivate struct KeptAlert: Sendable {
        var alert: SendSlackAlert.Alert
        var status: String
    }

    /// Oldest first.
    fileprivate func alertHistory() async throws -> [KeptAlert] {
        try await bench.handle { transaction in
            try await transaction.database.query(
                """
                SELECT key, title, text, fields, next, status FROM alert_history
                WHERE workspace_id = \(transaction.workspaceID.uuid) ORDER BY at, id
                """
            ).map { row in
                KeptAlert(
                    alert: SendSlackAlert.Alert(
                        key: try row("key"), title: try row("title"), text: try row("text"),
                        fields: try row("fields", as: JSONB.self).decode([String: String].self),
                        next: try row("next")),
                    status: try row("status"))
            }
        }.result
    }
}
