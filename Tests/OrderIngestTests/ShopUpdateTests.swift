import Commerce
import Foundation
import Messaging
import Testing

@testable import OrderIngest

@Suite("What a webhook of the shop means for a stored order")
struct ShopUpdateTests {
    private let shop = ShopOrderFixture()

    @Test("the same webhook again changes nothing")
    func repetition() throws {
        #expect(try shop.update.consequences(for: shop.row).isEmpty)
    }

    @Test("an older webhook changes nothing, whatever it says")
    func older() throws {
        let old = shop.with {
            $0.updatedAt = ShopOrderFixture.earlier
            $0.cancelledAt = "2026-03-04T05:09:00-05:00"
            $0.quantity = 5
        }
        #expect(try old.update.consequences(for: shop.row).isEmpty)
    }

    @Test("a newer state replaces the document while the warehouse does not have the order")
    func newer() throws {
        let new = shop.with {
            $0.updatedAt = ShopOrderFixture.later
            $0.quantity = 1
        }
        #expect(try new.update.consequences(for: shop.row) == [.replaceDocument(isNews: true)])
        var dispatched = try shop.row
        dispatched.status = .dispatched
        #expect(try new.update.consequences(for: dispatched) == [.ignoreChange])
    }

    @Test("a tag of ours that comes back is taken over without news")
    func echo() throws {
        let echo = shop.with {
            $0.updatedAt = ShopOrderFixture.later
            $0.tags = "SENT_TO_NS"
        }
        #expect(try echo.update.consequences(for: shop.row) == [.replaceDocument(isNews: false)])
    }

    @Test("the customer's language is taken over without news, and is no change that came too late")
    func language() throws {
        let told = shop.with {
            $0.updatedAt = ShopOrderFixture.later
            $0.locale = "fr"
        }
        #expect(try told.update.consequences(for: shop.row) == [.replaceDocument(isNews: false)])
        var dispatched = try shop.row
        dispatched.status = .dispatched
        #expect(try told.update.consequences(for: dispatched).isEmpty)
    }

    @Test("what the goods weigh is taken over without news, and is no change that came too late")
    func weight() throws {
        let weighed = shop.with {
            $0.updatedAt = ShopOrderFixture.later
            $0.grams = 200
        }
        #expect(try weighed.update.consequences(for: shop.row) == [.replaceDocument(isNews: false)])
        var dispatched = try shop.row
        dispatched.status = .dispatched
        #expect(try weighed.update.consequences(for: dispatched).isEmpty)
    }

    @Test("an order whose payment was awaited starts with the first webhook that shows it paid")
    func payment() throws {
        var waiting = try shop.with { $0.payment = "pending" }.row
        waiting.startedAt = nil
        waiting.reason = try shop.with { $0.payment = "pending" }.update.readiness.reason
        #expect(try shop.update.consequences(for: waiting).last == .start)
        var started = waiting
        started.startedAt = Date(timeIntervalSince1970: 0)
        #expect(try shop.update.consequences(for: started).contains(.start) == false)
    }

    @Test("an order on hold for its data is released when the shop's data is mended, not while a person holds it")
    func mended() throws {
        let mended = shop.with { $0.updatedAt = ShopOrderFixture.later }
        var held = try shop.with { $0.currency = "ZZZ" }.row
        held.status = .onHold
        #expect(try mended.update.consequences(for: held).contains(.release))
        held.hold = OrderHold(
            code: OrderHold.manual, reason: "fraud?", actor: "ops", at: Date(timeIntervalSince1970: 0))
        #expect(try !mended.update.consequences(for: held).contains(.release))
    }

    @Test("a cancellation ends what has not begun, stops what is under way, and is noted beyond the warehouse's door")
    func cancellation() throws {
        let cancelled = shop.with { $0.cancelledAt = ShopOrderFixture.later }
        let update = try cancelled.update
        let reason = try #require(update.readiness.reason)
        var row = try shop.row
        #expect(update.consequences(for: row) == [.stop(reason)])
        row.status = .dispatched
        #expect(update.consequences(for: row) == [.tooLate(reason)])
        row.status = .received
        row.startedAt = nil
        #expect(update.consequences(for: row) == [.cancel(reason)])
        row.status = .cancelled
        #expect(update.consequences(for: row).isEmpty)
    }

    @Test(
        "only paid and unfulfilled orders are ready; the others say why not",
        arguments: [
            ("paid", nil, nil), ("partially_refunded", nil, nil), ("pending", nil, "payment_pending"),
            ("authorized", nil, "payment_pending"), ("partially_paid", nil, "payment_pending"),
            ("refunded", nil, "payment_refunded"), ("voided", nil, "payment_voided"),
            ("paid", "fulfilled", "already_fulfilled"), ("paid", "partial", "already_fulfilled"),
        ] as [(String, String?, String?)])
    func readiness(payment: String, fulfillment: String?, code: String?) throws {
        let order = shop.with {
            $0.payment = payment
            $0.fulfillment = fulfillment
        }
        #expect(try order.update.readiness.reason?.code == code)
    }
}
