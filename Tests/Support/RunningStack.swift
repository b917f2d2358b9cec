import Foundation
import HTTPTransport
import Logging
import Synchronization

/// The real product, started by `deploy/dev test`: every service, the simulators, Postgres and RabbitMQ.
///
/// Found through `STATESET_TEST_DEV_ENV`, the path of the stack's `dev.env`.
public struct RunningStack: Sendable {
    public static let isThere = ProcessInfo.processInfo.environment["STATESET_TEST_DEV_ENV"] != nil

    private let settings: [String: String]
    private let http: CurlHTTPClient
    /// Where the api listens: once, or at each of its replicas.
    private let apis: [String]
    private let calls = CallCount()
    /// The folder with a `<component>.pid` file for each process.
    public let runFolder: URL

    public init() throws {
        let path = ProcessInfo.processInfo.environment["STATESET_TEST_DEV_ENV"] ?? ""
        let file = URL(filePath: path)
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        settings = Dictionary(
            lines.compactMap { line -> (String, String)? in
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { return nil }
                return (String(parts[0]), parts[1].trimmingCharacters(in: CharacterSet(charactersIn: "'\"")))
            }, uniquingKeysWith: { $1 })
        http = CurlHTTPClient()
        apis = ["STATESET_API_URL", "STATESET_API_URL_2"].compactMap { [settings] in settings[$0] }
        runFolder = file.deletingLastPathComponent().appending(path: "run")
    }

    public subscript(name: String) -> String { settings[name] ?? "" }

    /// One replica after the other, as a load balancer would have it.
    public var nextAPI: String { apis[calls.next() % apis.count] }

    public var workspace: String { self["STATESET_WORKSPACE"] }

    public struct Answer: Sendable {
        public let status: Int
        public let json: JSON
        public let headers: [(name: String, value: String)]
    }

    /// Calls the API of the workspace: `api("GET", "orders")`.
    /// - Parameter key: the `Idempotency-Key` of a request that may come again.
    public func api(
        _ method: String, _ path: String, _ body: String? = nil, key: String? = nil
    ) async throws -> Answer {
        let url = "\(nextAPI)/v1/workspaces/\(workspace)/\(path)"
        let authorization = ("authorization", "Bearer \(self["STATESET_API_KEY"])")
        return try await send(method, url, body, [authorization] + (key.map { [("idempotency-key", $0)] } ?? []))
    }

    /// Calls the simulators' control surface: `simulator("GET", "/_sim/dcl/state")`.
    public func simulator(_ method: String, _ path: String, _ body: String? = nil) async throws -> Answer {
        try await send(method, self["STATESET_SIMULATORS_URL"] + path, body, [])
    }

    public func send(
        _ method: String, _ url: String, _ body: String?, _ headers: [(String, String)]
    ) async throws -> Answer {
        let request = HTTPRequest(
            method: method, url: url,
            headers: [("content-type", "application/json")] + headers.map { (name: $0.0, value: $0.1) },
            body: body.map { Array($0.utf8) })
        let response = try await patiently { try await http.send(request) }
        let json = response.body.isEmpty ? try JSON(parsing: Array("null".utf8)) : try JSON(parsing: response.body)
        return Answer(status: response.status, json: json, headers: response.headers)
    }

    /// A service that was just killed is back after a second or two.
    private func patiently(_ send: () async throws -> HTTPResponse) async throws -> HTTPResponse {
        for _ in 0..<100 {
            do {
                return try await send()
            } catch let error as HTTPTransportError where error.code == .connect || error.code == .connectionLost {
                try await ContinuousClock().sleep(for: .milliseconds(200))
            }
        }
        return try await send()
    }

    /// Asks again until `condition` holds.
    /// - Throws: ``StillWaiting`` with the last answer when it does not within `limit`.
    public func eventually(
        _ what: String, within limit: Duration = .seconds(60), _ ask: () async throws -> Answer,
        until condition: (JSON) -> Bool
    ) async throws -> JSON {
        let clock = ContinuousClock()
        let end = clock.now + limit
        var last = try await ask().json
        while !condition(last) {
            guard clock.now < end else { throw StillWaiting(what: what, last: last) }
            try await clock.sleep(for: .milliseconds(150))
            last = try await ask().json
        }
        return last
    }
}

public struct StillWaiting: Error, CustomStringConvertible {
    let what: String
    let last: JSON

    public var description: String { "still waiting for \(what); last seen: \(last)" }
}

extension RunningStack {
    /// Ends a component the hard way (SIGKILL), be it a service, a second replica (`tracking@2`), `postgres` or
    /// `rabbitmq`; the stack starts it again after a second. Does nothing while it is down.
    public func kill(_ component: String) throws {
        let record = try String(contentsOf: runFolder.appending(path: "\(component).pid"), encoding: .utf8)
            .split(separator: " ").map(String.init)
        guard let pid = record.first.flatMap({ Int32($0) }), record.count > 1, Self.startTime(of: pid) == record[1]
        else { return }
        _ = Foundation.kill(pid, SIGKILL)
    }

    /// The services that run, second replicas included.
    public func serviceInstances() throws -> [String] {
        let servers = ["postgres", "rabbitmq", "epmd"]
        return try FileManager.default.contentsOfDirectory(atPath: runFolder.path)
            .filter { $0.hasSuffix(".supervisor") }.map { String($0.dropLast(".supervisor".count)) }
            .filter { !servers.contains($0) }.sorted()
    }

    /// A number may have been given to another process since: the start time tells them apart.
    private static func startTime(of pid: Int32) -> String? {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let end = stat.lastIndex(of: ")")
        else { return nil }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        return fields.count > 19 ? String(fields[19]) : nil
    }
}

private final class CallCount: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.add(1, ordering: .relaxed).oldValue }
}
