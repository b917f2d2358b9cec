import Foundation
import Testing

@testable import Providers

@Suite("An alert as Slack gets it")
struct SlackMessageTests {
    @Test("lines to type are code, and what they are given does not end it")
    func lines() {
        let form = SlackMessage(title: "T", text: "", lines: ["stateset sagas show sag_1", "x `y` <z>"]).form
        #expect(form.blocks.last?.text?.text == "`stateset sagas show sag_1`\n`x 'y' &lt;z&gt;`")
    }

    @Test("nobody's text calls anybody, and long text is cut between characters")
    func escaped() throws {
        let form = SlackMessage(
            title: "Refund failed", text: "<!channel> & <@U1>", fields: [.init("<b>", "<!here>")],
            link: "https://ops.example.com/x"
        ).form
        let json = String(decoding: try ProviderJSON.encode(form), as: UTF8.self)
        #expect(!json.contains("<!") && !json.contains("<@") && json.contains("&lt;!channel&gt; &amp; &lt;@U1&gt;"))
        #expect(json.contains("<https://ops.example.com/x|Open>"))
        #expect(SlackMessage.escape("a&&", max: 7) == "a&amp;")
        let long = SlackMessage(title: String(repeating: "t", count: 500), text: String(repeating: "<", count: 9000))
            .form
        #expect(long.blocks[0].text?.text.count == 150)
        #expect((long.blocks[1].text?.text.count ?? 9999) <= 2900)
    }
}
