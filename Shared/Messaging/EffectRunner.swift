import Commerce
import Foundation
import Logging
import Postgres

/// How the delivery of an effect command ended.
struct EffectResult: Sendable {
    /// `nil`: put off through a timer, no reply yet.
    var reply: CommandReply?
    var owed: Debt
}

/// Takes one effect command through plan, perform and settle.
///
/// *Guarantees*: one external effect per key, through crashes, redeliveries and lost answers (see ``EffectRecovery``).
/// The delivery is acknowledged after the settle commit; until then a redelivery finds the row and recovers.
struct EffectRunner: Sendable {
    let outbox: TransactionalOutbox
    let deferral: Deferral
    let logger: Logger

    // LIMIT: renewed every 5 s while the call is in flight, so that a killed process costs at most 15 s.
    private static let leaseSeconds = 15
    private static let renewal = Duration.seconds(5)
    /// How soon to look again at an effect that another process is calling.
    private static let busyDelay = Duration.seconds(3)

    private enum Step<H: EffectHandler>: Sendable {
        case finished(CommandReply)
        case call(H.Request, EffectStore.Identity?)
        case probe(H.Request, EffectStore.Identity, absenceCounts: Bool, wait: Duration)
        case busy
    }

    func run<H: EffectHandler>(_ handler: H, _ envelope: Envelope) async throws -> EffectResult {
        let command: H.Message = try envelope.data()
        let context = MessageContext(causedBy: envelope)
        let (step, owed) = try await plan(handler, command, envelope, context)
        switch step {
        case .finished(let reply):
            return EffectResult(reply: reply, owed: owed)
        case .busy:
            return try await deferral.put(off: envelope, by: Self.busyDelay)
        case .call(let request, let identity):
            return try await call(handler, command, envelope, request, identity)
        case .probe(let request, let identity, let absenceCounts, let wait):
            return try await probe(handler, command, envelope, request, identity, absenceCounts, wait)
        }
    }

    // MARK: Plan

    private func plan<H: EffectHandler>(
        _ handler: H, _ command: H.Message, _ envelope: Envelope, _ context: MessageContext
    ) async throws -> (Step<H>, Debt) {
        try await outbox.commit(context, scope: .workspace) { transaction in
            if case .processed(let reply)? = try await InboxStore.lookUp([envelope], in: transaction.database)[
                InboxStore.key(envelope)]
            {
                return .finished(reply ?? .accepted(.emptyObject))
            }
            do {
                switch try await handler.plan(command, in: transaction) {
                case .reply(let reply):
                    return try await finish(.accepted(RawJSON(encoding: reply)), envelope, transaction)
                case .read(let request):
                    return .call(request, nil)
                case .effect(let key, let request):
                    return try await open(handler, key, request, envelope, transaction)
                }
            } catch let refusal as Refusal {
                return try await finish(.refused(refusal), envelope, transaction)
            }
        }
    }

    private func open<H: EffectHandler>(
        _ handler: H, _ key: String, _ request: H.Request, _ envelope: Envelope, _ transaction: HandlerTransaction
    ) async throws -> Step<H> {
        let identity = EffectStore.Identity(workspaceID: transaction.workspaceID, key: key)
        let record = try await EffectStore.open(
            identity, kind: handler.effect, request: RawJSON(encoding: request), in: transaction.database)
        let commandKey = Self.commandKey(envelope)
        func lease(calls: Bool) async throws {
            try await EffectStore.lease(
                identity, commandKey: commandKey, calls: calls, leaseSeconds: Self.leaseSeconds,
                in: transaction.database)
        }
        switch record.decide(commandKey: commandKey, recovery: handler.effect.recovery) {
        case .call:
            try await lease(calls: true)
            return .call(request, identity)
        case .probe(let absenceCounts, let wait):
            try await lease(calls: false)
            return .probe(request, identity, absenceCounts: absenceCounts, wait: wait)
        case .answerDone:
            return try await finish(.accepted(record.reply ?? .emptyObject), envelope, transaction)
        case .answerRefused:
            let refusal = record.error ?? Refusal(code: "refused", message: "refused before")
            return try await finish(.refused(refusal), envelope, transaction)
        case .busy:
            return .busy
        }
    }

    private func finish<H: EffectHandler>(
        _ reply: CommandReply, _ envelope: Envelope, _ transaction: HandlerTransaction
    ) async throws -> Step<H> {
        try InboxStore.insert(envelope, reply: reply, in: transaction.database)
        return .finished(reply)
    }

    /// Names the attempt of the command: a redelivery has the same, an operator's retry another.
    private static func commandKey(_ envelope: Envelope) -> String {
        guard let saga = SagaAddress(envelope.attributes) else { return envelope.attributes.id }
        return "\(saga.sagaID)/\(saga.run)/\(saga.path)/\(saga.attempt)"
    }

    // MARK: Perform

    private func call<H: EffectHandler>(
        _ handler: H, _ command: H.Message, _ envelope: Envelope, _ request: H.Request,
        _ identity: EffectStore.Identity?
    ) async throws -> EffectResult {
        do {
            let outcome = try await renewing(identity) {
                try await handler.perform(request, for: effectCall(envelope, identity))
            }
            if identity != nil { KillPoint.providerActed.reach() }
            return try await settle(handler, command, envelope, request, outcome, identity)
        } catch let failure as ProviderFailure {
            return try await fail(failure, handler.effect.recovery, envelope, identity)
        }
    }

