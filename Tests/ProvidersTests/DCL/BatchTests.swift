import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Batches at the warehouse")
struct BatchTests {
    private func answer(
        _ top: Int, _ orders: String, status: Int = 201, message: String = ""
    ) -> ScriptedHTTPClient.Step {
        .answer(
            status,
            """
            {"error_code":\(top),"error_message":"\(message)","batch_number":"20260304-0007","order_statuses":\(orders)}
            """)
    }

    private func orderStatus(_ number: String, _ code: Int, _ message: String = "") -> String {
        #"{"order_number":"\#(number)","error_code":\#(code),"error_message":"\#(message)"}"#
    }

    @Test("an order is sent with what the account's settings say, and exact numbers")
    func body() async throws {
        let http = ScriptedHTTPClient(answer(0, "[\(orderStatus("SO10045", 0))]"))
        #expect(try await dcl(http).submit(dclDraft()) == .accepted)
        #expect(http.lines == ["POST http://127.0.0.1:9/dcl/batches"])
        #expect(http.requests.first?.header("Authorization") == "Basic bWllbm5lX2FwaTpzM2NyZXQh")
        #expect(
            try json(http.body(0))
                == json(
                    """
                    {"allow_partial":true,"location":"FR","orders":[{"order_number":"SO10045","account_number":"10501",
                     "po_number":"1001","freight_account":"00500","shipping_carrier":"UPS",
                     "shipping_service":"GROUND","system_id":"P","order_status":1,
                     "shipping_address":{"attention":"Ana Ruiz","address1":"92 Chestnut St","city":"Louisville",
                       "state_province":"KY","postal_code":"40202","country_code":"US"},
                     "lines":[{"line_number":1,"item_number":"MIE-ROBE-S","quantity":2,"price":74.5}]}]}
                    """))
    }

    @Test("each order of a batch has its own verdict, also when the top says 0")
    func bothLevels() async throws {
        let statuses = [
            orderStatus("A", 0), orderStatus("B", 1001, "Item is not set up"),
            orderStatus("C", 7, "Order already exists"),
        ]
        let http = ScriptedHTTPClient(answer(0, "[\(statuses.joined(separator: ","))]"))
        let drafts = try ["A", "B", "C"].map(dclDraft)
        let result = try await dcl(http).submit(drafts, allowPartial: true)
        #expect(result.batchNumber == "20260304-0007")
        #expect(result.outcomes[try orderNumber("A")] == .accepted)
        #expect(result.outcomes[try orderNumber("B")] == .refused(code: "1001", message: "Item is not set up"))
        #expect(result.outcomes[try orderNumber("C")] == .alreadyExists)
    }

    @Test("a refused batch refuses every order in it", arguments: [201, 400])
    func refusedBatch(status: Int) async throws {
        let statuses = [orderStatus("A", 0), orderStatus("B", 1001, "Item is not set up")]
        let step = answer(1000, "[\(statuses.joined(separator: ","))]", status: status, message: "Batch rejected")
        let result = try await dcl(ScriptedHTTPClient(step)).submit(["A", "B"].map(dclDraft), allowPartial: false)
        #expect(result.outcomes[try orderNumber("A")] == .refused(code: "1000", message: "Batch rejected"))
        #expect(result.outcomes[try orderNumber("B")] == .refused(code: "1001", message: "Item is not set up"))
    }

    @Test("a refused order is refused in the warehouse's words", arguments: [201, 400])
    func refused(status: Int) async throws {
        let words = #"{"error_code":1001,"error_message":"Item 'X' is not set up for account 10501."}"#
        let http = ScriptedHTTPClient(.answer(status, words))
        let failure = try await failure { try await dcl(http).submit(dclDraft()) }
        #expect(failure == .refused(code: "1001", message: "Item 'X' is not set up for account 10501."))
    }

    @Test("a taken number with the same order behind it is success")
    func existed() async throws {
        let http = ScriptedHTTPClient(
            answer(0, "[\(orderStatus("SO10045", 7, "Duplicate order_number SO10045"))]"),
            dclOrders(
                """
                {"order_number":"SO10045","order_stage":10,"po_number":"1001","shipping_address":{"postal_code":"40202"},
                 "lines":[{"item_number":"MIE-ROBE-S","quantity":2}]}
                """))
        #expect(try await dcl(http).submit(dclDraft()) == .existed)
        #expect(http.lines[1].contains("/orders?order_numbers=SO10045&extended_date=true&page=1&page_size=100"))
    }

    @Test(
        "a taken number with something else behind it is refused",
        arguments: [
            (#""po_number":"1002""#, "order_number_taken"),
            (#""lines":[{"item_number":"MIE-ROBE-S","quantity":1}]"#, "order_number_taken"),
            (#""is_cancelled":true"#, "order_number_cancelled"),
        ])
    func taken(difference: String, code: String) async throws {
        let http = ScriptedHTTPClient(
            answer(0, "[\(orderStatus("SO10045", 7, "already exists"))]"),
            dclOrders(#"{"order_number":"SO10045","order_stage":10,\#(difference)}"#))
        let failure = try await failure { try await dcl(http).submit(dclDraft()) }
        guard case .refused(code, _) = failure else {
            Issue.record("\(failure)")
            return
        }
    }

    @Test("a lost answer and a server error are unknown, a full bucket is not")
    func outcomes() async throws {
        let steps: [(ScriptedHTTPClient.Step, ProviderFailure)] = [
            (.fail(.timeout, wasSent: true), .unknownOutcome(code: "timeout", message: "scripted")),
            (
                .answer(502, "<html>"),
                .unknownOutcome(code: "http_502", message: "The provider answered 502 without an explanation.")
            ),
            (
                .answer(429, #"{"error_code":429,"error_message":"slow down"}"#, ["Retry-After": "2"]),
                .transient(code: "429", message: "slow down", retryAfter: .seconds(2))
            ),
            (.answer(401, ""), .unauthorized(message: "The provider answered 401 without an explanation.")),
        ]
        for (step, expected) in steps {
            let failure = try await failure { try await dcl(ScriptedHTTPClient(step)).submit(dclDraft()) }
            #expect(failure == expected)
        }
    }

    @Test(
        "an order number is 1 to 25 letters, digits, # and -",
        arguments: [
            ("SO10045", true), ("#1001-2", true), ("", false), ("SO 1", false), ("SO_1", false),
            ("1234567890123456789012345", true), ("12345678901234567890123456", false), ("ä", false),
        ])
    func numbers(text: String, isTaken: Bool) {
        #expect((DCLOrderNumber(text) != nil) == isTaken)
    }

    @Test("a later dispatch of the same sales order has a number of its own")
    func laterDispatch() {
        #expect(DCLOrderNumber(salesOrder: "SO10045", dispatch: 1)?.text == "SO10045")
        #expect(DCLOrderNumber(salesOrder: "SO10045", dispatch: 2)?.text == "SO10045-2")
    }
}
