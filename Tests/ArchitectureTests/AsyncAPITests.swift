import Foundation
import Testing

@Suite("AsyncAPI")
struct AsyncAPITests {
    @Test("every command and event of Contracts is described, and nothing else")
    func complete() throws {
        let text = try String(contentsOf: Sources.root.appending(path: "deploy/asyncapi.yaml"), encoding: .utf8)
        let described = Set(text.matches(of: /(?m)^    ([A-Z]\w+):$/).map { String($0.1) })
        let declared = Sources.all.filter { $0.path.hasPrefix("Shared/Contracts/") }.flatMap(\.lines)
            .compactMap { $0.firstMatch(of: /^public struct (\w+): (Command|Event) \{/).map { String($0.1) } }
        #expect(described == Set(declared).union(["WebhookReceived", "PublicEvent"]))
    }
}
