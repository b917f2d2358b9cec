import ArgumentParser
import Commerce
import Messaging
import Postgres
import ServiceKit

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "API keys.", subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Creates an API key and shows it, this once.",
            discussion: "Roles: owner, admin, operator, agent, read_only, custom (only --scopes).")

        @Option(help: "What the key is for.") var name: String
        @Option(help: "What its holder may do.") var role = "custom"
        @Option(help: "Scopes besides those of the role, e.g. orders:read,sagas:read.") var scopes: String?
        @Option(help: "Who holds it, as the audit log shows it (person:ana); machine:<name> when left out.")
        var principal: String?
        @Option(help: "The workspace (ws_…).") var workspace: String?
        @OptionGroup var output: OutputOptions

        private struct Created: Encodable {
            var id: KeyID
            var name: String
            var principal: String
            var role: String
            var scopes: [String]
            var key: String
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let workspaceID = try environment.workspace(workspace)
            let secret = KeySecret()
            let key = KeyStore.Key(
                id: KeyID(), name: name, principal: principal ?? "machine:\(name)", role: role,
                scopes: (scopes ?? "").split(separator: ",").map(String.init))
            try await Database.with(environment) { pool in
                let trail = try await AuditTrail(environment, pool: pool)
                try await pool.transaction(workspace: workspaceID.uuid) { database in
                    try Self.check(key, roles: try await KeyStore.roles(in: database))
                    try await KeyStore.insert(key, secret: secret, workspaceID: workspaceID, in: database)
                    try await trail.append(
                        AuditEntry(
                            action: "key.create", subject: key.id.description, reason: nil,
                            after: try RawJSON(encoding: key)),
                        workspaceID: workspaceID, in: database)
                }
            }
            let created = Created(
                id: key.id, name: name, principal: key.principal, role: role, scopes: key.scopes,
                key: secret.reveal())
            try Printer(output, environment).show(json: created) { style in
                [created.key, style("\(key.id), \(role), held by \(key.principal); it is not shown again", .quiet)]
            }
        }

        private static func check(_ key: KeyStore.Key, roles: [String: [String]]) throws {
            guard roles[key.role] != nil else {
                throw CLIError(
                    "there is no role '\(key.role)'; there are: \(roles.keys.sorted().joined(separator: ", "))")
            }
            let known = Set(roles.values.joined())
            if let unknown = key.scopes.first(where: { !known.contains($0) }) {
                throw CLIError("there is no scope '\(unknown)'; there are: \(known.sorted().joined(separator: ", "))")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the keys of a workspace.")

        @Option(help: "The workspace (ws_…).") var workspace: String?
        @OptionGroup var output: OutputOptions

        private struct Page: Encodable {
            var data: [KeyStore.Key]
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let workspaceID = try environment.workspace(workspace)
            let keys = try await Database.with(environment) { pool in
                try await KeyStore.list(workspaceID: workspaceID, in: pool)
            }
            try Printer(output, environment).show(json: Page(data: keys)) { style in
                guard !keys.isEmpty else { return ["no keys"] }
                return Table(
                    headings: ["name", "role", "scopes", "held by", "state", "key"],
                    rows: keys.map { key in
                        [
                            .init(key.name), .init(key.role), .init(key.scopes.joined(separator: ",")),
                            .init(key.principal),
                            key.revokedAt == nil ? .init("active", .good) : .init("revoked", .bad),
                            .init(key.id.description),
                        ]
                    }
                ).lines(style)
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revokes a key; it stops working within 5 seconds.")

        @Argument(help: "The key's id (key_…).") var key: String
        @Option(help: "Why, for the audit log.") var reason = "by hand on the command line"
        @Option(help: "The workspace (ws_…).") var workspace: String?
        @OptionGroup var output: OutputOptions

        private struct Revoked: Encodable {
            var id: KeyID
            var revoked = true
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let workspaceID = try environment.workspace(workspace)
            guard let id = KeyID(key) else { throw ValidationError("'\(key)' is not a key's id: key_ and 32 digits") }
            try await Database.with(environment) { pool in
                let trail = try await AuditTrail(environment, pool: pool)
                try await pool.transaction(workspace: workspaceID.uuid) { database in
                    guard try await KeyStore.revoke(id, workspaceID: workspaceID, in: database) else {
                        throw CLIError("there is no active key \(id) in \(workspaceID)")
                    }
                    try await trail.append(
                        AuditEntry(action: "key.revoke", subject: id.description, reason: reason),
                        workspaceID: workspaceID, in: database)
                }
            }
            try Printer(output, environment).show(json: Revoked(id: id)) { _ in
                ["\(id) is revoked; it stops working within 5 seconds"]
            }
        }
    }
}
