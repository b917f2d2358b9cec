/// What a route's handler is given.
struct Call: Sendable {
    var request: SimulatedRequest
    /// Path segments by the name they have in the pattern, percent-decoded.
    var parameters: [String: String]

    subscript(name: String) -> String { parameters[name] ?? "" }
    func id(_ name: String) -> Int? { parameters[name].flatMap { Int($0) } }
}

/// One method and path pattern of a provider, with what answers it.
///
/// A pattern is literal segments and `{name}` segments; `{name}.json` keeps its ending.
struct Route<State>: Sendable {
    typealias Handler = @Sendable (inout State, Call) throws -> SimulatedResponse

    enum Segment: Sendable {
        case literal(String)
        case parameter(String, suffix: String)
    }

    let method: String
    let segments: [Segment]
    let handler: Handler

    init(_ method: String, _ pattern: String, _ handler: @escaping Handler) {
        self.method = method
        self.handler = handler
        segments = pattern.split(separator: "/").map { segment in
            guard segment.first == "{", let end = segment.firstIndex(of: "}") else { return .literal(String(segment)) }
            let name = segment[segment.index(after: segment.startIndex)..<end]
            return .parameter(String(name), suffix: String(segment[segment.index(after: end)...]))
        }
    }

    func match(_ parts: [Substring]) -> [String: String]? {
        guard parts.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (part, segment) in zip(parts, segments) {
            switch segment {
            case .literal(let text):
                guard part == text else { return nil }
            case .parameter(let name, let suffix):
                guard part.hasSuffix(suffix), part.count > suffix.count else { return nil }
                parameters[name] = PercentEncoding.decode(part.dropLast(suffix.count))
            }
        }
        return parameters
    }
}

/// The routes of one provider; the first that fits answers.
struct RouteTable<State>: Sendable {
    enum Match {
        case found(Route<State>, Call)
        case wrongMethod
        case unknown
    }

    private let routes: [Route<State>]

    init(_ routes: [Route<State>]) { self.routes = routes }

    func match(_ request: SimulatedRequest) -> Match {
        let parts = request.path.split(separator: "/")
        var pathIsKnown = false
        for route in routes {
            guard let parameters = route.match(parts) else { continue }
            pathIsKnown = true
            guard route.method == request.method else { continue }
            return .found(route, Call(request: request, parameters: parameters))
        }
        return pathIsKnown ? .wrongMethod : .unknown
    }

    /// Runs the handler that fits; nil when none does.
    func answer(_ request: SimulatedRequest, _ state: inout State) -> SimulatedResponse? {
        guard case .found(let route, let call) = match(request) else { return nil }
        do {
            return try route.handler(&state, call)
        } catch let refusal as Refusal {
            return refusal.response
        } catch {
            return .problem(500, "The simulator failed: \(error)")
        }
    }
}
