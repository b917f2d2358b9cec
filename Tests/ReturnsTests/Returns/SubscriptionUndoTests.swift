import Commerce
import Contracts
import Messaging
import Support
import Testing

@testable import Returns

@Suite("The undo of a return's cancellation of a subscription", .enabled(if: ReturnsBench.isThere))
struct SubscriptionUndoTests {
    /// A return with its label whose subscription ends with the period that is paid.
    private func cancelled(_ bench: ReturnsBench) async throws -> ReturnID {
        try await bench.deliverOrder()
        let id = try await bench.ask { $0.subscription = .init(provider: "stripe", id: "sub_1") }
        try await bench.label(id)
        try await bench.handle {
            var goods = try await ReturnCase.lock(id, in: $0)
            goods.row.subscriptionChange = .ending
            try await goods.save()
        }
        return id
    }

    @Test(
        "one that has ended meanwhile is an alert that says what to do, and its customer is told; others are neither",
        arguments: [RestoreReturnSubscriptionHandler.Outcome.active, .ended, .cancelledByOthers])
    func restored(outcome: RestoreReturnSubscriptionHandler.Outcome) async throws {
        try await ReturnsBench.run { bench in
            let id = try await cancelled(bench)
            let handler = RestoreReturnSubscriptionHandler(accounts: .onlyShopify(StubHTTP([:])))
            let command = RestoreReturnSubscription(returnID: id, nextChargeDate: nil)
            let sent = try await bench.handleAndSend {
                guard case .effect(_, let request) = try await handler.plan(command, in: $0) else {
                    throw Refusal(code: "no_effect", message: "nothing to restore")
                }
                _ = try await handler.settle(outcome, of: request, for: command, in: $0)
            }.sent
            let alerts = try sent.filter { $0.attributes.type == SendSlackAlert.name }
                .map { try $0.data(SendSlackAlert.self).alert }
            #expect(alerts.count == (outcome == .ended ? 1 : 0))
            #expect(alerts.allSatisfy { $0.fields["subscription"] == "stripe:sub_1" && $0.text.contains("a new one") })
            let ended = try await bench.withdraw(id)
            let mail = try #require(ended.first { $0.attributes.type == SendEmail.name }).data(SendEmail.self)
            #expect(mail.template == .returnCancelled)
            #expect((mail.values.texts["subscription_cancelled"] != nil) == (outcome == .ended))
            #expect(mail.values.texts["subscription_ends"] == nil)
        }
    }
}
