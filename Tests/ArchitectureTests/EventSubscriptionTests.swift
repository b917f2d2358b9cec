import Foundation
import Testing

@Suite("Events and those who listen")
struct EventSubscriptionTests {
    /// What `topology check` takes for declared must be what the services declare.
    @Test("the list of subscriptions is what each service has handlers for")
    func listed() throws {
        let file = try #require(Sources.all.first { $0.path == "Shared/Contracts/EventSubscriptions.swift" })
        let text = file.lines.joined(separator: "\n")
        let list = text.matches(of: /(?m)^        \.(\w+): (\[[^\]]+\]|PublicEvent\.allCases)/)
        var listed: [String: Set<String>] = [:]
        for match in list { listed[String(match.1)] = Self.events(in: String(match.2)) }
        #expect(listed.removeValue(forKey: "sagaCoordinator")?.isEmpty == false)
        let services = [
            "OrderIngest", "FulfillmentDispatch", "Tracking", "Returns", "Notifications", "API", "IngestGateway",
        ]
        for service in services {
            let name = service.prefix(1).lowercased() + service.dropFirst()
            #expect(Self.handled(by: service) == listed.removeValue(forKey: name) ?? [], "\(service)")
        }
        #expect(listed.isEmpty)
    }

    private static func events(in list: String) -> Set<String> {
        if list == "PublicEvent.allCases" { return [list] }
        return Set(list.matches(of: /"([^"]+)"|(\w+)\.type/).map { String($0.1 ?? $0.2 ?? "") })
    }

    private static func handled(by service: String) -> Set<String> {
        let files = Sources.all.filter { $0.path.hasPrefix("Services/\(service)/") }
        let lines = files.flatMap(\.lines)
        let handlers = lines.flatMap { $0.matches(of: /\.event\((\w+)\(/).map { String($0.1) } }
        var events = Set(handlers.map { event(of: $0, in: files) })
        for line in lines {
            for match in line.matches(of: /\.events\(matching: (?:"([^"]+)"|event\.rawValue)/) {
                events.insert(match.1.map(String.init) ?? "PublicEvent.allCases")
            }
        }
        return events
    }

    private static func event(of handler: String, in files: [SourceFile]) -> String {
        for file in files where file.lines.contains(where: { $0.hasPrefix("struct \(handler): EventHandler") }) {
            for line in file.lines {
                if let found = line.firstMatch(of: /func handle\(_ \w+: (\w+), in/) { return String(found.1) }
            }
        }
        return "the event of \(handler)"
    }
}
