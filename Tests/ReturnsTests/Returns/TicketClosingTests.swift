import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Support
import Testing
import Views

@testable import Returns

@Suite("The helpdesk's ticket at the end of a return", .enabled(if: ReturnsBench.isThere))
struct TicketClosingTests {
    /// A return with a ticket, of which nothing is left to do but to close it.
    private struct Closing {
        let bench: ReturnsBench
        let id: ReturnID
        let desk: TestHelpdesk
        let handler: CloseReturnTicketHandler
        let request: CloseReturnTicketHandler.Request

        init(_ bench: ReturnsBench, _ desk: TestHelpdesk) async throws {
            try await bench.deliverOrder()
            let id = try await bench.ask { $0.helpdesk = .init(provider: "gorgias", ticketID: "228476") }
            let handler = CloseReturnTicketHandler(accounts: .only(desk))
            let plan = try await bench.handle { try await handler.plan(CloseReturnTicket(returnID: id), in: $0) }
            guard case .effect("ticket.close:\(id)", let request) = plan else {
                throw Refusal(code: "no_effect", message: "\(plan)")
            }
            (self.bench, self.id, self.desk, self.handler, self.request) = (bench, id, desk, handler, request)
        }

        var call: EffectCall {
            EffectCall(workspaceID: bench.workspaceID, key: "ticket.close:\(id)", now: Date(timeIntervalSince1970: 0))
        }

        func perform() async throws -> CloseReturnTicketHandler.Outcome {
            try await handler.perform(request, for: call)
        }

        /// What the return's timeline says of an outcome, which comes twice.
        func told(_ outcome: CloseReturnTicketHandler.Outcome) async throws -> [String] {
            for _ in 1...2 {
                try await bench.handle {
                    _ = try await handler.settle(outcome, of: request, for: CloseReturnTicket(returnID: id), in: $0)
                }
            }
            return try await bench.record(id).timeline?.map(\.type).filter { $0.hasPrefix("return.ticket_") } ?? []
        }
    }

    private func run(
        _ desk: TestHelpdesk = TestHelpdesk(), _ test: @Sendable (Closing) async throws -> Void
    ) async throws {
        try await ReturnsBench.run { try await test(try await Closing($0, desk)) }
    }

    @Test(
        "the ticket on which the last word is ours is closed, whatever agents note on it, and the return tells it once")
    func closed() async throws {
        try await run { closing in
            closing.desk.write()
            closing.desk.write("\(closing.id)/refunded")
            closing.desk.write(isPublic: false)
            let outcome = try await closing.perform()
            #expect(outcome == .closed)
            #expect(closing.desk.now.status == .solved)
            #expect(try await closing.perform() == .closed)
            #expect(closing.desk.now.closings == 1)
            #expect(try await closing.told(.closed) == ["return.ticket_closed"])
        }
    }

    @Test("a ticket that its customer opens again after a closing whose answer was lost stays open")
    func openedAgain() async throws {
        try await run { closing in
            closing.desk.write("\(closing.id)/refunded")
            closing.desk.change { $0.losesAnswer = true }
            await #expect(throws: ProviderFailure.self) { try await closing.perform() }
            let found = try await closing.handler.probe(closing.request, for: closing.call)
            #expect(found == .closed)
            closing.desk.write()
            #expect(try await closing.handler.probe(closing.request, for: closing.call) == nil)
            #expect(try await closing.perform() == .answered)
            #expect(closing.desk.now.status == .open && closing.desk.now.closings == 1)
            #expect(try await closing.told(.answered) == ["return.ticket_left_open"])
        }
    }

    @Test("a ticket on which we never had the last word, or another return has it, stays open")
    func notOurs() async throws {
        try await run { closing in
            let outcome = try await closing.perform()
            #expect(outcome == .answered)
            for key in ["\(closing.id)-2/refunded", "\(ReturnID())/label"] {
                closing.desk.write(key)
                #expect(try await closing.perform() == .answered)
            }
            #expect(closing.desk.now.closings == 0)
        }
    }

    @Test("what the customer has asked since our first word, and nobody answered, keeps the ticket open")
    func asked() async throws {
        try await run { closing async throws in
            closing.desk.write("\(closing.id)/label")
            closing.desk.write()
            closing.desk.write("\(closing.id)/refunded")
            #expect(try await closing.perform() == .answered)
            #expect(closing.desk.now.closings == 0)
            closing.desk.write(isFromAgent: true)
            closing.desk.write("\(closing.id)/refunded-2")
            #expect(try await closing.perform() == .closed)
        }
    }

    @Test("a workspace that closes its tickets itself keeps them, and its return tells nothing")
    func kept() async throws {
        try await run(TestHelpdesk(closesTickets: false)) { closing in
            closing.desk.write("\(closing.id)/refunded")
            let outcome = try await closing.perform()
            #expect(outcome == .kept)
            #expect(try await closing.told(.kept).isEmpty && closing.desk.now.closings == 0)
        }
    }

    @Test("what the helpdesk does not close is shown and refuses nothing; what may work later is tried again")
    func refused() async throws {
        try await run { closing in
            closing.desk.write("\(closing.id)/refunded")
            closing.desk.change { $0.refusal = .refused(code: "RecordInvalid", message: "A field is required.") }
            let outcome = try await closing.perform()
            #expect(outcome == .refused(Refusal(code: "RecordInvalid", message: "A field is required.")))
            #expect(try await closing.told(outcome) == ["return.ticket_left_open"])
            closing.desk.change { $0.readRefusal = .refused(code: "not_found", message: "No such ticket.") }
            let found = try await closing.handler.probe(closing.request, for: closing.call)
            #expect(found == .refused(Refusal(code: "not_found", message: "No such ticket.")))
            closing.desk.change { $0.readRefusal = nil }
            closing.desk.change { $0.refusal = .transient(code: "UpdateConflict", message: "?", retryAfter: nil) }
            await #expect(throws: ProviderFailure.self) { try await closing.perform() }
        }
    }

    @Test("a return without a ticket has none to close")
    func none() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask()
            let handler = CloseReturnTicketHandler(accounts: .only(TestHelpdesk()))
            let plan = try await bench.handle { try await handler.plan(CloseReturnTicket(returnID: id), in: $0) }
            guard case .reply = plan else {
                Issue.record("\(plan)")
                return
            }
        }
    }
}
