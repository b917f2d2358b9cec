import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("Decisions with the goods here", .enabled(if: ReturnsBench.isThere))
struct ReturnTakenUpTests {
    private func hear(_ bench: ReturnsBench, _ status: String, of id: ReturnID, version: Int) async throws {
        let news = SagaUpdated(
            sagaID: SagaID(), name: "return", key: "\(id)", run: 1, version: version, status: status,
            businessStatus: nil, error: nil)
        try await bench.handle { try await ProjectReturnSaga().handle(news, in: $0) }
    }

    private func mails(_ sent: [Envelope]) throws -> [SendEmail] {
        try sent.filter { $0.attributes.type == SendEmail.name }.map { try $0.data() }
    }

    @Test("a rejected return whose goods stayed here is approved as one that is here, and its review is told again")
    func reopened() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected(grade: "B")
            try await bench.decide(id, .reject)
            try await bench.withdraw(id)
            let (again, sent) = try await bench.handleAndSend {
                try await CheckReturnHandler().handle(CheckReturn(returnID: id), in: $0)
            }
            #expect(again.outcome == .inReview)
            let mail = try #require(try mails(sent).first)
            #expect(mail.template == .returnInReview && mail.version == "\(id)-2")
            let told = try await bench.decide(id, .approve)
            let news: ReturnReviewed = try #require(
                told.first { $0.attributes.type == ReturnReviewed.type }
            ).data()
            #expect(news.approved && news.goodsAreHere == true)
            #expect(try await bench.record(id).status == .inspected)
        }
    }

    @Test("before its goods are here a decision says so")
    func notHere() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.withdraw(id)
            #expect(try await bench.check(id).outcome == .inReview)
            let told = try await bench.decide(id, .approve)
            let news: ReturnReviewed = try #require(
                told.first { $0.attributes.type == ReturnReviewed.type }
            ).data()
            #expect(news.goodsAreHere == false)
        }
    }

    @Test("called off while its goods came in, it stays with a person; a yes begins its process again at the goods")
    func approvedAfterCancel() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await hear(bench, "waiting", of: id, version: 1)
            try await bench.receive(id)
            let called = try await bench.withdraw(id)
            #expect(try mails(called).isEmpty && called.types.contains(SendSlackAlert.name))
            #expect(try await bench.record(id).status == .inReview)
            let early = await #expect(throws: Refusal.self) { try await bench.decide(id, .approve) }
            #expect(early?.code == "not_allowed")
            try await hear(bench, "stuck", of: id, version: 2)
            try await hear(bench, "cancelled", of: id, version: 3)
            #expect(try await bench.record(id).statusReason?.code == "withdrawn")
            try await bench.inspect(id, grade: "A", matched: true)
            let sent = try await bench.decide(id, .approve)
            #expect(!sent.types.contains(ReturnReviewed.type))
            let order: OperateSaga = try #require(sent.first { $0.attributes.type == OperateSaga.name }).data()
            #expect(order.verb == .restart)
            let reply = try await bench.check(id)
            #expect(reply.outcome == .approved && reply.goodsAreHere == true)
            #expect(try await bench.heldUnits() == 1)
        }
    }

    @Test("a no ends it: units free, customer told; taken up again, its units are held once")
    func rejectedAfterCancel() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await hear(bench, "waiting", of: id, version: 1)
            try await bench.receive(id)
            try await bench.withdraw(id)
            try await hear(bench, "cancelled", of: id, version: 2)
            let sent = try await bench.decide(id, .reject)
            #expect(try mails(sent).map(\.template) == [.returnRejected])
            #expect(sent.types.contains(PostReturnMessage.name) && !sent.types.contains(OperateSaga.name))
            #expect(try await bench.record(id).status == .rejected)
            #expect(try await bench.heldUnits() == 0)
            // As an older build had left it.
            try await bench.handle {
                let row = try await ReturnCase.lock(id, in: $0).row
                try await HeldUnitStore($0, of: row.orderID).hold(row.units, by: id)
            }
            #expect(try await bench.check(id).outcome == .inReview)
            #expect(try await bench.heldUnits() == 1)
        }
    }

    @Test("a saga in trouble shows on its return and on its claim, and no more once it goes on")
    func trouble() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let id = try await bench.sendLabel()
            let claim = try await bench.claim()
            for (version, status) in ["stuck", "waiting"].enumerated() {
                try await hear(bench, status, of: id, version: version + 1)
                let news = SagaUpdated(
                    sagaID: SagaID(), name: "warranty", key: "\(claim)", run: 1, version: version + 1, status: status,
                    businessStatus: nil, error: nil)
                try await bench.handle { try await ProjectWarrantySaga().handle(news, in: $0) }
                let code = status == "stuck" ? "saga_stuck" : nil
                #expect(try await bench.record(id).statusReason?.code == code)
                #expect(try await bench.warranty(claim).statusReason?.code == code)
            }
        }
    }

    @Test("a review with the goods here is not cancelled by what undoes it")
    func reviewedGoods() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected(grade: "B")
            #expect(try mails(await bench.withdraw(id)).isEmpty)
            #expect(try await bench.record(id).status == .inReview)
            #expect(try await bench.heldUnits() == 1)
        }
    }

    @Test("goods that have come in are not lost")
    func notLost() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.receive(id)
            let lost = Refusal(code: Refusal.parcelLost, message: "It has not come in.")
            try await bench.handle {
                _ = try await ReviewReturnHandler().handle(ReviewReturn(returnID: id, reason: lost), in: $0)
            }
            #expect(try await bench.record(id).status == .received)
        }
    }

    @Test("money that failed and a person gives up on: the return ends as rejected, its units free, its customer told")
    func givenUp() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            _ = try await bench.settle(try #require(try await bench.refund(id).refundID), as: .failed)
            try await bench.decide(id, .reject)
            #expect(try await bench.heldUnits() == 1)
            let sent = try await bench.close(id)
            #expect(try mails(sent).map(\.template) == [.returnRejected])
            #expect(try await bench.heldUnits() == 0)
            #expect(try await bench.record(id).status == .rejected)
        }
    }

    @Test("what is worth nothing closes without money, and its goods can be entered then")
    func worthNothing() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected(grade: "D")
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).refundID == nil)
            await #expect(throws: Refusal.self) {
                try await bench.handle { _ = try await RefundedReturn.lock(id, in: $0) }
            }
            try await bench.close(id)
            let record = try await bench.record(id)
            #expect(record.status == .closed && record.timeline?.last?.summary.contains("nothing") == true)
            #expect(try await bench.handle { try await RefundedReturn.lock(id, in: $0).refund } == nil)
            #expect(try await bench.heldUnits() == 1)
        }
    }
}
