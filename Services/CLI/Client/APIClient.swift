import Commerce
import Foundation
import HTTPTransport
import Logging

/// The StateSet API as the command line uses it.
struct APIClient: Sendable {
    private let base: String
    private let key: String
    private let http: any HTTPClient

    /// LIMIT: longer than the longest wait of the API itself.
    private static let timeout = Duration.seconds(75)

    init(_ environment: CLIEnvironment, http: any HTTPClient = CurlHTTPClient(logger: .silent)) throws {
        let workspace = try environment.workspace(nil)
        base = try environment.require("STATESET_API_URL") + "/v1/workspaces/\(workspace)"
        key = try environment.require("STATESET_API_KEY")
        self.http = http
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
        try await send(method, path, json: Array(try JSONEncoder().encode(body)))
    }

    private func send(_ method: String, _ path: String, json: [UInt8]) async throws -> [UInt8] {
        var request = HTTPRequest(method: method, url: base + path)
        request.body = json
        request.headers.append(("Content-Type", "application/json"))
        return try await send(request)
    }

    private func send(_ request: HTTPRequest) async throws -> [UInt8] {
        var request = request
        request.timeout = Self.timeout
        request.headers.append(("Authorization", "Bearer \(key)"))
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch let error as HTTPTransportError {
            throw CLIError("the API cannot be reached (\(error.message)): is it running, is STATESET_API_URL right?")
        }
        guard response.isSuccess else { throw CLIError(Self.problem(response)) }
        return response.body
    }

    private static func problem(_ response: HTTPResponse) -> String {
        guard let problem = try? JSONDecoder().decode(JSONValue.self, from: Data(response.body)),
            let detail = problem["detail"]?.text
        else { return "the API answered \(response.status)" }
        let place = [problem["rule"]?.text.map { "rule \($0)" }, problem["field"]?.text].compactMap(\.self)
        let field = place.isEmpty ? "" : place.joined(separator: ", ") + ": "
        let code = problem["code"]?.text.map { " (\($0))" } ?? ""
        guard case .array(let allowed)? = problem["allowed"] else { return field + detail + code }
        let verbs = allowed.compactMap(\.text).joined(separator: ", ")
        return field + detail + code + (verbs.isEmpty ? "; nothing is possible now" : "; possible: \(verbs)")
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
