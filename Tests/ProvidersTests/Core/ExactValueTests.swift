import Commerce
import Testing

@testable import Providers

@Suite("Values from providers")
struct ExactValueTests {
    @Test(
        "an amount keeps its digits, as string or number",
        arguments: [
            (#""149.00""#, "149.00"), ("195.66", "195.66"), ("0.1", "0.1"), ("5", "5"), (#""-12.30""#, "-12.30"),
            ("123456789012345.67", "123456789012345.67"),
        ])
    func amounts(written: String, expected: String) throws {
        #expect(try ProviderJSON.decode([DecimalText].self, from: bytes("[\(written)]")).first?.text == expected)
    }

    @Test("an amount is written as a JSON number with its digits")
    func written() throws {
        let body = try ProviderJSON.encode(["a": DecimalText("74.50"), "b": DecimalText("0.07"), "c": "n/a"])
        #expect(String(decoding: body, as: UTF8.self) == #"{"a":74.5,"b":0.07,"c":"n\/a"}"#.replacing("\\/", with: "/"))
    }

    @Test("a sum is exact and keeps the digits of its longest part")
    func sums() {
        #expect(DecimalText.sum(["0.1", "0.2"])?.text == "0.3")
        #expect(DecimalText.sum(["10.00", "5.00"])?.text == "15.00")
        #expect(DecimalText.sum(["1000", "5"])?.text == "1005")
        #expect(DecimalText.sum([])?.text == "0")
        #expect(DecimalText.sum(["1", "one"]) == nil)
    }

    @Test(
        "a whole number is one also with a point",
        arguments: [("2", 2), ("2.0", 2), ("-3", -3), ("10", 10)])
    func wholeNumbers(text: String, expected: Int) {
        #expect(DecimalText(text).wholeNumber == expected)
    }

    @Test("anything else is no whole number", arguments: ["2.5", "x", "", "1e3", "99999999999999999999"])
    func noWholeNumbers(text: String) {
        #expect(DecimalText(text).wholeNumber == nil)
    }

    @Test("JSON of any shape survives reading and writing, with ids of 64 bits")
    func anyJSON() throws {
        let text = #"{"a":[1,2.5,"x",true,null],"id":9223372036854775807,"o":{"p":"74.10"}}"#
        #expect(String(decoding: try ProviderJSON.encode(try json(text)), as: UTF8.self) == text)
    }

    @Test("everything but the unreserved characters is percent-encoded, byte by byte")
    func percentEncoding() {
        #expect(PercentEncoding.encode("Az09-._~ !*'()/%ä") == "Az09-._~%20%21%2A%27%28%29%2F%25%C3%A4")
        #expect(PercentEncoding.decode("%C3%A4%20x") == "ä x")
        #expect(PercentEncoding.decode("100%") == "100%")
    }
}
