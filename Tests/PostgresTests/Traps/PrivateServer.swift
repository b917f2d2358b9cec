import Foundation
import Postgres
import Support
import Testing

/// A Postgres of a test's own, which the test may stop, crash, demote and promote.
///
/// Durable like the real one. Root starts it as `postgres`, because the server refuses to run as root.
final class PrivateServer: Sendable {
    let folder: URL
    let port: Int
    private let programs: String

    /// Whether this machine has the server's programs.
    static var isAvailable: Bool { programs != nil }

    private static let programs: String? = {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.compactMap(Int.init).sorted().last.map { "\(root)/\($0)/bin" }
    }()

    private init(folder: URL, port: Int, programs: String) {
        self.folder = folder
        self.port = port
        self.programs = programs
    }

    var data: String { folder.appending(path: "data").path }

    /// Runs the body with a running server and clears it away afterwards.
    static func with(_ body: (PrivateServer) async throws -> Void) async throws {
        let server = try await make()
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(server)) } catch { outcome = .failure(error) }
        await server.clear()
        try outcome.get()
    }

    private static func make() async throws -> PrivateServer {
        let server = try empty()
        try await server.run("initdb", ["--username=postgres", "--auth=trust", "--no-sync", "-D", server.data])
        try await server.start()
        return server
    }

    private static func empty() throws -> PrivateServer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postgres-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let server = PrivateServer(
            folder: folder, port: try #require(Loopback.freePort()), programs: try #require(programs))
        if let owner = server.owner { chown(folder.path, owner.pw_uid, owner.pw_gid) }
        return server
    }

    /// A second server that stands by: the first one's data as it is now, in recovery until it is promoted.
    func makeStandby() async throws -> PrivateServer {
        let standby = try Self.empty()
        try await stop(.fast)
        try await Command.run("/usr/bin/env", prefix + ["cp", "-a", data, standby.data])
        try await Command.run("/usr/bin/env", prefix + ["touch", "\(standby.data)/standby.signal"])
        try await start()
        try await standby.start()
        return standby
    }

    func start(_ settings: [String: String] = [:]) async throws {
        let all = [
            "port": "\(port)", "listen_addresses": "127.0.0.1", "unix_socket_directories": "",
            "fsync": "on", "max_connections": "40", "shared_buffers": "16MB",
        ].merging(settings) { $1 }
        let options = all.sorted { $0.key < $1.key }.map { "-c \($0.key)='\($0.value)'" }.joined(separator: " ")
        // WHY: a process counts as running as long as anybody holds what it inherited, and the server stays.
        let closing = #"for f in /proc/$$/fd/*; do n=${f##*/}; [ "$n" -le 2 ] || eval "exec $n>&-"; done; exec "$@""#
        let start = ["\(programs)/pg_ctl", "start", "-w", "-D", data, "-o", options, "-l", "\(data).log"]
        try await Command.run("/usr/bin/env", prefix + ["bash", "-c", closing, "bash"] + start)
    }

    enum StopMode: String { case fast, immediate }

    /// Immediate is as by a power cut, except that the files are on disk as they are.
    func stop(_ mode: StopMode) async throws {
        try await run("pg_ctl", ["stop", "-w", "-D", data, "-m", mode.rawValue])
    }

    /// Returns at once: the server ends when its last session does, and takes no new one.
    func beginStopping() async throws {
        try await run("pg_ctl", ["stop", "-W", "-D", data, "-m", "smart"])
    }

    func promote() async throws {
        try await run("pg_ctl", ["promote", "-w", "-D", data])
    }

    /// Copies a file into the data folder, for the server's eyes only.
    func place(_ file: String, as name: String) async throws {
        try await Command.run("/usr/bin/env", prefix + ["install", "-m", "600", file, "\(data)/\(name)"])
    }

    func url(_ parameters: String = "") -> String { "postgresql://postgres@127.0.0.1:\(port)/postgres?\(parameters)" }

    func makePool(
        size: Int = 2, url: String? = nil, _ adjust: (inout PostgresConfiguration) -> Void = { _ in }
    ) throws -> PostgresPool {
        var configuration = try PostgresConfiguration(
            url: url ?? self.url(), applicationName: "private", poolSize: size)
        adjust(&configuration)
        return PostgresPool(configuration, logger: TestServer.logger)
    }

    func clear() async {
        try? await stop(.immediate)
        try? FileManager.default.removeItem(at: folder)
    }

    private func run(_ program: String, _ arguments: [String]) async throws {
        try await Command.run("/usr/bin/env", prefix + ["\(programs)/\(program)"] + arguments)
    }

    private var owner: passwd? { geteuid() == 0 ? getpwnam("postgres")?.pointee : nil }

    private var prefix: [String] {
        owner == nil ? [] : ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    }
}
