import Messaging
import Testing

@Suite("The members of a JSON object, unread")
struct JSONMembersTests {
    @Test("each keeps its bytes and its place")
    func members() throws {
        let members = try #require(RawJSON(text: #" {"b" : 149.00 ,"a":{"x":[1,2 ]},"c":"\u00e9"} "#).members)
        #expect(members.map(\.name) == ["b", "a", "c"])
        #expect(members.map(\.value.text) == ["149.00", #"{"x":[1,2 ]}"#, #""\u00e9""#])
        #expect(RawJSON(members: members).text == #"{"b":149.00,"a":{"x":[1,2 ]},"c":"\u00e9"}"#)
        #expect(RawJSON(text: "{}").members?.isEmpty == true)
        #expect(RawJSON(text: "{}").adding("n", RawJSON(text: "1")).text == #"{"n":1}"#)
    }

    @Test("what is no object has none", arguments: ["", "[]", "1", #"{"a"}"#, #"{"a":1"#, #"{"a":1}x"#, "null"])
    func none(text: String) {
        #expect(RawJSON(text: text).members == nil)
    }
}
