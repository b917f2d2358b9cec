import Commerce
import Foundation
import Testing

/// `deploy/return-policy.md`, which tells people how to write rules.
@Suite("The page about return policies", .serialized)
struct ReturnPolicyPageTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "deploy/return-policy.md")
    private static let mark = "<!-- From here on: made from the declarations. -->"

    @Test("says of every member of a policy what it is for")
    func meanings() {
        let members = ReturnPolicy.members
        #expect(members.contains { $0.path == "zones[].window.seasons[].last_return_date" && $0.member.isRequired })
        #expect(members.first { $0.path == "zones[].countries" }?.member.standard == "*")
        for (path, _) in members { #expect(ReturnPolicy.meaning(of: path) != nil, "\(path)") }
    }

    @Test("lists the members and the vocabulary as they are; `STATESET_WRITE_PAGES=1` writes them anew")
    func vocabulary() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let intro = try #require(text.components(separatedBy: Self.mark).first)
        let page = "\(intro)\(Self.mark)\n\n\(VocabularyDocument.markdown)\n"
        if ProcessInfo.processInfo.environment["STATESET_WRITE_PAGES"] != nil {
            try Data(page.utf8).write(to: Self.page)
        } else {
            #expect(text == page)
        }
    }

    @Test("its example is a policy without a fault")
    func example() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let parts = text.components(separatedBy: "```")
        let json = try #require(parts.first { $0.hasPrefix("json") }).dropFirst(4)
        let reading = ReturnPolicy.reading(Data(json.utf8))
        #expect(reading.problems == [])
    }
}
