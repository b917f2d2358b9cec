import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing
import Views

@testable import Returns

/// A claim whose refund fails at once, and then arrives after all.
@Suite("Refunds of a claim that arrive late", .enabled(if: ReturnsBench.isThere))
struct WarrantyRefundTests {
    private struct Late {
        let id: WarrantyID
        let goods: ReturnID
        let refund: RefundID
    }

    /// In review, because its refund has failed.
    private func failed(_ bench: ReturnsBench) async throws -> Late {
        try await bench.deliverOrder()
        try await bench.setTerms()
        let id = try await bench.sendIn()
        try await bench.inspect(id)
        #expect(try await bench.choose(id, after: [.repair, .replacement]) == .refund)
        let goods = try #require(try await bench.warranty(id).returnID)
        let refund = try #require(try await bench.refund(goods).refundID)
        _ = try await bench.settle(refund, as: .failed)
        #expect(try await bench.warranty(id).statusReason?.code == "refund_failed")
        return Late(id: id, goods: goods, refund: refund)
    }

    private func alerts(_ sent: [Envelope]) throws -> [String] {
        try sent.filter { $0.attributes.type == "SendSlackAlert" }.map { envelope in
            let alert: SendSlackAlert = try envelope.data()
            return alert.alert.title
        }
    }

    @Test("a yes takes the money up that is there: nothing else is given beside it, and the claim rests")
    func yes() async throws {
        try await ReturnsBench.run { bench in
            let late = try await failed(bench)
            let sent = try await bench.settle(late.refund, as: .succeeded)
            #expect(try alerts(sent).isEmpty)
            #expect(try await bench.warranty(late.id).statusReason?.code == "refund_arrived")
            let no = await #expect(throws: Refusal.self) {
                try await bench.decide(late.id, .reject, parcel: .init(trackingNumber: "1ZBACK", carrier: "UPS"))
            }
            #expect(no?.code == "not_allowed" && no?.message.contains("54.00") == true)
            try await bench.decide(late.id, .approve, remedy: .replacement)
            let unrest = await #expect(throws: Refusal.self) { try await bench.close(late.id) }
            #expect(unrest?.code == "not_allowed")
            #expect(try await bench.choose(late.id) == .refund)
            let beside = await #expect(throws: Refusal.self) {
                try await bench.handle {
                    _ = try await OpenReplacementHandler(accounts: .onlyShopify(StubHTTP([:]))).plan(
                        OpenReplacement(warrantyID: late.id), in: $0)
                }
            }
            #expect(beside?.code == "refund_stands")
            #expect(try await bench.refund(late.goods).refundID == late.refund)
            #expect(try await bench.warranty(late.id).status == .refunded)
            try await bench.close(late.id)
            #expect(try await bench.warranty(late.id).status == .closed)
            #expect(try await bench.tender().refunded == 5400)
            #expect(try await bench.heldUnits() == 1)
        }
    }

    @Test("after a no, money that arrives takes its unit again, and people are told")
    func no() async throws {
        try await ReturnsBench.run { bench in
            let late = try await failed(bench)
            try await bench.decide(late.id, .reject, parcel: .init(trackingNumber: "1ZBACK", carrier: "UPS"))
            try await bench.close(late.id)
            #expect(try await bench.heldUnits() == 0)
            let sent = try await bench.settle(late.refund, as: .succeeded)
            #expect(try alerts(sent) == ["A return may have been made good twice"])
            #expect(try await bench.heldUnits() == 1)
            #expect(try await bench.warranty(late.id).status == .rejected)
        }
    }

    @Test("money that arrives while the goods are mended was given twice: people are told")
    func beside() async throws {
        try await ReturnsBench.run { bench in
            let late = try await failed(bench)
            try await bench.decide(late.id, .approve, remedy: .repair)
            #expect(try await bench.choose(late.id) == .repair)
            let sent = try await bench.settle(late.refund, as: .succeeded)
            #expect(try alerts(sent) == ["A return may have been made good twice"])
        }
    }

    @Test("money that is given in the place of what had failed is told by a mail of its own")
    func toldAgain() async throws {
        try await ReturnsBench.run { bench in
            let late = try await failed(bench)
            try await bench.decide(late.id, .approve)
            #expect(try await bench.choose(late.id, after: [.repair, .replacement]) == .refund)
            let second = try #require(try await bench.refund(late.goods).refundID)
            _ = try await bench.settle(second, as: .succeeded)
            let notify = NotifyClaimant(warrantyID: late.id, notice: .returnRefunded)
            let sent = try await bench.handleAndSend {
                _ = try await NotifyClaimantHandler().handle(notify, in: $0)
            }.sent
            let mail: SendEmail = try #require(sent.first { $0.attributes.type == SendEmail.name }).data()
            #expect(second != late.refund && mail.version == "\(second)")
        }
    }

    @Test("a refund that fails after its claim has come to rest leaves it there, and people are told what to do")
    func atRest() async throws {
        try await ReturnsBench.run { bench in
            let late = try await failed(bench)
            _ = try await bench.settle(late.refund, as: .succeeded)
            try await bench.decide(late.id, .approve)
            _ = try await bench.choose(late.id)
            _ = try await bench.refund(late.goods)
            try await bench.close(late.id)
            let sent = try await bench.settle(late.refund, as: .failed)
            #expect(try alerts(sent) == ["The refund of a settled warranty claim has failed"])
            #expect(try await bench.warranty(late.id).status == .closed)
            #expect(try await bench.record(late.goods).status == .closed)
            #expect(try await bench.tender().refunded == 0)
        }
    }
}
