import Commerce
import Foundation
import Testing

@Suite("JSONValue")
struct JSONValueTests {
    @Test("keeps any document, decimals to the last digit")
    func roundTrip() throws {
        let text = #"{"a":[1,2.10,-3.5,true,null,"x"],"b":{"c":{}},"d":0.1,"e":12345678901234567}"#
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        #expect(value.fields["d"] == .number(Decimal(string: "0.1") ?? 0))
        #expect(try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value)) == value)
    }

    @Test("merging replaces values, merges objects and removes nulls")
    func merging() {
        let base: JSONValue = ["a": "1", "b": ["x": "1", "y": "2"], "c": "3"]
        let changes: JSONValue = ["b": ["y": "9"], "c": .null, "d": "4"]
        #expect(base.merging(changes) == ["a": "1", "b": ["x": "1", "y": "9"], "d": "4"])
        #expect(base.merging("text") == "text")
    }
}
