import Commerce
import Foundation
import HTTPTransport
import Testing

@testable import Providers

@Suite("Returns at the warehouse")
struct ReturnsTests {
    private let taken = ScriptedHTTPClient.Step.answer(
        400, #"{"error_code":1002,"error_message":"RMA number 'RA10045' already exists."}"#)

    private func draft() throws -> DCLReturnDraft {
        var draft = DCLReturnDraft(
            number: try orderNumber("RA10045"),
            address: DCLAddress(
                attention: "Ana Ruiz", address1: "92 Chestnut St", city: "Louisville", countryCode: "US"),
            lines: [.init(itemNumber: "MIE-ROBE-S", description: "Silk robe - S", quantity: 2)])
        draft.originalOrder = try orderNumber("SO10045")
        draft.date = "2026-03-20"
        draft.comments = String(repeating: "x", count: 300)
        return draft
    }

    private func present(isCancelled: Bool = false, quantity: Int = 2) -> ScriptedHTTPClient.Step {
        .answer(
            200,
            """
            {"error_code":0,"error_message":"","rmas":[{"rma_number":"RA10045","original_order_number":"SO10045",
              "rma_stage":50,"is_cancelled":\(isCancelled),"modified_at":"2026-03-20T10:00:00-07:00",
              "lines":[{"item_number":"MIE-ROBE-S","quantity":\(quantity),"receipts":[
                {"receipt_number":1,"quantity":1,"condition":"A","received_at":"2026-03-20T10:00:00"},
                {"receipt_number":2,"quantity":1,"condition":null}]},
               {"item_number":"MIE-SLIP-S","quantity":0,"receipts":[{"quantity":1,"condition":"C"}]}]}]}
            """)
    }

    @Test("a return is announced with the account's type and disposition")
    func create() async throws {
        let http = ScriptedHTTPClient(.answer(201, #"{"error_code":0,"rma_number":"RA10045"}"#))
        #expect(try await dcl(http).createReturn(draft()) == .accepted)
        #expect(http.lines == ["POST http://127.0.0.1:9/dcl/rmas"])
        let comments = String(repeating: "x", count: 255)
        #expect(
            try json(http.body(0))
                == json(
                    """
                    {"rma_number":"RA10045","rma_date":"2026-03-20","original_order_number":"SO10045",
                     "comments":"\(comments)","rma_type":"T01","disposition":"D1",
                     "shipping_address":{"attention":"Ana Ruiz","address1":"92 Chestnut St","city":"Louisville",
                       "country_code":"US"},
                     "lines":[{"item_number":"MIE-ROBE-S","description":"Silk robe - S","quantity":2}]}
                    """))
    }

    @Test("a taken number is success when the return there is the same")
    func existed() async throws {
        #expect(try await dcl(ScriptedHTTPClient(taken, present())).createReturn(draft()) == .existed)
        let inside = ScriptedHTTPClient.Step.answer(200, #"{"error_code":1002,"error_message":"Duplicate RMA"}"#)
        #expect(try await dcl(ScriptedHTTPClient(inside, present())).createReturn(draft()) == .existed)
        let other = try dcl(ScriptedHTTPClient(taken, present(quantity: 1)))
        #expect(try await failure { try await other.createReturn(draft()) }.code == "return_number_taken")
        let cancelled = try dcl(ScriptedHTTPClient(taken, present(isCancelled: true)))
        #expect(try await failure { try await cancelled.createReturn(draft()) }.code == "return_number_cancelled")
        let hidden = try dcl(ScriptedHTTPClient(taken, .answer(200, #"{"error_code":0,"rmas":null}"#)))
        guard case .unknownOutcome = try await failure({ try await hidden.createReturn(draft()) }) else {
            Issue.record("a hidden return is unknown")
            return
        }
    }

    @Test("what came in is read by unit, ungraded and unannounced ones too")
    func read() async throws {
        let http = ScriptedHTTPClient(present())
        let found = try #require(try await dcl(http).returnAuthorization(orderNumber("RA10045")))
        #expect(http.lines[0] == "GET http://127.0.0.1:9/dcl/rmas?rma_numbers=RA10045&page=1&page_size=100")
        #expect(found.stage == .partiallyReceived)
        #expect(found.lines.map(\.received) == [2, 1])
        #expect(found.lines[0].receipts.map(\.condition) == ["A", nil])
        #expect(found.lines[1].quantity == 0)
    }

    @Test("a cancel names the account; once anything came in it is refused")
    func cancel() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, #"{"error_code":0,"error_message":""}"#),
            .answer(200, #"{"error_code":409,"error_message":"received in part"}"#))
        let client = try dcl(http)
        try await client.cancelReturn(orderNumber("RA10045"))
        #expect(http.lines[0] == "PUT http://127.0.0.1:9/dcl/rmas/RA10045/cancel")
        #expect(http.body(0) == #"{"account_number":"10501"}"#)
        let failure = try await failure { try await client.cancelReturn(orderNumber("RA10045")) }
        #expect(failure == .refused(code: "409", message: "received in part"))
    }

    @Test("a notification of a return names the return and no order")
    func notification() throws {
        let notification = try DCLNotification(
            json: bytes(#"{"event_id":"e","event":"return","rma_number":"RA10045","occurred_at":"x"}"#))
        #expect(notification.returnNumber == "RA10045")
        #expect(notification.orderNumber == nil)
    }

    @Test("changes are asked for in the warehouse's own time, page by page")
    func changes() async throws {
        let http = ScriptedHTTPClient(present())
        let page = try await dcl(http).returns(
            modifiedSince: try #require(Timestamp(text: "2026-03-20T16:55:00Z").date), page: 3)
        #expect(
            http.lines == [
                "GET http://127.0.0.1:9/dcl/rmas?modified_from=2026-03-20T09%3A55%3A00&page=3&page_size=100"
            ])
        #expect(page.isLast && page.returns.map(\.number) == ["RA10045"])
        #expect(page.returns[0].modified == Timestamp(text: "2026-03-20T17:00:00Z").date)
    }

    @Test(
        "a moment is never written later than it is, also when the clocks go back",
        arguments: [
            ("2026-03-08T09:59:00Z", "2026-03-08T01:59:00"), ("2026-03-08T10:01:00Z", "2026-03-08T03:01:00"),
            ("2026-11-01T07:30:00Z", "2026-11-01T00:30:00"), ("2026-11-01T08:30:00Z", "2026-11-01T00:30:00"),
            ("2026-11-01T09:30:00Z", "2026-11-01T01:30:00"), ("2026-11-01T10:30:00Z", "2026-11-01T02:30:00"),
        ])
    func time(moment: String, text: String) throws {
        #expect(DCLTime.text(notAfter: try #require(Timestamp(text: moment).date)) == text)
    }

    @Test("a time without an offset is the warehouse's own")
    func localTime() {
        #expect(DCLTime.moment("2026-03-20T10:00:00") == Timestamp(text: "2026-03-20T17:00:00Z").date)
        #expect(DCLTime.moment("yesterday") == nil)
    }
}
