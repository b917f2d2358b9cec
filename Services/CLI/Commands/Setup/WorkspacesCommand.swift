import ArgumentParser
import Commerce
import Messaging
import Postgres

struct WorkspacesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspaces", abstract: "Workspaces: the tenants.", subcommands: [Create.self, List.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Creates a workspace.")

        @Option(help: "Its name; unique.") var name: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let workspace = try await Database.with(environment) { pool in
                let trail = try await AuditTrail(environment, pool: pool)
                do {
                    return try await pool.transaction { database in
                        let workspace = try await WorkspaceStore.create(name: name, in: database)
                        try await trail.append(
                            AuditEntry(action: "workspace.create", subject: workspace.id.description, reason: nil),
                            workspaceID: workspace.id, in: database)
                        return workspace
                    }
                } catch let error as PostgresError where error.isUniqueViolation {
                    throw CLIError("there is a workspace named '\(name)' already")
                }
            }
            try Printer(output, environment).show(json: workspace) { _ in [workspace.id.description] }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the workspaces.")

        @OptionGroup var output: OutputOptions

        private struct Page: Encodable {
            var data: [WorkspaceStore.Workspace]
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let workspaces = try await Database.with(environment) { try await WorkspaceStore.list(in: $0) }
            try Printer(output, environment).show(json: Page(data: workspaces)) { style in
                guard !workspaces.isEmpty else { return ["no workspaces"] }
                return Table(
                    headings: ["name", "webhooks/s", "workspace"],
                    rows: workspaces.map {
                        [.init($0.name), .init("\($0.webhookRatePerSecond)"), .init($0.id.description)]
                    }
                ).lines(style)
            }
        }
    }
}
