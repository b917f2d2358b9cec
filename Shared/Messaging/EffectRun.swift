import Commerce
import Foundation
import Logging
import Postgres

/// One delivery of one effect command, once it is planned: the calls, and what becomes of them.
struct EffectRun<H: EffectHandler>: Sendable {
    let runner: EffectRunner
    let handler: H
    let envelope: Envelope
    let command: H.Message

    var workspaceID: WorkspaceID { envelope.attributes.workspaceid }

    /// Names the attempt of the command: a redelivery has the same, an operator's retry another.
    var commandKey: String {
        guard let saga = SagaAddress(envelope.attributes) else { return envelope.attributes.id }
        return "\(saga.sagaID)/\(saga.run)/\(saga.path)/\(saga.attempt)"
    }

    // MARK: Calls

    func call(_ request: H.Request, _ lease: EffectStore.Lease?) async throws -> EffectResult {
        do {
            let outcome = try await renewing(lease) { try await handler.perform(request, for: effectCall(lease)) }
            if lease != nil { KillPoint.providerActed.reach() }
            return try await settle(outcome, of: request, lease)
        } catch let failure as ProviderFailure {
            if let found = try await earlierEffect(behind: failure, request, lease) {
                return try await settle(found, of: request, lease)
            }
            return try await fail(failure, lease)
        }
    }

    func probe(
        _ request: H.Request, _ lease: EffectStore.Lease, absenceCounts: Bool, wait: Duration
    ) async throws -> EffectResult {
        do {
            let found = try await renewing(lease) { try await handler.probe(request, for: effectCall(lease)) }
            if let found { return try await settle(found, of: request, lease) }
        } catch let failure as ProviderFailure {
            return try await probeFailed(failure, lease)
        }
        guard absenceCounts else {
            // WHY: a little later than the settle time, so that the next look may count absence.
            return try await putOff(.unknown(nil), lease, by: wait + .milliseconds(200))
        }
        let calling = try await transaction { database in
            try await EffectStore.close(lease, .unknown(nil), in: database)
            return try await EffectStore.lease(
                lease.identity, commandKey: commandKey, calling: RawJSON(encoding: request), in: database)
        }
        return try await call(request, calling)
    }

    /// A refusal of a call that was sent again may be the work of the first one, which arrived after all.
    private func earlierEffect(
        behind failure: ProviderFailure, _ request: H.Request, _ lease: EffectStore.Lease?
    ) async throws -> H.Outcome? {
        guard case .refused = failure, let lease, lease.calls > 1, case .probe = handler.effect.recovery else {
            return nil
        }
        return try await renewing(lease) { try await handler.probe(request, for: effectCall(lease)) }
    }

    private func effectCall(_ lease: EffectStore.Lease?) -> EffectCall {
        EffectCall(
            workspaceID: workspaceID, key: lease?.identity.key ?? commandKey, now: runner.outbox.clock.now,
            sinceFirstCall: lease?.sinceFirstCall)
    }

    // MARK: What becomes of them

    private func settle(
        _ outcome: H.Outcome, of request: H.Request, _ lease: EffectStore.Lease?
    ) async throws -> EffectResult {
        do {
            return try await write(outcome, of: request, lease)
        } catch let refusal as Refusal where lease == nil {
            // WHY: nothing was done that a no would leave untold.
            return try await refuse(refusal, nil)
        }
    }

    private func write(
        _ outcome: H.Outcome, of request: H.Request, _ lease: EffectStore.Lease?
    ) async throws -> EffectResult {
        let (reply, owed) = try await runner.outbox.commit(.init(causedBy: envelope), scope: .workspace) {
            transaction in
            let reply = try RawJSON(
                encoding: try await handler.settle(outcome, of: request, for: command, in: transaction))
            if let lease {
                try await EffectStore.close(
                    lease, .done(RawJSON(encoding: outcome), reply: reply), in: transaction.database)
                try await EffectVerification(lease, handler.effect.recovery)?.schedule(for: H.self, in: transaction)
            }
            try InboxStore.insert(envelope, reply: .accepted(reply), in: transaction.database)
            return reply
        }
        return EffectResult(reply: .accepted(reply), owed: owed)
    }

    private func fail(_ failure: ProviderFailure, _ lease: EffectStore.Lease?) async throws -> EffectResult {
        let error = Refusal(failure)
        switch failure {
        case .refused:
            return try await refuse(error, lease)
        case .postponed(_, _, let delay):
            return try await putOff(.unsent(nil), lease, by: delay)
        case .transient(_, _, let retryAfter):
            return try await retry(.unsent(error), lease, error, after: retryAfter)
        case .unauthorized:
            return try await retry(.unsent(error), lease, error, after: .minutes(1))
        case .unknownOutcome:
            return try await retry(.unknown(error), lease, error, after: nil)
        }
    }

    /// A probe changes nothing: whatever went wrong, the effect stays unknown and is looked for again.
    private func probeFailed(_ failure: ProviderFailure, _ lease: EffectStore.Lease) async throws -> EffectResult {
        let error = Refusal(failure)
        if case .postponed(_, _, let delay) = failure { return try await putOff(.unknown(nil), lease, by: delay) }
        return try await retry(.unknown(error), lease, error, after: nil)
    }

    private func refuse(_ error: Refusal, _ lease: EffectStore.Lease?) async throws -> EffectResult {
        let (_, owed) = try await runner.outbox.commit(.init(causedBy: envelope), scope: .workspace) { transaction in
            if let lease { try await EffectStore.close(lease, .refused(error), in: transaction.database) }
            try InboxStore.insert(envelope, reply: .refused(error), in: transaction.database)
        }
        return EffectResult(reply: .refused(error), owed: owed)
    }

    private func retry(
        _ closing: EffectClosing, _ lease: EffectStore.Lease?, _ error: Refusal, after: Duration?
    ) async throws -> EffectResult {
        let attemptMax = await runner.attemptMax(handler.effect.provider, workspaceID)
        return try await runner.deferral.retry(envelope, error: error, retryAfter: after, attemptMax: attemptMax) {
            database in
            if let lease { try await EffectStore.close(lease, closing, in: database) }
        }
    }

    private func putOff(
        _ closing: EffectClosing, _ lease: EffectStore.Lease?, by delay: Duration
    ) async throws -> EffectResult {
        try await runner.deferral.put(off: envelope, by: delay) { database in
            if let lease { try await EffectStore.close(lease, closing, in: database) }
        }
    }

    private func transaction<R: Sendable>(
        _ body: @escaping @Sendable (PostgresTransaction) async throws -> R
    ) async throws -> R {
        try await runner.outbox.pool.transaction(workspace: workspaceID.uuid, body)
    }
}

extension EffectRun {
    /// Keeps the lease alive while the provider is being called.
    private func renewing<R: Sendable>(
        _ lease: EffectStore.Lease?, _ work: @escaping @Sendable () async throws -> R
    ) async throws -> R {
        guard let lease else { return try await work() }
        return try await withThrowingTaskGroup(of: R?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                while true {
                    try await Task.sleep(for: .seconds(5))
                    await renew(lease)
                }
            }
            defer { group.cancelAll() }
            while let next = try await group.next() {
                if let next { return next }
            }
            throw CancellationError()
        }
    }

    /// A renewal that fails is tried again with the next: the call itself goes on.
    private func renew(_ lease: EffectStore.Lease) async {
        do {
            try await transaction { database in try await EffectStore.renew(lease, in: database) }
        } catch {
            runner.logger.warning("effect lease not renewed", metadata: ["error": "\(error)"])
        }
    }
}
