import Foundation
import Testing

@testable import ProviderSimulators

@Suite("JSON, globs and amounts")
struct CoreTests {
    @Test("numbers keep their text and keys their order")
    func roundTrip() throws {
        let text = #"{"b":149.00,"a":[1,-2.5e3,true,null,"x\n\"y\\ü\u0001"],"c":{}}"#
        #expect(try JSONParser.parse(Array(text.utf8)).compactText == text)
    }

    @Test("escapes are decoded, surrogate pairs too")
    func escapes() throws {
        #expect(try JSONParser.parse(Array(#""\u00fc\ud83d\ude00\/""#.utf8)) == "ü😀/")
    }

    @Test("what is not JSON is refused", arguments: ["", "{", "[1,]", "01", "1 2", "\"a", "{\"a\" 1}", "tru", "-"])
    func refused(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test("nesting is bounded")
    func depth() {
        let text = String(repeating: "[", count: 1000)
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test(
        "globs",
        arguments: [
            ("*", "", true), ("/orders/*", "/orders/1/cancel.json", true), ("/orders/*.json", "/orders/1", false),
            ("/o?ders", "/orders", true), ("*a*b", "xaxxbxb", true), ("a", "ab", false),
        ])
    func globs(pattern: String, text: String, fits: Bool) {
        #expect(Glob(pattern).matches(text) == fits)
    }

    @Test(
        "amounts are fixed to their digits",
        arguments: [("5", 2, "5.00"), ("0.005", 2, "0.01"), ("-0.005", 2, "-0.01"), ("1000", 0, "1000")])
    func fixed(text: String, digits: Int, expected: String) {
        #expect(Decimal(exactly: text)?.fixed(digits) == expected)
    }

    @Test("a missing setting is named")
    func missingSetting() throws {
        let reader = try SettingReader(environment: ["STATESET_HTTP_PORT": "80"])
        #expect(throws: SettingError(message: "the setting STATESET_GATEWAY_URL is missing")) {
            try SimulatorConfiguration(reader, startedAt: Date(timeIntervalSince1970: 0))
        }
    }

    @Test("a day, a local moment and one with an offset are read")
    func moments() {
        let zone = DCLOrder.zone
        let noon = Date(timeIntervalSince1970: 1_772_654_400)
        #expect(Timestamps.parse("2026-03-04T20:00:00Z", zone: zone) == noon)
        #expect(Timestamps.parse("2026-03-04T12:00:00-08:00", zone: zone) == noon)
        #expect(Timestamps.parse("2026-03-04T12:00:00", zone: zone) == noon)
        #expect(Timestamps.parse("2026-03-04", zone: zone) == noon - 12 * 3600)
        #expect(Timestamps.parse("yesterday", zone: zone) == nil)
        #expect(Timestamps.offset(noon, in: zone) == "2026-03-04T12:00:00-08:00")
        #expect(Timestamps.local(noon, in: zone) == "2026-03-04T12:00:00")
        #expect(Timestamps.utc(noon) == "2026-03-04T20:00:00.000Z")
    }
}
