import Commerce
import Contracts
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("What becomes of returned goods")
struct DispositionTests {
    private func unit(
        _ grade: GoodsGrade?, _ state: ReceiveReturn.State = .received, matched: Bool? = true
    ) -> ReturnUnit {
        ReturnUnit(
            lineID: "1", number: 1, sku: "ROBE", title: "Silk robe", reason: nil, stays: false, state: state,
            grade: grade, matched: matched)
    }

    @Test("is as the policy says of their grade; what is broken, or was not sold, is sold again by none")
    func byGrade() {
        var policy = ReturnPolicy.standard()
        policy.dispositions = ["A": .restock, "B": .refurbish, "C": .restock, "D": .scrap]
        #expect(
            GoodsGrade.allCases.map { unit($0).disposition(under: nil) }
                == [.restock, .restock, .quarantine, .quarantine])
        #expect(
            GoodsGrade.allCases.map { unit($0).disposition(under: policy) }
                == [.restock, .refurbish, .restock, .scrap])
        #expect(unit(nil).disposition(under: policy) == .quarantine)
        #expect(unit(.a, .damaged).disposition(under: policy) == .quarantine)
        #expect(unit(.c, matched: false).disposition(under: policy) == .quarantine)
        #expect(unit(.d, .damaged).disposition(under: policy) == .scrap)
    }

    @Test(
        "goes by the policy that the return was asked for under, into the ERP and on the timeline",
        .enabled(if: ReturnsBench.isThere),
        arguments: ["restock", "refurbish"])
    func receipt(word: String) async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.set(
                policy: #""instant_refund":{"grade":"A","matched":true},"dispositions":{"A":"\#(word)"}"#)
            let id = try await bench.inspected()
            let refundID = try #require(try await bench.refund(id).refundID)
            _ = try await bench.settle(refundID, as: .succeeded)
            let plan = try await bench.handle { transaction in
                var goods = try await ReturnCase.lock(id, in: transaction)
                goods.row.externalIDs["netsuite"] = "71"
                try await goods.save()
                return try await RecordReturnReceiptHandler(accounts: .onlyShopify(StubHTTP([:])))
                    .plan(RecordReturnReceipt(returnID: id), in: transaction)
            }
            guard case .effect(_, let request) = plan else { throw Refusal(code: "no_effect", message: "\(plan)") }
            #expect(request.receipts.map(\.restock) == [word == "restock"])
            #expect(try await bench.record(id).timeline?.contains { $0.summary == "1 × ROBE: \(word)." } == true)
        }
    }
}
