import Messaging
import Testing

@Suite("JSON syntax")
struct JSONSyntaxTests {
    @Test(
        "every form of RFC 8259 is taken",
        arguments: [
            "{}", "[]", " {\"a\" : [1, -2.5e+10, 0.5, true, false, null]} \n", "\"\\u00e9\\n\\\\ é 🐟\"", "0", "-0",
            "[[[[]]]]", "{\"\":{\"a\":{}}}", "1E5",
        ])
    func valid(text: String) {
        #expect(JSONScanner.isValid(Array(text.utf8)))
    }

    @Test(
        "everything else is not",
        arguments: [
            "", " ", "{", "}", "[1,]", "{\"a\":}", "{\"a\" 1}", "{a:1}", "{'a':1}", "01", "1.", ".5", "+1", "-", "1e",
            "\"\n\"", "\"\\x\"", "\"\\u12g4\"", "\"abc", "tru", "nulll", "{} {}", "[1 2]", "NaN", "{\"a\":1,}", "// a",
        ])
    func invalid(text: String) {
        #expect(!JSONScanner.isValid(Array(text.utf8)))
    }

    @Test("bytes that are not UTF-8 are not JSON")
    func notUTF8() {
        #expect(!JSONScanner.isValid([UInt8(ascii: "\""), 0xC3, 0x28, UInt8(ascii: "\"")]))
    }

    @Test("nesting is bounded, so that nobody can exhaust the stack")
    func depth() {
        #expect(
            JSONScanner.isValid(Array((String(repeating: "[", count: 200) + String(repeating: "]", count: 200)).utf8)))
        #expect(!JSONScanner.isValid(Array(String(repeating: "[", count: 100_000).utf8)))
    }
}
