import Commerce
import Foundation
import Testing

@testable import Providers
@testable import Returns

@Suite("What a refund in the shop means")
struct ShopRefundTests {
    private func news(_ statuses: [String]) throws -> RefundNews {
        let movements = statuses.enumerated().map { index, status in
            #"{"id":\#(index),"kind":"refund","status":"\#(status)","amount":"\#(index + 1).00","parent_id":80\#(index)}"#
        }
        let transactions = "[\(movements.joined(separator: ","))]"
        let refund = try JSONDecoder().decode(
            ShopifyRefund.self, from: Data(#"{"id":8,"transactions":\#(transactions)}"#.utf8))
        return ShopRefund(refund, movements: refund.transactions ?? []).news
    }

    @Test(
        "it has failed or is done with the last word on each payment, and not with the first",
        arguments: [
            (["success"], RefundStatus.succeeded), (["failure"], .failed), (["pending"], .pending), ([], .pending),
            (["success", "pending"], .pending), (["failure", "pending"], .pending), (["failure", "success"], .failed),
            (["error", "failure"], .failed), (["success", "success"], .succeeded),
        ])
    func status(statuses: [String], status: RefundStatus) throws {
        let news = try news(statuses)
        #expect(news.status == status && (news.error != nil) == (status == .failed))
    }

    @Test("of one that fails, it tells what other payments give")
    func parts() throws {
        #expect(try news(["failure", "success"]).parts == [.init(id: "1", parentID: "801", amount: "2.00")])
        #expect(try news(["success", "success"]).parts == [])
        #expect(try news(["failure", "failure"]).parts == [])
    }
}
