import ArgumentParser
import Commerce
import Foundation
import Logging
import ProviderGates
import ServiceKit

struct ProvidersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "providers", abstract: "The settings of a workspace's providers.",
        subcommands: [
            ProviderDescribeCommand.self, Set.self, List.self, Check.self, ProviderGatesCommand.self,
        ])

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets a provider up or changes its settings.",
            discussion: """
                What is given is put over what there is. Secrets are better given with --stdin, as JSON: arguments can \
                be read by every process of the machine.
                """)

        @Argument(help: "The provider, e.g. shopify.") var provider: String
        @Argument(help: "Settings as key=value.") var settings: [String] = []
        @Flag(help: "Read a JSON object of settings from standard input.") var stdin = false
        @Option(help: "The workspace (ws_…).") var workspace: String?
        @OptionGroup var output: OutputOptions

        private struct Saved: Encodable {
            var provider: String
            var workspace: String
        }

        func validate() throws {
            guard stdin == settings.isEmpty else {
                throw ValidationError("give settings as key=value, or a JSON object with --stdin")
            }
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let workspaceID = try environment.workspace(workspace)
            let changes =
                try stdin
                ? ProviderChanges(json: FileHandle.standardInput.readToEnd() ?? Data())
                : ProviderChanges(arguments: settings)
            try await Database.with(environment) { pool in
                let setup = try ProviderSetup(
                    store: ProviderSettingsStore(pool: pool, keys: try environment.settings.secretKeys()),
                    workspaceID: workspaceID, provider: provider)
                try await setup.save(changes, trail: try await AuditTrail(environment, pool: pool), in: pool)
            }
            let saved = Saved(provider: provider, workspace: workspaceID.description)
            try Printer(output, environment).show(json: saved) { _ in ["\(provider) is set up for \(workspaceID)"] }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists what is set up; secrets by name only.")

        @Option(help: "The workspace (ws_…).") var workspace: String?
        @OptionGroup var output: OutputOptions

        private struct Page: Encodable {
            var data: [Item]

            struct Item: Encodable {
                var provider: String
                var settings: JSONValue
                var secrets: [String]
                var updatedAt: Date
            }
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let workspaceID = try environment.workspace(workspace)
            let summaries = try await Database.with(environment) { pool in
                try await ProviderSettingsStore(pool: pool, keys: try environment.settings.secretKeys())
                    .list(workspace: workspaceID)
            }
            let page = Page(
                data: summaries.map {
                    .init(
                        provider: $0.provider, settings: $0.settings, secrets: $0.secretNames, updatedAt: $0.updatedAt)
                })
            try Printer(output, environment).show(json: page) { style in
                guard !summaries.isEmpty else { return ["no providers are set up"] }
                return Table(
                    headings: ["provider", "base url", "secrets set"],
                    rows: summaries.map { summary in
                        var url = "-"
                        if case .string(let text)? = summary.settings.fields["base_url"] { url = text }
                        return [
                            .init(summary.provider), .init(url), .init(summary.secretNames.joined(separator: ", ")),
                        ]
                    }
                ).lines(style)
            }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Calls the providers, reading only.")

        @Argument(help: "The provider; all that are set up when left out.") var provider: String?
        @Option(help: "The workspace (ws_…).") var workspace: String?
        @OptionGroup var output: OutputOptions

        private struct Page: Encodable {
            var data: [ProviderCheck.Finding]
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let workspaceID = try environment.workspace(workspace)
            let findings = try await Database.with(environment) { pool in
                let store = ProviderSettingsStore(pool: pool, keys: try environment.settings.secretKeys())
                let gate = ProviderGates(pool: pool, logger: .silent).gate(of: workspaceID)
                return try await ProviderCheck(store: store, workspaceID: workspaceID, gate: gate).run(only: provider)
            }
            try Printer(output, environment).show(json: Page(data: findings)) { style in
                Table(
                    headings: ["provider", "answer", ""],
                    rows: findings.map { finding in
                        [
                            .init(finding.provider),
                            .init(finding.isGood ? "ok" : "fails", finding.isGood ? .good : .bad),
                            .init(finding.detail),
                        ]
                    }
                ).lines(style)
            }
            guard findings.allSatisfy(\.isGood) else { throw ArgumentParser.ExitCode(1) }
        }
    }
}
