import Commerce
import Foundation
import HTTPTransport
import Logging

/// The StateSet API as the command line uses it.
struct APIClient: Sendable {
    private let base: String
    private let key: String
    private let http: any HTTPClient
    private let options: WriteOptions?
    private let pauses: [Duration]
    private let arguments: [String]

    /// LIMIT: longer than the longest wait of the API itself.
    private static let timeout = Duration.seconds(75)

    /// - Parameters:
    ///   - options: of a command that changes one thing, for its only request that does.
    ///   - pauses: before each repeat of a request that got no answer.
    ///   - arguments: what was typed behind the name of the program.
    init(
        _ environment: CLIEnvironment, writing options: WriteOptions? = nil,
        http: any HTTPClient = CurlHTTPClient(logger: .silent), pauses: [Duration] = APIWrite.pauses,
        arguments: [String] = Array(ProcessInfo.processInfo.arguments.dropFirst())
    ) throws {
        let workspace = try environment.workspace(nil)
        base = try environment.require("STATESET_API_URL") + "/v1/workspaces/\(workspace)"
        key = try environment.require("STATESET_API_KEY")
        self.http = http
        self.options = options
        self.pauses = pauses
        self.arguments = arguments
    }

    /// Failure: `CLIError` in the API's own words.
    func get(_ path: String, _ query: KeyValuePairs<String, String?> = [:]) async throws -> [UInt8] {
        try await send(HTTPRequest(method: "GET", url: base + path + Self.text(query)))
    }

    /// With parameters that may be repeated.
    func get(_ path: String, parameters: [(key: String, value: String?)]) async throws -> [UInt8] {
        try await send(HTTPRequest(method: "GET", url: base + path + Self.text(parameters)))
    }

    func post(
        _ path: String, _ query: KeyValuePairs<String, String?> = [:], body: JSONValue
    ) async throws -> [UInt8] {
        try await send("POST", path + Self.text(query), body)
    }

    func put(_ path: String, body: JSONValue) async throws -> [UInt8] {
        try await send("PUT", path, body)
    }

    /// A document as somebody wrote it.
    func put(_ path: String, json: [UInt8]) async throws -> [UInt8] {
        try await send("PUT", path, json: json)
    }

    func patch(_ path: String, body: JSONValue) async throws -> [UInt8] {
        try await send("PATCH", path, body)
    }

    private func send(_ method: String, _ path: String, _ body: JSONValue) async throws -> [UInt8] {
        // WHY: under one key only the same bytes are the same request, also when the command is typed again.
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try await send(method, path, json: Array(try encoder.encode(body)))
    }

    /// Repeats it under its key while its owner does not answer.
    ///
    /// WHY: what was not answered is carried out later all the same; typed again, it would be done twice.
    private func send(_ method: String, _ path: String, json: [UInt8]) async throws -> [UInt8] {
        let write = APIWrite(options, arguments: arguments)
        var request = HTTPRequest(method: method, url: base + path)
        request.body = json
        request.headers.append(("Content-Type", "application/json"))
        request.headers.append(("Idempotency-Key", write.key))
        var pauses = pauses[...]
        while true {
            let response: HTTPResponse
            do {
                response = try await exchange(request)
            } catch let error as HTTPTransportError {
                let unreachable = Self.unreachable(error)
                throw error.wasSent ? write.unanswered(unreachable) : unreachable
            }
            guard APIWrite.isOpen(response), let pause = pauses.popFirst() else {
                guard !APIWrite.isInDoubt(response) else { throw write.unanswered(Self.refusal(response)) }
                return try Self.body(of: response)
            }
            try await Task.sleep(for: pause)
        }
    }

    private func send(_ request: HTTPRequest) async throws -> [UInt8] {
        do {
            return try Self.body(of: try await exchange(request))
        } catch let error as HTTPTransportError {
            throw Self.unreachable(error)
        }
    }

    private func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
        var request = request
        request.timeout = Self.timeout
        request.headers.append(("Authorization", "Bearer \(key)"))
        return try await http.send(request)
    }

    private static func body(of response: HTTPResponse) throws -> [UInt8] {
        guard response.isSuccess else { throw refusal(response) }
        return response.body
    }

    private static func refusal(_ response: HTTPResponse) -> CLIError {
        CLIError(APIProblem(response)?.line ?? "the API answered \(response.status)")
    }

    private static func unreachable(_ error: HTTPTransportError) -> CLIError {
        CLIError("the API cannot be reached (\(error.message)): is it running, is STATESET_API_URL right?")
    }

    static func text(_ query: KeyValuePairs<String, String?>) -> String { text(Array(query)) }

    private static func text(_ query: [(key: String, value: String?)]) -> String {
        let pairs = query.compactMap { name, value in value.map { "\(name)=\(encoded($0))" } }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    /// RFC 3986, 2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
