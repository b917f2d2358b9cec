import Commerce
import Postgres
import Testing

@testable import Messaging

/// Asks a provider something, and may find in the answer that it says no.
private struct Ask: Messaging.Command {
    static let owner = ServiceName.tracking
    static let name = "Ask"
    var isForSale: Bool
    typealias Reply = Bool
}

private struct Nothing: Codable, Sendable {}

private struct AskHandler: EffectHandler {
    typealias Message = Ask

    let effect = EffectKind("test", "read", recovery: .sendAgain)

    func plan(_ command: Ask, in transaction: HandlerTransaction) async throws -> EffectPlan<Nothing, Bool> {
        .read(Nothing())
    }

    func perform(_ request: Nothing, for call: EffectCall) async throws -> Bool { true }

    func settle(
        _ outcome: Bool, of request: Nothing, for command: Ask, in transaction: HandlerTransaction
    ) async throws -> Bool {
        guard command.isForSale else { throw Refusal(code: "not_sold", message: "No more.", field: "sku") }
        return outcome
    }
}

@Suite("What is only read from a provider", .tags(.postgres), .enabled(if: MessagingBench.isThere))
struct EffectReadTests {
    private func deliver(_ command: Ask, _ bench: MessagingBench) async throws -> CommandReply? {
        let processor = bench.processor([.effect(AskHandler())])
        let message = try bench.outbox.factory.command(
            command, subject: nil, context: MessageContext(workspaceID: bench.workspaceID, actor: "test"))
        let incoming = MessageProcessor.Incoming(body: message.envelope.body, isOversized: false)
        for (job, _) in processor.jobs([incoming]) { _ = try await processor.commit(job) }
        let id = message.envelope.attributes.id
        let row = try await bench.pool.query("SELECT reply FROM inbox WHERE message_id = \(id)").first
        return try row.map { CommandReply(body: try $0("reply", as: JSONB.self).decode()) }
    }

    @Test("may be refused by what the answer says, as by any handler")
    func refused() async throws {
        try await MessagingBench.run { bench in
            let accepted = try await deliver(Ask(isForSale: true), bench)
            #expect(try accepted == .accepted(RawJSON(text: "true")))
            let refusal = Refusal(code: "not_sold", message: "No more.", field: "sku")
            #expect(try await deliver(Ask(isForSale: false), bench) == .refused(refusal))
        }
    }
}
