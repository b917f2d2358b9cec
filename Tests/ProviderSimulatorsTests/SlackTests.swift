import Foundation
import Testing

@testable import ProviderSimulators

@Suite("Slack's incoming webhooks")
struct SlackTests {
    private static let path = "/services/T0/B0/x"

    @Test("a message is taken with a word of text, one a second once the burst is used up")
    func taken() {
        var bundle = SimulatorBundle(SlackSimulator())
        for _ in 0..<4 { #expect(bundle.send("POST", Self.path, ["text": "hello"]).bytes == Array("ok".utf8)) }
        let limited = bundle.send("POST", Self.path, ["text": "hello"])
        #expect(limited.status == 429 && limited.header("Retry-After") == "1")
        bundle.now += 1
        #expect(bundle.send("POST", Self.path, ["text": "hello"]).status == 200)
        #expect(bundle.state.snapshot()["messages"].array?.count == 5)
    }

    @Test("what Slack would refuse is refused in its words")
    func refused() {
        func answer(_ body: JSON, path: String = SlackTests.path) -> String {
            var bundle = SimulatorBundle(SlackSimulator())
            return String(decoding: bundle.send("POST", path, body).bytes, as: UTF8.self)
        }
        #expect(answer(["blocks": []]) == "no_text")
        #expect(answer(["text": "a", "blocks": [["type": "carousel"]]]) == "invalid_blocks")
        #expect(answer(["text": "a", "blocks": [["type": "section"]]]) == "invalid_blocks")
        let long: JSON = .string(String(repeating: "x", count: 151))
        #expect(
            answer(["text": "a", "blocks": [["type": "header", "text": ["type": "plain_text", "text": long]]]])
                == "invalid_blocks")
        #expect(answer("text") == "invalid_payload")
        #expect(answer(["text": "a"], path: "/elsewhere") == "no_service")
    }
}
