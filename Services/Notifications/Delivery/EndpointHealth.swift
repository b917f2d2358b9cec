import Commerce
import Contracts
import Foundation
import Messaging

/// How an endpoint fares: rows of failures, and what follows from them.
struct EndpointHealth: Sendable {
    let id: WebhookID
    let transaction: HandlerTransaction

    private var store: WebhookStore { WebhookStore(transaction) }

    // LIMIT: an overloaded endpoint that names no time.
    private static let overloadPause = Duration.seconds(30)
    /// LIMIT: what begins to fail in a shorter one waits for its next try for about two hours at most.
    static let outageMin = Duration.hours(1)

    func note(_ result: AttemptResult) async throws {
        switch result.verdict {
        case .putOff: return
        case .delivered:
            guard let ended = try await store.endStreak(of: id) else { return }
            try hurry(after: ended.endpoint)
            // WHY: of a failure now and then nobody was told, so that its end is no news.
            guard let since = ended.recoveredSince else { return }
            var endpoint = ended.endpoint
            endpoint.failingSince = since
            try await endpoint.tell(in: transaction)
        case .failed:
            try await fail(result)
        case .gone:
            // WHY: of several calls that were under way at once each may answer so; it is switched off once.
            guard let webhook = try await store.lockIfThere(id), webhook.status == .active else { return }
            try await disable(webhook, percent: 100, reason: "It answered 410 Gone.")
        }
    }

    /// The endpoint is well again: what waits for its next try need not.
    func hurry(after outage: RecoveredEndpoint) throws {
        // WHY: of an endpoint that takes some calls and not others every success is the end of a row: what it never takes
        // would use up its tries in seconds.
        guard let began = outage.failingSince, transaction.now - Self.outageMin.timeInterval >= began else { return }
        // A message, because these can be more rows than the settlement of one delivery may wait for.
        try transaction.send(
            HurryDeliveries(webhookID: id, since: transaction.now, failingSince: began), subject: id.description)
    }

    private func fail(_ result: AttemptResult) async throws {
        let pause = result.retryAfter.map { min($0, RetrySchedule.retryAfterMax) } ?? Self.overloadPause
        let until = result.isOverload ? transaction.now + pause.timeInterval : nil
        guard let streak = try await store.countFailure(of: id, throttledUntil: until) else { return }
        // WHY: timers, not the next failure: an endpoint that is not called any more must be switched off as well.
        for percent in DisablingPlan.percents {
            let review = ReviewWebhook(webhookID: id, streak: streak.uuidString, percent: percent)
            try await transaction.schedule(
                review, at: DisablingPlan.moment(percent, since: transaction.now), subject: id.description)
        }
    }

    /// Tells of an endpoint that has failed for so long. At 100 percent it is switched off.
    func review(_ percent: Int, streak: String) async throws {
        guard let webhook = try await store.lockIfThere(id), webhook.status == .active,
            webhook.streak?.uuidString == streak
        else { return }
        guard percent < 100 else {
            let days = DisablingPlan.patience / .days(1)
            return try await disable(webhook, percent: percent, reason: "Every call has failed for \(Int(days)) days.")
        }
        try await store.setWarned(percent, of: id)
        try tell(webhook, percent: percent, disabled: false, reason: "Every call has failed so far.")
    }

    private func disable(_ webhook: Webhook, percent: Int, reason: String) async throws {
        try await store.setStatus(.disabled, reason: reason, of: id)
        try await store.setTold(of: id)
        try tell(webhook, percent: percent, disabled: true, reason: reason)
        try await transaction.audit(
            AuditEntry(action: "webhook.disabled", subject: id.description, reason: reason))
    }

    private func tell(_ webhook: Webhook, percent: Int, disabled: Bool, reason: String) throws {
        let record = WebhookDisablingRecord(
            id: id, url: webhook.url, percent: percent, disabled: disabled, failingSince: webhook.failingSince,
            disablesAt: webhook.failingSince.map { DisablingPlan.moment(100, since: $0) }, failures: webhook.failures,
            reason: reason)
        try transaction.announce(.webhookDisabling, record, subject: id.description)
    }
}
