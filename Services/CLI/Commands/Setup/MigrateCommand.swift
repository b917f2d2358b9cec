import ArgumentParser
import Messaging
import Postgres
import Schema

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Brings the database up to date.",
        discussion: """
            Applies what is missing of every schema, gives the services' logins their passwords \
            (STATESET_ROLE_PASSWORDS, "service:password,…", if set), and prepares the webhook archive's next months. \
            May be repeated, also side by side.
            """)

    /// LIMIT: a database that is migrated less than every three months puts webhooks into the default partition.
    private static let monthsAhead = 3

    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        var applied: [String]
        var passwords: [String]
        var partitions: [String]
    }

    func run() async throws {
        let environment = CLIEnvironment.current
        let passwords = try RolePasswords(environment.variables["STATESET_ROLE_PASSWORDS"] ?? "")
        let report = try await Database.with(environment) { pool in
            let migrator = Migrator(try Database.configuration(environment), logger: .silent)
            let applied = try await migrator.apply(SchemaCatalog.all)
            try await pool.transaction { database in
                for entry in passwords.entries {
                    try await RoleStore.setPassword(entry.password, of: entry.service.role, in: database)
                }
            }
            let now = try await BusinessClock.now(in: pool)
            return Report(
                applied: applied.map(\.description), passwords: passwords.entries.map(\.service.role),
                partitions: try await PartitionStore.prepare(monthsAhead: Self.monthsAhead, from: now, in: pool))
        }
        try Printer(output, environment).show(json: report) { Self.lines(report, $0) }
    }

    private static func lines(_ report: Report, _ style: Style) -> [String] {
        let lines =
            report.applied.map { "applied    \($0)" } + report.partitions.map { "partition  \($0)" }
            + report.passwords.map { "password   \($0)" }
        return report.applied.isEmpty ? lines + [style("the schema is up to date", .good)] : lines
    }
}

/// `service:password,service:password`, as the dev stack and secret stores give them.
struct RolePasswords: Equatable {
    struct Entry: Equatable {
        var service: ServiceName
        var password: String
    }

    var entries: [Entry] = []

    /// Failure: `CLIError` that names the entry by its position, never its password.
    init(_ text: String) throws {
        for (index, entry) in text.split(separator: ",").enumerated() {
            let parts = entry.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2, SchemaCatalog.roles.contains(ServiceName(rawValue: parts[0]).role) else {
                throw CLIError("STATESET_ROLE_PASSWORDS: entry \(index + 1) is not of the form service:password")
            }
            entries.append(Entry(service: ServiceName(rawValue: parts[0]), password: parts[1]))
        }
    }
}
