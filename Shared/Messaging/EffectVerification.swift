import Commerce
import Foundation
import Logging
import Postgres

/// Looks, some time after an effect was settled, whether it came about twice.
///
/// Needed where a call had to be sent again under a key that the provider does not keep unique: the first request may
/// land after every settle time. What is found is shown on the effect and told to the business; nothing is undone here.
struct EffectVerification: Codable, Sendable {
    var key: String
    /// In seconds.
    var settleTime: Double
    var round: Int

    // LIMIT: no request was ever seen to land later than two hours after it was sent.
    private static let rounds: [Double] = [1, 5, 20, 120]

    /// Nil when no second effect is possible.
    init?(_ lease: EffectStore.Lease, _ recovery: EffectRecovery) {
        guard lease.calls > 1, case .probe(let settleTime) = recovery else { return nil }
        self.init(key: lease.identity.key, settleTime: settleTime / .seconds(1), round: 0)
    }

    private init(key: String, settleTime: Double, round: Int) {
        self.key = key
        self.settleTime = settleTime
        self.round = round
    }

    var next: EffectVerification? {
        round + 1 < Self.rounds.count ? .init(key: key, settleTime: settleTime, round: round + 1) : nil
    }

    static func messageName<H: EffectHandler>(of handler: H.Type) -> String { "\(H.messageName).verification" }

    func schedule<H: EffectHandler>(for handler: H.Type, in transaction: HandlerTransaction) async throws {
        let factory = transaction.factory
        let message = try factory.command(
            name: Self.messageName(of: handler), owner: factory.source, data: RawJSON(encoding: self), subject: nil,
            context: transaction.context)
        let dueAt = transaction.now.addingTimeInterval(settleTime * Self.rounds[round])
        try await TimerStore.insert([TimerRow(message, dueAt: dueAt)], in: transaction.database)
    }
}

extension EffectRunner {
    func verify<H: EffectHandler>(_ handler: H, _ envelope: Envelope) async throws -> EffectResult {
        let verification: EffectVerification = try envelope.data()
        let identity = EffectStore.Identity(workspaceID: envelope.attributes.workspaceid, key: verification.key)
        let request = try await outbox.pool.transaction(workspace: identity.workspaceID.uuid) { database in
            try await EffectStore.settledRequest(identity, in: database)
        }
        guard let request: H.Request = try request?.decode() else { return EffectResult(reply: nil, owed: Debt()) }
        let call = EffectCall(workspaceID: identity.workspaceID, key: identity.key, now: outbox.clock.now)
        do {
            let duplicates = try await ProviderWork.$current.withValue(ProviderWork(.bulk)) {
                try await handler.duplicates(of: request, for: call)
            }
            return try await conclude(verification, duplicates, of: request, identity, handler, envelope)
        } catch let failure as ProviderFailure {
            if case .postponed(_, _, let delay) = failure { return try await deferral.put(off: envelope, by: delay) }
            return try await deferral.retry(envelope, error: Refusal(failure), retryAfter: nil)
        }
    }

    private func conclude<H: EffectHandler>(
        _ verification: EffectVerification, _ duplicates: [String], of request: H.Request,
        _ identity: EffectStore.Identity, _ handler: H, _ envelope: Envelope
    ) async throws -> EffectResult {
        let (_, owed) = try await outbox.commit(.init(causedBy: envelope), scope: .workspace) { transaction in
            if duplicates.isEmpty {
                try await verification.next?.schedule(for: H.self, in: transaction)
            } else {
                try await EffectStore.mark(duplicates: duplicates, of: identity, in: transaction.database)
                try await handler.report(duplicates: duplicates, of: request, in: transaction)
            }
            try InboxStore.insert(envelope, reply: nil, in: transaction.database)
        }
        if !duplicates.isEmpty {
            logger.error(
                "an effect came about more than once at a provider: undo one by hand",
                metadata: ["effect": "\(identity.key)", "external_ids": "\(duplicates.joined(separator: ", "))"])
        }
        return EffectResult(reply: nil, owed: owed)
    }
}
