import Foundation
import Testing

@Suite("Webhooks and those who listen")
struct WebhookListenerTests {
    @Test("a provider's webhooks are passed on where a service listens to them, and only there")
    func listeners() throws {
        let services = Sources.all.filter { $0.path.hasPrefix("Services/") }.flatMap(\.lines)
        let listened = services.compactMap { line in
            line.firstMatch(of: /\.events\(matching: "webhook\.(\w+)\.#"\)/).map { String($0.1) }
        }
        let catalog = Sources.all.filter { $0.path == "Shared/Providers/ProviderCatalog.swift" }.flatMap(\.lines)
        let heard = catalog.compactMap { line in
            line.firstMatch(of: /ProviderDefinition\((\w+)Settings\.self\) \{/).map { $0.1.lowercased() }
        }
        #expect(!heard.isEmpty && Set(heard) == Set(listened))
    }
}
