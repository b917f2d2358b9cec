import ArgumentParser
import Providers

struct ProviderDescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Shows which settings a provider has, and which of them are secrets.")

    @Argument(help: "The provider, e.g. shopify.") var provider: String
    @OptionGroup var output: OutputOptions

    func run() throws {
        let description = ProviderDescription(try ProviderDefinition.named(provider))
        try Printer(output, .current).show(json: description) { description.lines($0) }
    }
}

/// What `providers set` takes of one provider.
struct ProviderDescription: Encodable {
    var provider: String
    var settings: [Setting]
    /// Whether the gateway takes webhooks of it.
    var takesWebhooks: Bool

    struct Setting: Encodable {
        var name: String
        /// Encrypted at rest, and never shown.
        var isSecret: Bool

        enum CodingKeys: String, CodingKey {
            case name
            case isSecret = "secret"
        }
    }

    init(_ definition: ProviderDefinition) {
        provider = definition.name
        settings = definition.keys.map { .init(name: $0, isSecret: definition.secretKeys.contains($0)) }
        takesWebhooks = definition.webhookVerifier != nil
    }

    func lines(_ style: Style) -> [String] {
        let table = Table(
            headings: ["setting", ""],
            rows: settings.map { [.init($0.name), $0.isSecret ? .init("secret", .quiet) : .init("")] })
        let webhooks =
            takesWebhooks
            ? ["", "its webhooks go to the gateway's /webhooks/\(provider)/<workspace>"] : []
        return table.lines(style) + webhooks
    }
}

extension ProviderDefinition {
    /// Failure: `CLIError` with the list when there is no such provider.
    static func named(_ name: String) throws -> ProviderDefinition {
        guard let definition = ProviderCatalog.provider(named: name) else {
            let names = ProviderCatalog.all.map(\.name).joined(separator: ", ")
            throw CLIError("there is no provider '\(name)'; there are: \(names)")
        }
        return definition
    }
}
