import Commerce
import Contracts
import Foundation
import ServiceKit
import Testing

@testable import API

@Suite("Values of the API")
struct ValueTests {
    @Test("a cursor comes back as it went, to the microsecond")
    func cursor() throws {
        let cursor = Cursor(time: Date(timeIntervalSince1970: 1_770_000_000.123456), id: UUIDv7.make())
        let back = try #require(Cursor(cursor.description))
        #expect(back.id == cursor.id)
        #expect(abs(back.time.timeIntervalSince(cursor.time)) < 0.0000005)
        #expect(back.description == cursor.description)
    }

    @Test("what is no cursor is none", arguments: ["", "x", "AAAA", "MTIz"])
    func noCursor(text: String) {
        #expect(Cursor(text) == nil)
    }

    @Test("JSON text escapes what must be escaped and keeps members in order")
    func text() {
        let json: JSON = ["b": "a\"\\\n\u{1}é", "a": [1, true, nil, .raw("1.10")]]
        #expect(json.text == #"{"b":"a\"\\\n\u0001é","a":[1,true,null,1.10]}"#)
    }

    @Test("numbers pass through with their digits")
    func numbers() throws {
        let json = try JSONDecoder().decode(JSON.self, from: Data(#"[1,12345678901234567,0.1,true]"#.utf8))
        #expect(json.text == "[1,12345678901234567,0.1,true]")
    }

    @Test("lines of one SKU fill up in order, and never beyond what was ordered")
    func shipped() {
        let lines = [
            OrderLine(id: "1", sku: "A", quantity: 2, unitPrice: "1"),
            OrderLine(id: "2", sku: "B", quantity: 1, unitPrice: "1"),
            OrderLine(id: "3", sku: "A", quantity: 2, unitPrice: "1"),
            OrderLine(id: "4", sku: "A", quantity: -1, unitPrice: "1"),
        ]
        let packages = [[SKUQuantity(sku: "A", quantity: 1)], [SKUQuantity(sku: "A", quantity: 2)]]
        #expect(ShippedQuantities.of(lines, in: packages) == [2, 0, 1, 0])
        #expect(ShippedQuantities.of([lines[1]], in: [[SKUQuantity(sku: "B", quantity: 5)]]) == [1])
    }

    @Test(
        "the verbs of an order follow its life cycle",
        arguments: [
            ("received", ["hold", "cancel"]), ("on_hold", ["release", "cancel"]), ("dispatched", ["cancel"]),
            ("delivered", []), ("needs_attention", ["cancel"]), ("unheard_of", []),
        ])
    func orderVerbs(status: String, verbs: [String]) {
        #expect(OrderVerb.allowed(in: status).map(\.rawValue) == verbs)
    }

    @Test("a key has 43 characters after its prefix, is never twice the same, and prints as redacted")
    func keySecret() throws {
        let key = KeySecret()
        #expect(key.reveal().count == 46 && key.reveal().hasPrefix("sk_"))
        #expect(key != KeySecret())
        #expect("\(key)" == "redacted")
        #expect(try #require(KeySecret(key.reveal())).hash == key.hash)
    }

    @Test("a problem shows field and allowed only where they apply")
    func problem() {
        let plain = Problem.notFound.json(requestID: "req_1")
        #expect(plain["field"] == nil && plain["allowed"] == nil && plain["request_id"] == "req_1")
        let full = Problem(409, "past_pivot", "d", field: "f", allowed: ["hold"]).json(requestID: "req_1")
        #expect(
            full["field"] == "f" && full["allowed"] == ["hold"] && full["type"] == "urn:stateset:problem:past_pivot")
    }
}
