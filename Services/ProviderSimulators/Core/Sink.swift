import Foundation

/// A place that takes any request and remembers it: the receiver of outgoing webhooks.
struct Sink: SimulatedProvider {
    static let name = "sink"

    // LIMIT: requests kept for each name, oldest first out.
    private static let requestsMax = 10_000

    private var requests: [String: [SimulatedRequest]] = [:]

    /// `path` is `/{name}`, or anything below it.
    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse {
        let segments = request.path.split(separator: "/")
        guard let name = segments.first else { return .problem(404, "A sink needs a name: /_sim/sink/{name}.") }
        if request.method == "GET", segments.count == 2, segments[1] == "requests" {
            return .json(["data": .array((requests[String(name)] ?? []).map(Self.json))])
        }
        keep(request, under: String(name))
        return .json(["accepted": true])
    }

    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse? { nil }

    func snapshot() -> JSON {
        .object(JSONObject(requests.keys.sorted().map { ($0, .array((requests[$0] ?? []).map(Self.json))) }))
    }

    mutating func reset() { requests.removeAll() }

    mutating func takeEffects() -> [ProviderEffect<Never>] { [] }

    private mutating func keep(_ request: SimulatedRequest, under name: String) {
        requests[name, default: []].append(request)
        if requests[name, default: []].count > Self.requestsMax { requests[name]?.removeFirst(Self.requestsMax / 10) }
    }

    /// With `raw` beside the parsed body, so that a signature over the bytes can be checked.
    private static func json(_ request: SimulatedRequest) -> JSON {
        let raw = String(decoding: request.bytes, as: UTF8.self)
        return [
            "at": .string(Timestamps.utc(request.now)),
            "method": .string(request.method),
            "path": .string(request.path),
            "query": fields(request.query),
            "headers": fields(request.headers),
            "body": request.body == .other ? .string(raw) : request.json,
            "raw": .string(raw),
        ]
    }

    private static func fields(_ fields: [SimulatedRequest.Field]) -> JSON {
        var object = JSONObject()
        for field in fields { object[field.name] = .string(field.value) }
        return .object(object)
    }
}
