import Foundation
import Testing

@Suite("docker-compose.yml")
struct ComposeFileTests {
    @Test("the simulators are passed every setting that they do not start without")
    func simulators() throws {
        let passed = try #require(try Self.services()["provider-simulators"])
        let needed = Sources.all.filter { $0.module == "ProviderSimulators" }.flatMap(\.lines).flatMap { line in
            line.matches(of: /settings\.(required|url|port)\("(STATESET_\w+)"\)/).map { String($0.2) }
        }
        #expect(needed.count > 20, "the settings are no longer found in the sources")
        let missing = needed.filter { name in !passed.contains { $0.hasPrefix("      \(name): ") } }
        #expect(missing.isEmpty, "\(missing)")
    }

    /// The lines of each service, by its name.
    private static func services() throws -> [Substring: [Substring]] {
        let text = try String(contentsOf: Sources.root.appending(path: "docker-compose.yml"), encoding: .utf8)
        var services: [Substring: [Substring]] = [:]
        var name: Substring = ""
        for line in text.split(separator: "\n") {
            if let heading = line.wholeMatch(of: #/  ([a-z-]+):/#) { name = heading.1 }
            services[name, default: []].append(line)
        }
        return services
    }
}
