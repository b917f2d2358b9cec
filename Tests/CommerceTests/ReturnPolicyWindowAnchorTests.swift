import Commerce
import Foundation
import Testing

@Suite("What a return window counts from, and how it is lengthened")
struct ReturnPolicyWindowAnchorTests {
    private func window(
        _ window: String, calendar: String = "{}", _ change: (inout ReturnFacts) -> Void = { _ in }
    ) throws -> ReturnLineDecision? {
        try makePolicy("\"calendar\":\(calendar)", zones: "[{\"window\":\(window)}]").decide(change).lines.first
    }

    @Test("the anchor is the one stated, or the next date that is known")
    func anchors() throws {
        let delivered = try window(#"{"days":30}"#)?.window
        #expect(delivered?.anchor == .delivered)
        #expect(delivered?.anchorDay?.description == "2026-06-01")
        #expect(delivered?.lastDay?.description == "2026-07-01")
        #expect(delivered?.isFallback == false)

        let transit = try window(#"{"days":30,"fallback_days":5}"#) { $0.order.lines[0].deliveredAt = nil }?.window
        #expect(transit?.anchor == .fulfilled)
        #expect(transit?.anchorDay?.description == "2026-06-02")
        #expect(transit?.isFallback == true)

        let bare = try window(#"{"days":30,"fallback_days":5}"#) {
            $0.order.lines[0].deliveredAt = nil
            $0.order.lines[0].fulfilledAt = nil
        }?.window
        #expect(bare?.anchor == .ordered)
        #expect(bare?.anchorDay?.description == "2026-05-30")

        let fulfilled = try window(#"{"days":10,"anchor":"fulfilled","buffer_days":3}"#)?.window
        #expect(fulfilled?.anchorDay?.description == "2026-05-31")
        #expect(fulfilled?.lastDay?.description == "2026-06-10")

        let ordered = try window(#"{"days":10,"anchor":"ordered"}"#)
        #expect(ordered?.window?.lastDay?.description == "2026-06-04")
        #expect(ordered?.reason == .windowClosed)
    }

    @Test("without any date the line goes to a person")
    func unknown() throws {
        let policy = try makePolicy()
        let decision = policy.decide {
            $0.order.lines[0].deliveredAt = nil
            $0.order.lines[0].fulfilledAt = nil
            $0.order.orderedAt = nil
        }
        #expect(decision.outcome == .inReview)
        #expect(decision.reasons.map(\.code) == [.windowUnknown])
        #expect(decision.lines.first?.reason == .windowUnknown)
    }

    @Test("an undelivered parcel may wait for its delivery, but not for ever")
    func blocked() throws {
        let json = #"{"days":10,"fallback_days":8,"undelivered":"block"}"#
        func at(_ now: String) throws -> ReturnLineDecision? {
            try window(json) {
                $0.order.lines[0].deliveredAt = nil
                $0.now = moment(now)
            }
        }
        #expect(try at("2026-06-04T23:59:59Z")?.reason == .awaitingDelivery)
        #expect(try at("2026-06-04T23:59:59Z")?.nextAction == .waitForDelivery)
        #expect(try at("2026-06-05T00:00:00Z")?.reason == .withinWindow)
        #expect(try at("2026-06-15T23:59:59Z")?.reason == .withinWindow)
        #expect(try at("2026-06-16T00:00:00Z")?.reason == .windowClosed)
        #expect(try window(json)?.reason == .withinWindow)
    }

    @Test("no days is the same day, and minus one for ever")
    func extremes() throws {
        #expect(try window(#"{"days":0}"#) { $0.now = moment("2026-06-01T23:59:59Z") }?.reason == .withinWindow)
        #expect(try window(#"{"days":0}"#) { $0.now = moment("2026-06-02T00:00:00Z") }?.reason == .windowClosed)
        for days in ["-1", #""unlimited""#] {
            let decision = try window("{\"days\":\(days)}") { $0.now = moment("2126-06-01T00:00:00Z") }
            #expect(decision?.reason == .unlimitedWindow)
            #expect(decision?.window?.lastDay == nil)
        }
    }

    @Test("a last day on a weekend or holiday moves to the next business day")
    func businessDays() throws {
        let calendar = #"{"weekend":["saturday","sunday"],"holidays":["2026-06-08"]}"#
        let moved = try window(#"{"days":5,"business_days":true}"#, calendar: calendar)?.window
        #expect(moved?.lastDay?.description == "2026-06-09")
        #expect(moved?.movedToBusinessDay == true)
        let friday = try window(#"{"days":4,"business_days":true}"#, calendar: calendar)?.window
        #expect(friday?.lastDay?.description == "2026-06-05")
        #expect(friday?.movedToBusinessDay == false)
        let literal = try window(#"{"days":5}"#, calendar: calendar)?.window
        #expect(literal?.lastDay?.description == "2026-06-06")
        let weekend = try window(#"{"days":4,"business_days":true}"#, calendar: #"{"weekend":["friday","saturday"]}"#)
        #expect(weekend?.window?.lastDay?.description == "2026-06-07")
    }

    @Test("a season lengthens the window of its orders, and shortens none")
    func seasons() throws {
        func json(_ last: String) -> String {
            #"{"days":5,"seasons":[{"id":"spring","from":"2026-05-01","through":"2026-05-25","last_return_date":"\#(last)"}]}"#
        }
        let longer = try window(json("2026-08-31"))?.window
        #expect(longer?.lastDay?.description == "2026-08-31")
        #expect(longer?.season == "spring")
        #expect(try window(json("2026-06-03"))?.window?.lastDay?.description == "2026-06-06")
        let other = try window(json("2026-08-31")) { $0.order.orderedAt = moment("2026-05-26T00:00:00Z") }?.window
        #expect(other?.season == nil)
        #expect(other?.lastDay?.description == "2026-06-06")
    }

    @Test("a rule changes the window of its lines, and what it leaves out stays")
    func rules() throws {
        let policy = try makePolicy(
            #""rules":[{"id":"vip","when":{"customer.tags":["vip"]},"then":{"window":{"days":90}}}]"#,
            zones: #"[{"window":{"days":2,"fallback_days":4}}]"#)
        #expect(policy.decide().lines.first?.rule == "zones[0].window")
        let decision = policy.decide { $0.customer.tags = ["VIP"] }
        #expect(decision.lines.first?.rule == "vip")
        #expect(decision.lines.first?.window?.lastDay?.description == "2026-08-30")
    }
}
