import Foundation
import Testing

@Suite("AsyncAPI")
struct AsyncAPITests {
    private let document: AsyncAPIDocument
    private let contracts: [Contract]
    /// What every service understands or sends, whatever it is about.
    private let common: [Contract]

    init() throws {
        document = try AsyncAPIDocument()
        contracts = Sources.all.filter { $0.path.hasPrefix("Shared/Contracts/") }.flatMap(Contract.all)
            .filter { !$0.isPlain }
        common = Sources.all.filter { $0.path.hasPrefix("Shared/Messaging/") }.flatMap(Contract.all)
            .filter { Self.ofMessaging.contains($0.name) }
    }

    private static let ofMessaging: Set = [
        "RequeueDeadLetter", "EditDeadLetter", "DiscardDeadLetter", "CommandRetrying", "CommandDeadLettered",
    ]

    /// What is no type of Contracts: what providers and the world outside send and get, and what every service
    /// understands.
    private static let others = ofMessaging.union(["WebhookReceived", "PublicEvent", "CommandReply"])

    @Test("every command and event of Contracts is described, and nothing else")
    func complete() {
        #expect(!contracts.isEmpty)
        #expect(Set(document.messages.keys) == Set(contracts.map(\.name)).union(Self.others))
    }

    @Test("every message is in a channel: a command under its name, an event under its type")
    func channels() {
        for (name, message) in document.messages {
            let keys = document.channels.filter { $0.value == name }.map(\.key)
            #expect(!keys.isEmpty, "\(name) is in no channel")
            if contracts.contains(where: { $0.name == name }) { #expect(keys == [message.title], "\(name)") }
        }
    }

    @Test("owners, types, members, and which of them are required are those of the code")
    func members() {
        for contract in contracts {
            guard let message = document.messages[contract.name] else { continue }
            #expect(message.owner == contract.owner, "\(contract.name)")
            #expect(message.title == contract.type ?? contract.name, "\(contract.name)")
            #expect(message.properties == Set(contract.members.keys), "\(contract.name)")
            #expect(message.required == Set(contract.members.filter(\.value).keys), "\(contract.name)")
        }
    }

    @Test("what every service understands or sends has the members of its type, too")
    func commonMembers() throws {
        #expect(Set(common.map(\.name)) == Self.ofMessaging)
        for contract in common {
            let message = try #require(document.messages[contract.name])
            #expect(message.title == contract.type ?? contract.name, "\(contract.name)")
            #expect(message.properties == Set(contract.members.keys), "\(contract.name)")
            #expect(message.required == Set(contract.members.filter(\.value).keys), "\(contract.name)")
        }
    }
}

/// A command, an event or another message as its source says it.
private struct Contract {
    var name: String
    /// Whether it says of itself to be neither a command nor an event.
    var isPlain: Bool
    /// Of a command, as messages name it.
    var owner: String?
    /// Of an event.
    var type: String?
    /// By their names in JSON; true for those that are always there.
    var members: [String: Bool] = [:]

    static func all(in file: SourceFile) -> [Contract] {
        file.lines.split { $0 == "}" }.compactMap { Contract($0) }
    }

    /// - Parameter lines: what stands before the end of a declaration; nil where that is another.
    private init?(_ lines: ArraySlice<Substring>) {
        let declared = /^public struct (\w+): (?:Command|Event) \{/
        let plain = /^public struct (\w+): Codable, Sendable \{/
        isPlain = !lines.contains { $0.firstMatch(of: declared) != nil }
        let heading = isPlain ? plain : declared
        guard let start = lines.firstIndex(where: { $0.firstMatch(of: heading) != nil }),
            let name = lines[start].firstMatch(of: heading)?.1
        else { return nil }
        self.name = String(name)
        let body = lines[start...]
        for line in body {
            if let found = line.firstMatch(of: /static let owner = ServiceName\.(\w+)/) { owner = Self.kebab(found.1) }
            if let found = line.firstMatch(of: /static let type = "([^"]+)"/) { type = String(found.1) }
        }
        let keys = Self.codingKeys(body)
        for line in body {
            let member = /\ {4}public (?:var|let) (\w+): ([^={]+?)(?: = .*)?/
            guard let found = line.wholeMatch(of: member) else { continue }
            members[keys[found.1] ?? String(found.1)] = !found.2.hasSuffix("?")
        }
    }

    /// Those that differ from the property's name.
    private static func codingKeys(_ body: ArraySlice<Substring>) -> [Substring: String] {
        guard let start = body.firstIndex(where: { $0.hasPrefix("    enum CodingKeys: String, CodingKey {") }) else {
            return [:]
        }
        let isOneLine = body[start].hasSuffix("}")
        let end = isOneLine ? start + 1 : body[start...].firstIndex { $0 == "    }" } ?? body.endIndex
        let pairs = body[start..<end].flatMap { line in
            line.matches(of: /(\w+) = "([^"]+)"/).map { ($0.1, String($0.2)) }
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private static func kebab(_ name: Substring) -> String {
        name.reduce(into: "") { text, letter in text += letter.isUppercase ? "-\(letter.lowercased())" : "\(letter)" }
    }
}

/// `deploy/asyncapi.yaml`, as far as it is compared: it is written in one way only.
private struct AsyncAPIDocument {
    struct Message {
        var title = ""
        var owner: String?
        var properties: Set<String> = []
        var required: Set<String> = []
    }

    private(set) var messages: [String: Message] = [:]
    /// The message of each key of a channel.
    private(set) var channels: [String: String] = [:]

    init() throws {
        let text = try String(contentsOf: Sources.root.appending(path: "deploy/asyncapi.yaml"), encoding: .utf8)
        var name = ""
        var isMessage = false
        for line in text.split(separator: "\n") {
            if let found = line.wholeMatch(of: /\ {2}(\w+):/) { isMessage = found.1 == "messages" }
            if let found = line.wholeMatch(of: /\ {6}(\S+): \{\$ref: "#\/components\/messages\/(\w+)"\}/) {
                channels[String(found.1)] = String(found.2)
            }
            guard isMessage else { continue }
            if let found = line.wholeMatch(of: /\ {4}([A-Z]\w+):/) {
                name = String(found.1)
                messages[name] = Message()
            } else {
                messages[name]?.take(line)
            }
        }
    }
}

extension AsyncAPIDocument.Message {
    fileprivate mutating func take(_ line: Substring) {
        if let found = line.wholeMatch(of: /\ {6}name: (\S+)/) { title = String(found.1) }
        if let found = line.wholeMatch(of: /\ {6}x-owner: (.+)/) { owner = String(found.1) }
        if let found = line.wholeMatch(of: /\ {8}required: \[(.*)\]/) {
            required = Set(found.1.split(separator: ", ").map(String.init))
        }
        if let found = line.firstMatch(of: /^\ {10}(\w+):/) { properties.insert(String(found.1)) }
    }
}