    private func probe<H: EffectHandler>(
        _ handler: H, _ command: H.Message, _ envelope: Envelope, _ request: H.Request,
        _ identity: EffectStore.Identity, _ absenceCounts: Bool, _ wait: Duration
    ) async throws -> EffectResult {
        do {
            let found = try await renewing(identity) {
                try await handler.probe(request, for: effectCall(envelope, identity))
            }
            if let found {
                return try await settle(handler, command, envelope, request, found, identity)
            }
        } catch let failure as ProviderFailure {
            // A probe changes nothing: whatever went wrong, the effect stays unknown and is looked for again.
            return try await stayUnknown(failure, envelope, identity)
        }
        guard absenceCounts else {
            return try await putOffUnknown(envelope, identity, by: wait + .milliseconds(200))
        }
        try await outbox.pool.transaction(workspace: identity.workspaceID.uuid) { database in
            try await EffectStore.lease(
                identity, commandKey: Self.commandKey(envelope), calls: true, leaseSeconds: Self.leaseSeconds,
                in: database)
        }
        return try await call(handler, command, envelope, request, identity)
    }

    private func effectCall(_ envelope: Envelope, _ identity: EffectStore.Identity?) -> EffectCall {
        EffectCall(
            workspaceID: envelope.attributes.workspaceid, key: identity?.key ?? Self.commandKey(envelope),
            now: outbox.clock.now)
    }

    /// Keeps the lease alive while the provider is being called.
    private func renewing<R: Sendable>(
        _ identity: EffectStore.Identity?, _ work: @escaping @Sendable () async throws -> R
    ) async throws -> R {
        guard let identity else { return try await work() }
        return try await withThrowingTaskGroup(of: R?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                while true {
                    try await Task.sleep(for: Self.renewal)
                    await renew(identity)
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
    private func renew(_ identity: EffectStore.Identity) async {
        do {
            try await outbox.pool.transaction(workspace: identity.workspaceID.uuid) { database in
                try await EffectStore.renew(identity, leaseSeconds: Self.leaseSeconds, in: database)
            }
        } catch {
            logger.warning("effect lease not renewed", metadata: ["error": "\(error)"])
        }
    }

    // MARK: Settle

    private func settle<H: EffectHandler>(
        _ handler: H, _ command: H.Message, _ envelope: Envelope, _ request: H.Request, _ outcome: H.Outcome,
        _ identity: EffectStore.Identity?
    ) async throws -> EffectResult {
        let (reply, owed) = try await outbox.commit(.init(causedBy: envelope), scope: .workspace) { transaction in
            let reply = try RawJSON(
                encoding: try await handler.settle(outcome, of: request, for: command, in: transaction))
            if let identity {
                try await EffectStore.close(
                    identity, state: .done, outcome: RawJSON(encoding: outcome), reply: reply,
                    in: transaction.database)
            }
            try InboxStore.insert(envelope, reply: .accepted(reply), in: transaction.database)
            return reply
        }
        return EffectResult(reply: .accepted(reply), owed: owed)
    }

    private func fail(
        _ failure: ProviderFailure, _ recovery: EffectRecovery, _ envelope: Envelope,
        _ identity: EffectStore.Identity?
    ) async throws -> EffectResult {
        let refusal = Refusal(failure)
        switch failure {
        case .refused:
            let (_, owed) = try await outbox.commit(.init(causedBy: envelope), scope: .workspace) { transaction in
                if let identity {
                    try await EffectStore.close(identity, state: .refused, error: refusal, in: transaction.database)
                }
                try InboxStore.insert(envelope, reply: .refused(refusal), in: transaction.database)
            }
            return EffectResult(reply: .refused(refusal), owed: owed)
        case .transient(_, _, let retryAfter):
            return try await retry(envelope, identity, state: .planned, error: refusal, retryAfter: retryAfter)
        case .unauthorized:
            return try await retry(envelope, identity, state: .planned, error: refusal, retryAfter: .minutes(1))
        case .unknownOutcome:
            guard let identity, recovery != .sendAgain else {
                return try await retry(envelope, identity, state: .unknown, error: refusal, retryAfter: nil)
            }
            return try await stayUnknown(failure, envelope, identity)
        }
    }

    private func stayUnknown(
        _ failure: ProviderFailure, _ envelope: Envelope, _ identity: EffectStore.Identity
    ) async throws -> EffectResult {
        try await retry(envelope, identity, state: .unknown, error: Refusal(failure), retryAfter: nil)
    }

    private func putOffUnknown(
        _ envelope: Envelope, _ identity: EffectStore.Identity, by delay: Duration
    ) async throws -> EffectResult {
        try await outbox.pool.transaction(workspace: identity.workspaceID.uuid) { database in
            try await EffectStore.close(identity, state: .unknown, in: database)
        }
        return try await deferral.put(off: envelope, by: delay)
    }

    private func retry(
        _ envelope: Envelope, _ identity: EffectStore.Identity?, state: EffectState, error: Refusal,
        retryAfter: Duration?
    ) async throws -> EffectResult {
        try await deferral.retry(envelope, error: error, retryAfter: retryAfter) { database in
            guard let identity else { return }
            try await EffectStore.close(identity, state: state, error: error, in: database)
        }
    }
}

extension Refusal {
    init(_ failure: ProviderFailure) {
        switch failure {
        case .transient(let code, let message, _), .refused(let code, let message),
            .unknownOutcome(let code, let message):
            self.init(code: code, message: message)
        case .unauthorized(let message):
            self.init(code: "unauthorized", message: message)
        }
    }
}
