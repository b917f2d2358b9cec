import Commerce
import Foundation
import HTTPTransport
import Testing

@testable import Providers

@Suite("Refunds in QuickBooks")
struct QuickBooksTests {
    private let base = "http://127.0.0.1:9/quickbooks/v3/company/4620816365"

    @Test("a receipt is looked for by its number, entered under its request id, and read again")
    func posted() async throws {
        let http = ScriptedHTTPClient(quickBooksRows(), quickBooksEntity(), quickBooksEntity())
        let posting = try await quickBooks(http).post(quickBooksDraft())
        #expect(
            http.lines == [
                "GET \(base)/query?query=select%20%2A%20from%20RefundReceipt%20where%20DocNumber%20%3D%20"
                    + "%27RMA-01HV7Z%27%20startposition%201%20maxresults%2010&minorversion=75",
                "POST \(base)/refundreceipt?requestid=rfd_1&minorversion=75",
                "GET \(base)/refundreceipt/145?minorversion=75",
            ])
        #expect(http.requests[0].header("Authorization") == "Bearer access")
        #expect(
            try json(http.body(1))
                == [
                    "DocNumber": "RMA-01HV7Z", "TxnDate": "2026-03-08", "GlobalTaxCalculation": "TaxExcluded",
                    "CurrencyRef": ["value": "USD"], "CustomerRef": ["value": "58"],
                    "CustomerMemo": ["value": "Refund RMA-01HV7Z"], "PrivateNote": "rma:01HV7Z",
                    "PaymentRefNum": "re_1Pgc72", "DepositToAccountRef": ["value": "35"],
                    "TxnTaxDetail": ["TotalTax": try json("5.56")],
                    "Line": [
                        [
                            "LineNum": 1, "Description": "Silk robe - S", "Amount": 100,
                            "DetailType": "SalesItemLineDetail",
                            "SalesItemLineDetail": [
                                "ItemRef": ["value": "11"], "Qty": 3, "UnitPrice": try json("33.3333333"),
                            ],
                        ]
                    ],
                ])
        #expect(posting.document.total == "105.56")
        #expect(posting == .created(posting.document))
    }

    @Test("one that is there is taken, and a number taken meanwhile is looked up")
    func existed() async throws {
        let there = ScriptedHTTPClient(quickBooksRows(quickBooksReceipt()))
        let posting = try await quickBooks(there).post(quickBooksDraft())
        #expect(posting == .existed(posting.document))
        let meanwhile = ScriptedHTTPClient(
            quickBooksRows(), quickBooksFault(400, "6140"), quickBooksRows(quickBooksReceipt()))
        #expect(try await quickBooks(meanwhile).post(quickBooksDraft()).document.id == "145")
    }

    @Test("a request id that replays a deleted receipt is followed by its next generation")
    func deleted() async throws {
        let http = ScriptedHTTPClient(
            quickBooksRows(), quickBooksEntity(), quickBooksFault(400, "610"), quickBooksEntity(), quickBooksEntity())
        _ = try await quickBooks(http).post(quickBooksDraft())
        #expect(http.lines[3] == "POST \(base)/refundreceipt?requestid=rfd_1-2&minorversion=75")
    }

    @Test("faults are read in every form, with any status")
    func faults() async throws {
        let cases: [(ScriptedHTTPClient.Step, ProviderFailure)] = [
            (quickBooksFault(400, "2500"), .refused(code: "2500", message: "words")),
            (quickBooksFault(200, "6000"), .refused(code: "6000", message: "words")),
            (
                quickBooksFault(400, "6000", ["intuit_tid": "1-65"]),
                .refused(code: "6000", message: "words (intuit_tid 1-65)")
            ),
            (
                quickBooksFault(429, "3001", type: "SERVICE"),
                .transient(code: "3001", message: "words", retryAfter: .seconds(60))
            ),
            (
                .answer(429, "<xml/>"),
                .transient(
                    code: "rate_limited", message: "The provider answered 429 without an explanation.",
                    retryAfter: .seconds(60))
            ),
            (
                .answer(403, #"{"fault":{"error":[{"message":"small","code":"3100"}],"type":"x"}}"#),
                .refused(code: "3100", message: "small")
            ),
            (quickBooksFault(500, "10000", type: "SystemFault"), .unknownOutcome(code: "10000", message: "words")),
            (.fail(.timeout, wasSent: true), .unknownOutcome(code: "timeout", message: "scripted")),
        ]
        for (step, expected) in cases {
            let http = ScriptedHTTPClient(quickBooksRows(), step)
            #expect(try await failure { try await quickBooks(http).post(quickBooksDraft()) } == expected)
        }
    }

    @Test("what Intuit would not take is refused before anything is sent")
    func checked() async throws {
        var long = try quickBooksDraft()
        long.docNumber = String(repeating: "9", count: 22)
        var empty = try quickBooksDraft()
        empty.lines = []
        var nobody = try quickBooksDraft(.creditMemo)
        nobody.customerID = nil
        for (draft, code) in [(long, "doc_number"), (empty, "lines"), (nobody, "customer")] {
            let http = ScriptedHTTPClient()
            #expect(try await failure { try await quickBooks(http).post(draft) }.code == code)
            #expect(http.requests.isEmpty)
        }
    }

    @Test("any amount of any number of units comes to itself again, as Intuit reckons it")
    func unitPrices() throws {
        let settings = try quickBooksSettings()
        for quantity in 1...120 {
            for cents in stride(from: Int64(1), through: 100_000, by: 1999) {
                var draft = try quickBooksDraft()
                let amount = Money(minorUnits: cents, currency: try usd())
                draft.lines = [.init(description: "x", quantity: quantity, amount: amount)]
                guard case .array(let lines) = draft.body(settings)["Line"], let line = lines.first,
                    case .number(let price) = line["SalesItemLineDetail"]?["UnitPrice"],
                    case .number(let sent) = line["Amount"]
                else { throw NothingFailed() }
                var (exact, rounded) = (price * Decimal(quantity), Decimal())
                NSDecimalRound(&rounded, &exact, 2, .plain)
                #expect(rounded == sent)
            }
        }
    }

    @Test("a stale sync token is read anew, and the change made once more")
    func stale() async throws {
        let http = ScriptedHTTPClient(
            quickBooksEntity(), quickBooksFault(400, "5010"), quickBooksEntity(quickBooksReceipt("1")),
            quickBooksEntity(quickBooksReceipt("2", note: "new")))
        let changed = try await quickBooks(http).setPrivateNote("new", .refundReceipt, "145")
        #expect(changed.syncToken == "2")
        #expect(
            try json(http.body(3)) == ["sparse": true, "Id": "145", "SyncToken": "1", "PrivateNote": "new"])
        let twice = ScriptedHTTPClient(
            quickBooksEntity(), quickBooksFault(400, "5010"), quickBooksEntity(), quickBooksFault(400, "5010"))
        #expect(
            try await failure { try await quickBooks(twice).setPrivateNote("x", .refundReceipt, "145") }.code == "5010")
    }

    @Test("what is gone needs no deleting; texts in queries are escaped")
    func gone() async throws {
        try await quickBooks(ScriptedHTTPClient(quickBooksFault(400, "610"))).delete(.refundReceipt, "145")
        let http = ScriptedHTTPClient(.answer(200, #"{"QueryResponse":{"Customer":[{"Id":"58"}]}}"#))
        #expect(try await quickBooks(http).customer(email: #"o'neil\@x"#) == "58")
        #expect(PercentEncoding.decode(http.lines[0]).contains(#"PrimaryEmailAddr = 'o\'neil\\@x'"#))
    }
}
