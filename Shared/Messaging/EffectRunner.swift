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
/// The delivery is acknowledged after the settle commit; until then a redelivery finds the row and recovers. A process
/// that lost its lease changes nothing any more.
struct EffectRunner: Sendable {
    let outbox: TransactionalOutbox
    let deferral: Deferral
    let logger: Logger
    /// The tries that a workspace allows a command at a provider; nil for the policy's.
    var attemptMax: @Sendable (_ provider: String, WorkspaceID) async -> Int? = { _, _ in nil }

    /// How soon to look again at an effect that another process is calling.
    private static let busyDelay = Duration.seconds(3)

    private enum Step<H: EffectHandler>: Sendable {
        case finished(CommandReply)
        case call(H.Request, EffectStore.Lease?)
        case probe(H.Request, EffectStore.Lease, absenceCounts: Bool, wait: Duration)
        case busy
    }

    func run<H: EffectHandler>(_ handler: H, _ envelope: Envelope) async throws -> EffectResult {
        let run = EffectRun(runner: self, handler: handler, envelope: envelope, command: try envelope.data())
        let (step, owed) = try await plan(run)
        do {
            return try await ProviderWork.$current.withValue(ProviderWork(handler.priority)) {
                switch step {
                case .finished(let reply):
                    return EffectResult(reply: reply, owed: owed)
                case .busy:
                    return try await deferral.put(off: envelope, by: Self.busyDelay)
                case .call(let request, let lease):
                    return try await run.call(request, lease)
                case .probe(let request, let lease, let absenceCounts, let wait):
                    return try await run.probe(request, lease, absenceCounts: absenceCounts, wait: wait)
                }
            }
        } catch is LeaseLost {
            logger.notice("another process took an effect over", metadata: ["operation": "\(handler.effect.operation)"])
            return try await deferral.put(off: envelope, by: Self.busyDelay)
        }
    }

    private func plan<H: EffectHandler>(_ run: EffectRun<H>) async throws -> (Step<H>, Debt) {
        let envelope = run.envelope
        return try await outbox.commit(.init(causedBy: envelope), scope: .workspace) { transaction in
            if case .processed(let reply)? = try await InboxStore.lookUp([envelope], in: transaction.database)[
                InboxStore.key(envelope)]
            {
                return .finished(reply ?? .accepted(.emptyObject))
            }
            do {
                switch try await run.handler.plan(run.command, in: transaction) {
                case .reply(let reply):
                    return try await finish(.accepted(RawJSON(encoding: reply)), envelope, transaction)
                case .read(let request):
                    return .call(request, nil)
                case .effect(let key, let request):
                    return try await open(run, key, request, transaction)
                }
            } catch let refusal as Refusal {
                return try await finish(.refused(refusal), envelope, transaction)
            }
        }
    }

    private func open<H: EffectHandler>(
        _ run: EffectRun<H>, _ key: String, _ request: H.Request, _ transaction: HandlerTransaction
    ) async throws -> Step<H> {
        let identity = EffectStore.Identity(workspaceID: transaction.workspaceID, key: key)
        let json = try RawJSON(encoding: request)
        let kind = run.handler.effect
        let record = try await EffectStore.open(identity, kind: kind, request: json, in: transaction.database)
        switch record.decide(commandKey: run.commandKey, recovery: kind.recovery) {
        case .call:
            let lease = try await EffectStore.lease(
                identity, commandKey: run.commandKey, calling: json, in: transaction.database)
            return .call(request, lease)
        case .probe(let absenceCounts, let wait):
            let lease = try await EffectStore.lease(
                identity, commandKey: run.commandKey, calling: nil, in: transaction.database)
            return .probe(request, lease, absenceCounts: absenceCounts, wait: wait)
        case .answerDone:
            return try await finish(.accepted(record.reply ?? .emptyObject), run.envelope, transaction)
        case .answerRefused:
            let refusal = record.error ?? Refusal(code: "refused", message: "refused before")
            return try await finish(.refused(refusal), run.envelope, transaction)
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
}

extension Refusal {
    init(_ failure: ProviderFailure) {
        switch failure {
        case .transient(let code, let message, _), .refused(let code, let message),
            .unknownOutcome(let code, let message), .postponed(let code, let message, _):
            self.init(code: code.printable(upTo: 100), message: message.printable())
        case .unauthorized(let message):
            self.init(code: "unauthorized", message: message.printable())
        }
    }
}
