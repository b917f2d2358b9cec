import Foundation
import Testing

@testable import CLI

@Suite("Refunds as text")
struct RefundPictureTests {
    private static func refund(_ status: String, error: String = "null", effect: String = "null") -> String {
        """
        {"id":"rfd_1","order_id":"ord_1","return_id":null,"status":"\(status)","amount":"5.00","currency":"USD",
         "resolution":"original_payment","reason":"late","calculation":null,"provider":"shopify","external_id":"991",
         "error":\(error),"effect":\(effect),"created_at":"2026-03-05T17:00:00.000Z",
         "updated_at":"2026-03-05T17:00:01.000Z"}
        """
    }

    private static func effect(_ state: String) -> String {
        """
        {"provider":"shopify","operation":"refund.create","state":"\(state)","calls":1,
         "error":{"code":"shopify_502","message":"Bad gateway"},"duplicates":[],"updated_at":"2026-03-05T17:00:01.000Z"}
        """
    }

    private func lines(_ json: String) throws -> [String] {
        RefundPicture.lines(try JSONDecoder().decode(RefundModel.self, from: Data(json.utf8)), .plain)
    }

    @Test("one that is being tried tells whether it may have been applied, with the last try's words")
    func tried() throws {
        let unknown = try lines(Self.refund("requested", effect: Self.effect("unknown")))
        #expect(unknown[0] == "rfd_1  requested  5.00 USD  original_payment")
        let words = "may have been applied; it is looked for before it is tried again"
        #expect(unknown[1] == "shopify \(words) (shopify_502: Bad gateway)")
        #expect(unknown[2] == "order ord_1  shopify 991")
        #expect(unknown.contains { $0.hasSuffix("stateset dead-letters list --key rfd_1") })
        let planned = try lines(Self.refund("requested", effect: Self.effect("planned")))
        #expect(planned[1].hasPrefix("shopify certainly not applied"))
    }

    @Test("one that has ended tells how, and nothing of the call")
    func ended() throws {
        let failed = try lines(
            Self.refund(
                "failed", error: #"{"code":"declined","message":"The card is closed."}"#, effect: Self.effect("done")))
        #expect(failed[1] == "declined: The card is closed." && failed[2].hasPrefix("order ord_1"))
        #expect(!failed.contains { $0.contains("dead-letters") })
    }

    @Test("a list says of each whether it may have been applied")
    func list() throws {
        let refunds = [
            Self.refund("requested", effect: Self.effect("unknown")),
            Self.refund("failed", error: #"{"code":"declined","message":"no"}"#, effect: Self.effect("done")),
        ]
        let page = #"{"data":[\#(refunds.joined(separator: ","))],"next_cursor":null}"#
        let rows = try RefundPicture.list.lines(Array(page.utf8), .plain)
        #expect(rows.count == 3 && rows[1].contains("shopify_502  maybe") && rows[2].contains("declined     -"))
    }
}
