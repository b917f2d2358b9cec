import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Orders at the warehouse")
struct DCLOrderTests {
    private let shipped = """
        {"order_number":"SO10045","account_number":"10501","order_status":1,"order_stage":60,
         "stage_description":"Fully Shipped","is_cancelled":false,"is_back_order":false,"shipping_carrier":"UPS",
         "modified_at":"2026-03-05T14:02:10-08:00","lines":null,
         "shipments":[{"ship_date":"2026-03-05T13:55:00","shipping_carrier":"FEDEX","packages":[
           {"carton_id":"00008401","tracking_number":"1Z1","shipped_items":[
             {"item_number":"MIE-ROBE-S","quantity":1},{"item_number":"MIE-ROBE-S","quantity":1.0}]},
           {"carton_id":"00008402","tracking_number":"1Z2","shipped_items":null}]},
          {"ship_date":null,"packages":null}]}
        """

    @Test("packages come with their items, carrier and date, and nulls are empty")
    func packages() async throws {
        let order = try #require(try await dcl(ScriptedHTTPClient(dclOrders(shipped))).order(orderNumber("SO10045")))
        #expect(order.stage == .fullyShipped)
        #expect(order.lines.isEmpty)
        #expect(order.packages.map(\.trackingNumber) == ["1Z1", "1Z2"])
        #expect(order.packages[0].quantities == ["MIE-ROBE-S": 2])
        #expect(order.packages[0].carrier == "FEDEX")
        #expect(order.packages[0].shipDate == "2026-03-05T13:55:00")
        #expect(order.packages[1].items.isEmpty)
    }

    @Test("an order the warehouse does not have is nil, also when the list is null")
    func absent() async throws {
        let http = ScriptedHTTPClient(.answer(200, #"{"error_code":0,"orders":null}"#), dclOrders(shipped))
        #expect(try await dcl(http).order(orderNumber("SO10045")) == nil)
        #expect(try await dcl(http).order(orderNumber("SO1")) == nil)
    }

    @Test("pages are read until one is not full")
    func paging() async throws {
        let full = dclOrders((0..<100).map { #"{"order_number":"A\#($0)","order_stage":10}"# }.joined(separator: ","))
        let http = ScriptedHTTPClient(full, full, dclOrders())
        let orders = try await dcl(http).orders(modifiedFrom: "2026-03-05T13:50:00")
        #expect(orders.count == 200)
        #expect(http.lines.map { $0.split(separator: "&page=").last?.prefix(1) } == ["1", "2", "3"])
        #expect(http.lines[0].contains("modified_from=2026-03-05T13%3A50%3A00"))
    }

    @Test("many numbers are asked for in several requests")
    func manyNumbers() async throws {
        let http = ScriptedHTTPClient(dclOrders(), dclOrders(), dclOrders())
        _ = try await dcl(http).orders((1...120).map { try orderNumber("SO\($0)") })
        #expect(http.requests.count == 3)
    }

    @Test("cancelling names the account, and a refusal inside a 200 is a refusal")
    func cancel() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, #"{"error_code":0,"error_message":""}"#),
            .answer(200, #"{"error_code":409,"error_message":"Order is in stage 20"}"#))
        let client = try dcl(http)
        try await client.cancel(orderNumber("#1-2"))
        #expect(http.lines == ["PUT http://127.0.0.1:9/dcl/orders/%231-2/cancel"])
        #expect(http.body(0) == #"{"account_number":"10501"}"#)
        let failure = try await failure { try await client.cancel(orderNumber("SO1")) }
        #expect(failure == .refused(code: "409", message: "Order is in stage 20"))
    }

    @Test("a success that is no JSON leaves a cancel unknown")
    func malformed() async throws {
        let failure = try await failure {
            try await dcl(ScriptedHTTPClient(.answer(200, "<html>"))).cancel(orderNumber("SO1"))
        }
        guard case .unknownOutcome = failure else {
            Issue.record("\(failure)")
            return
        }
    }

    @Test(
        "stages are known by number, and new ones are kept",
        arguments: [
            (2, DCLOrderStage.cancelled), (4, .addressVerificationRequired), (20, .pickListPrinted), (62, .closedShort),
            (99, .unrecognized(99)),
        ])
    func stages(code: Int, stage: DCLOrderStage) {
        #expect(DCLOrderStage(code) == stage)
    }

    @Test("a stage tells whether a person is needed and whether it is the last")
    func stageKinds() {
        #expect([4, 5, 6].allSatisfy { DCLOrderStage($0).needsPerson })
        #expect([2, 60, 62].allSatisfy { DCLOrderStage($0).isOver })
        #expect([10, 20, 30, 40, 50, 52, 55, 99].allSatisfy { !DCLOrderStage($0).isOver })
    }
}
