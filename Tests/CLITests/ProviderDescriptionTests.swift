import Providers
import Testing

@testable import CLI

@Suite("The description of a provider's settings")
struct ProviderDescriptionTests {
    @Test("a provider's settings are described from what it takes, secrets marked")
    func provider() throws {
        let lines = ProviderDescription(try ProviderDefinition.named("shopify")).lines(.plain)
        #expect(lines.contains { $0.hasPrefix("access_token") && $0.hasSuffix("secret") })
        #expect(lines.contains { $0.hasPrefix("shop ") && !$0.hasSuffix("secret") })
        #expect(lines.last?.contains("/webhooks/shopify/") == true)
        #expect(throws: CLIError.self) { try ProviderDefinition.named("shopfy") }
    }
}
